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
    rows: result.rows.map(({ value, spread, ...row }) => ({
      ...row,
      value: word(value),
      spread: spread?.map(word),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function word(value: number | undefined): number | string | undefined {
  if (value === undefined || Number.isFinite(value)) return value;
  return value > 0 ? '+Inf' : '-Inf';
}
