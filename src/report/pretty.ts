import { styleText } from 'node:util';
import { codeFrameColumns } from '@babel/code-frame';
import type { Finding, Severity } from '../model/finding.ts';
import type { SourceFile } from '../model/source-file.ts';
import { lineStarts } from './line-starts.ts';
import { type FileLookup, type Place, placeOf } from './place.ts';
import { visible, visibleLine } from './visible.ts';

/** How a report for people looks. */
export interface PrettyOptions {
  /** With colours; default false. */
  readonly color?: boolean;
}

const COLORS = { load: 'red', data: 'magenta', drift: 'yellow', style: 'cyan' } as const satisfies {
  readonly [Name in Severity]: string;
};

/** Findings for people: place, what is wrong, the lines around it, what Grafana will log, the repair. Empty for none. */
export function prettyReport(
  findings: readonly Finding[],
  files: FileLookup,
  options: PrettyOptions = {},
): string {
  const paint: Paint = options.color
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  return findings.map((finding) => printFinding(finding, files, paint)).join('\n');
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

function printFinding(finding: Finding, files: FileLookup, paint: Paint): string {
  const place = placeOf(finding.at, files);
  const file = files.get(finding.at.file);
  const lines = [
    `${paint('bold', visibleLine(place.file))}:${place.line}:${place.column}  ${paint(COLORS[finding.severity], finding.severity)}  ${paint('dim', finding.rule)}`,
    `  ${visible(finding.message).replaceAll('\n', '\n  ')}`,
  ];
  const hasPlace = finding.at.range !== undefined || (finding.at.path?.length ?? 0) > 0;
  if (hasPlace && file?.text) lines.push(...frame(file, place));
  if (finding.grafanaLog) lines.push(`  ${paint('dim', 'Grafana logs:')} ${visibleLine(finding.grafanaLog)}`);
  for (const { at, message } of finding.related) {
    const { file, line } = placeOf(at, files);
    lines.push(`  ${paint('dim', visibleLine(`${file}:${line}`))} ${visible(message)}`);
  }
  if (finding.fix)
    lines.push(
      `  ${paint('green', 'Fix:')} ${visibleLine(finding.fix.title)}${finding.fix.safety === 'unsafe' ? ' (needs --unsafe)' : ''}`,
    );
  for (const suggestion of finding.suggestions ?? [])
    lines.push(`  ${paint('green', 'Perhaps:')} ${visibleLine(suggestion)}`);
  return `${lines.join('\n')}\n`;
}

/** Longest line that is shown: generated and minified files have lines of megabytes. */
const MAX_LINE = 160;

/** The lines around a place; none when it lies beyond what is shown of its line. */
function frame(file: SourceFile, place: Place): string[] {
  if (Math.max(place.column, place.line === place.endLine ? place.endColumn : 0) > MAX_LINE) return [];
  // The line above, the line, the line below: the text may be of megabytes.
  const starts = lineStarts(file);
  const startLine = Math.max(place.line - 1, 1);
  const next = starts[place.line + 1];
  const text = file.text.slice(starts[startLine - 1], next === undefined ? undefined : next - 1);
  const shown = visible(text.replaceAll('\r\n', '\n').replace(/\r$/, ''))
    .split('\n')
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line))
    .join('\n');
  const end =
    place.endLine === place.line && place.endColumn > place.column
      ? { line: place.line, column: place.endColumn }
      : undefined;
  const start = { line: place.line, column: place.column };
  const options = { linesAbove: 1, linesBelow: 1, startLine };
  const frame = codeFrameColumns(shown, end ? { start, end } : { start }, options);
  return frame.split('\n').map((line) => `  ${line}`);
}
