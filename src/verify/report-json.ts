import { isGood, type VerifyResult } from './result.ts';

/** The result as data for other programs. Grows only by new keys. */
export function jsonReport(result: VerifyResult): string {
  const bad = [...result.rows, ...result.checks].filter(({ verdict }) => !isGood(verdict)).length;
  const report = {
    version: 1,
    holds: result.holds,
    stack: result.stack,
    startedAt: new Date(result.startedAt).toISOString(),
    tookSeconds: result.tookMs / 1000,
    summary: { checks: result.checks.length, queries: result.rows.length, failed: bad },
    checks: result.checks,
    // JSON has no infinity.
    rows: result.rows.map((row) => ({
      ...row,
      value: Number.isFinite(row.value) ? row.value : valueWord(row.value),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function valueWord(value: number | undefined): string | undefined {
  return value === undefined ? undefined : value > 0 ? '+Inf' : '-Inf';
}
