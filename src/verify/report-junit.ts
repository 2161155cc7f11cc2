import { byDashboard, VERDICT_WORDS } from './figures.ts';
import { isGood, type VerifyResult } from './result.ts';

interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly failure: string | undefined;
  readonly detail: string;
  readonly skipped: string | undefined;
}

/** The result as JUnit XML: a suite for the checks and one for each dashboard, a case for each query. */
export function junitReport({ checks, rows, tookMs }: VerifyResult): string {
  const ofChecks = checks.map(
    ({ area, name, verdict, message, repair }): Case => ({
      name: `${area} ${name}`,
      seconds: 0,
      failure: isGood(verdict) ? undefined : message,
      detail: repair ?? '',
      skipped: verdict === 'not-asked' ? message : undefined,
    }),
  );
  const ofDashboards = byDashboard(rows).map(([title, group]): [string, readonly Case[]] => [
    title,
    group.map(({ panel, query, verdict, explanation = '', expr, tookMs: took }) => ({
      name: `${panel}, query ${query}`,
      seconds: took / 1000,
      failure: isGood(verdict) ? undefined : `${VERDICT_WORDS[verdict]}: ${explanation}`,
      detail: expr,
      skipped: verdict === 'not-asked' ? explanation : undefined,
    })),
  ]);
  const suites = [['stack', ofChecks] as const, ...ofDashboards].map(([name, cases]) => suite(name, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="panelproof verify" time="${tookMs / 1000}">\n${suites.join('')}</testsuites>\n`;
}

function suite(name: string, cases: readonly Case[]): string {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const skipped = cases.filter((each) => each.skipped !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}"`;
  return `  <testsuite name="${xml(name)}" ${counts}>\n${cases.map((each) => testCase(name, each)).join('')}  </testsuite>\n`;
}

function testCase(suiteName: string, { name, seconds, failure, detail, skipped }: Case): string {
  const open = `    <testcase classname="${xml(suiteName)}" name="${xml(name)}" time="${seconds.toFixed(3)}"`;
  if (failure !== undefined)
    return `${open}>\n      <failure message="${xml(failure)}">${xml(detail)}</failure>\n    </testcase>\n`;
  return skipped === undefined
    ? `${open}/>\n`
    : `${open}>\n      <skipped message="${xml(skipped)}"/>\n    </testcase>\n`;
}

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Control characters cannot stand in XML at all, not even escaped. */
function xml(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '').replace(/[&<>"]/g, (found) => ENTITIES[found] ?? found);
}
