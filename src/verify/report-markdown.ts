import { ageText, byDashboard, countText, summaryText, VERDICT_WORDS, valueText } from './figures.ts';
import { type Check, isGood, type QueryRow, type VerifyResult } from './result.ts';

/** The result as a verification page: what works, with current values; what does not, and why; what was not asked. */
export function markdownReport(result: VerifyResult): string {
  const { checks, rows, stack, startedAt, holds } = result;
  const time = new Date(startedAt).toISOString().replace('T', ' ').slice(0, 16);
  const broken = rows.filter(({ verdict }) => !isGood(verdict));
  const failed = checks.filter(({ verdict }) => verdict === 'failed');
  const unasked = rows.filter(({ verdict }) => verdict === 'not-asked');
  const parts = [
    '# Verification',
    `${holds ? '**Everything holds.**' : '**Not everything holds.**'} ${summaryText(result)}.\nAsked: ${stack}, at ${time} UTC.`,
    section('What does not work', [...failed.map(checkLine), ...broken.map(brokenLine)].join('\n')),
    section(
      'What works',
      [checksThatHold(checks), ...byDashboard(rows).map(workingTable)].filter(Boolean).join('\n\n'),
    ),
    section(
      'What was not asked',
      unasked
        .map(
          ({ panel, query, explanation = '' }) =>
            `- ${escaped(panel)}, query ${escaped(query)}: ${escaped(explanation)}`,
        )
        .join('\n'),
    ),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `## ${title}\n\n${body}`;
}

function checkLine({ area, name, message, repair }: Check): string {
  const what = area === 'server' ? name : `${area} ${name}`;
  return `- **${escaped(what)}**: ${escaped(message)}${repair === undefined ? '' : `. Repair: ${escaped(repair)}`}`;
}

function brokenLine({ dashboard, panel, query, verdict, explanation = '', expr }: QueryRow): string {
  const where = `${dashboard.title} / ${panel}, query ${query}`;
  return `- **${escaped(where)}**: ${VERDICT_WORDS[verdict]}. ${escaped(explanation)}\n  ${code(expr)}`;
}

function checksThatHold(checks: readonly Check[]): string {
  return checks
    .filter(({ verdict }) => verdict === 'ok')
    .map(checkLine)
    .join('\n');
}

function workingTable([title, all]: readonly [string, readonly QueryRow[]]): string {
  const rows = all.filter(({ verdict }) => verdict === 'ok' || verdict === 'declared-empty');
  if (rows.length === 0) return '';
  const lines = rows.map((row) =>
    [
      row.panel,
      row.query,
      countText(row),
      ageText(row.newestSampleAgeSeconds),
      valueText(row),
      row.verdict === 'ok' ? 'ok' : `${VERDICT_WORDS[row.verdict]}: ${row.explanation}`,
    ].map(escaped),
  );
  const head = ['Panel', 'Query', 'Data', 'Newest', 'Value', 'Verdict'];
  const table = [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`);
  return `### ${escaped(title)}\n\n${table.join('\n')}`;
}

/** Text that Markdown must not read as its own: on one line, in tables too. */
function escaped(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/[\\`*_[\]<>|#]/g, '\\$&');
}

/** Code on one line, whatever backticks stand in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const inner = text.replace(/\s*\n\s*/g, ' ');
  return /^`|`$/.test(inner) ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`;
}
