import { styleText } from 'node:util';
import { ageText, byDashboard, countText, summaryText, VERDICT_WORDS, valueText } from './figures.ts';
import { type Check, isGood, type QueryRow, type VerifyResult } from './result.ts';

/** What `verify` prints for people: the checks, then a line for each query under its dashboard, then the sum. */
export function tableReport(
  result: VerifyResult,
  { color = false }: { readonly color?: boolean } = {},
): string {
  const paint: Paint = color
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  const checks = result.checks.flatMap((check) => checkLines(check, paint));
  const columns = columnWidths(result.rows);
  const tables = byDashboard(result.rows).map(([title, rows]) =>
    [
      paint('bold', title),
      ...rows.flatMap((row, index) => rowLines(row, rows[index - 1], columns, paint)),
    ].join('\n'),
  );
  const seconds = (result.tookMs / 1000).toFixed(1);
  const mark = result.holds ? paint('green', '✓') : paint('red', '✗');
  const end = `${mark} ${summaryText(result)} · ${result.stack} · ${seconds} s`;
  return `${[checks.join('\n'), ...tables, end].filter(Boolean).join('\n\n')}\n`;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

function checkLines({ area, name, verdict, message, repair }: Check, paint: Paint): readonly string[] {
  const what = area === 'server' ? name : `${area} ${name}`;
  const line = `${mark(verdict, paint)} ${what}: ${message}`;
  return repair === undefined ? [line] : [line, `    ${paint('green', '→')} ${repair}`];
}

function mark(verdict: QueryRow['verdict'] | Check['verdict'], paint: Paint): string {
  if (verdict === 'not-asked') return paint('dim', '–');
  return isGood(verdict) ? paint('green', '✓') : paint('red', '✗');
}

/** Cells of a row after its mark; the last one is not padded. */
function cells(row: QueryRow): readonly string[] {
  const isAnswered = row.verdict !== 'error' && row.verdict !== 'not-asked';
  return [
    row.panel,
    row.query,
    isAnswered ? countText(row) : '',
    ageText(row.newestSampleAgeSeconds),
    valueText(row),
    VERDICT_WORDS[row.verdict],
  ];
}

const WIDEST = 48;

function columnWidths(rows: readonly QueryRow[]): readonly number[] {
  return [0, 1, 2, 3, 4].map((index) =>
    Math.min(WIDEST, Math.max(0, ...rows.map((row) => cells(row)[index]?.length ?? 0))),
  );
}

function rowLines(
  row: QueryRow,
  before: QueryRow | undefined,
  widths: readonly number[],
  paint: Paint,
): readonly string[] {
  const padded = cells(row).map((cell, index) => {
    const width = widths[index] ?? 0;
    // Numbers under numbers, words under words.
    return index >= 2 && index <= 4 ? cell.padStart(width) : cell.padEnd(width);
  });
  const color = row.verdict === 'not-asked' ? 'dim' : isGood(row.verdict) ? 'green' : 'red';
  const words = padded.slice(0, -1).join('  ');
  const line = `  ${mark(row.verdict, paint)} ${words}  ${paint(color, padded.at(-1) ?? '')}`;
  // A server that is down is said once, not for each of its queries.
  const isSaid = row.explanation === undefined || row.explanation === before?.explanation;
  return isSaid ? [line] : [line, `      ${row.explanation?.replaceAll('\n', ' ')}`];
}
