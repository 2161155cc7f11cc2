import type { DiffReport } from '../diff/diff.ts';
import { printText } from '../diff/print-text.ts';
import type { ImportResult } from './import-dashboards.ts';
import { IGNORED } from './prove/neutral.ts';

/** What came of an import, for a person: what was written, what was decided, and why something was not proved. */
export function printImport(results: readonly ImportResult[], verb: 'written' | 'would write'): string {
  const proved = results.filter((result) => result.kind === 'proved');
  const lines = results.map(printResult(verb));
  const isByMeaning = proved.some(({ isSameBytes }) => !isSameBytes);
  const ignored = isByMeaning
    ? [`Compared by meaning. Left out of the comparison:\n${IGNORED.map((one) => `  - ${one}\n`).join('')}`]
    : [];
  const refused = results.length - proved.length;
  const count = `${proved.length} of ${results.length} dashboards imported and proved${refused === 0 ? '' : `, ${refused} not`}\n`;
  return [...lines, ...ignored, count].join('\n');
}

function printResult(verb: string): (result: ImportResult) => string {
  return (result) => {
    if (result.kind === 'refused') {
      const reasons = result.reasons.map((reason) => `  ${reason.split('\n').join('\n  ')}\n`).join('');
      const head = `not imported  ${result.name}\n${reasons}`;
      return result.differences ? `${head}${printText(reportOf(result.differences))}` : head;
    }
    const proof = result.isSameBytes ? 'compiles to the same bytes' : 'compiles to the same dashboard';
    const notes = result.notes.map((note) => `  ${note}\n`).join('');
    const losses = result.losses.map((loss) => `    - ${loss}\n`).join('');
    const lost =
      losses === '' ? '' : `  What the classic form, which the build writes, cannot say:\n${losses}`;
    return `${verb}  ${result.path}  (${result.name}): ${proof}\n${notes}${lost}`;
  };
}

function reportOf(
  difference: NonNullable<Extract<ImportResult, { kind: 'refused' }>['differences']>,
): DiffReport {
  return {
    before: 'what was read',
    after: 'what was written',
    dashboards: [difference],
    provisioning: [],
    stale: [],
    unreadable: [],
  };
}
