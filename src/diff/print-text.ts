import { styleText } from 'node:util';
import type { DiffReport } from './diff.ts';
import { type Part, shortParts } from './mark-parts.ts';
import type { Block, Line, Mark, Section } from './outline.ts';
import { oneLine } from './plain-text.ts';
import { tell } from './tell.ts';

/** How text is printed. */
export interface TextOptions {
  /** Colour for a terminal; off by default. */
  readonly color?: boolean;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;
const COLORS = { added: 'green', removed: 'red', changed: 'yellow' } as const;

/** A diff for a terminal. Changed parts of code stand in `[-…-]` and `{+…+}`, as `git diff --word-diff` has them. */
export function printText(report: DiffReport, { color = false }: TextOptions = {}): string {
  const paint = (mark: Mark, text: string) =>
    color ? styleText(COLORS[mark], text, { validateStream: false }) : text;
  const { summary, compared, sections, warnings } = tell(report);
  return [
    ...sections.map((section) => printSection(section, paint)),
    ...(warnings.length === 0
      ? []
      : [warnings.map(({ file, text }) => `! ${oneLine(file, 300)} ${oneLine(text, 500)}\n`).join('')]),
    `${oneLine(compared, 300)}: ${summary}\n`,
  ].join('\n');
}

/** One line of a report, without colour. */
export function plainLine(line: Line): string {
  return printLine(line, (_, text) => text);
}

type Paint = (mark: Mark, text: string) => string;

function printSection({ mark, title, uid, file, counts, blocks }: Section, paint: Paint): string {
  const name = [oneLine(title, 120) || 'untitled', uid === undefined ? '' : `(${oneLine(uid, 60)})`].filter(
    Boolean,
  );
  const head = `${paint(mark, `${SIGNS[mark]} ${name.join(' ')}`)}: ${oneLine(counts, 300)}\n`;
  const where = file === undefined ? '' : `  ${oneLine(file, 300)}\n`;
  return head + where + blocks.map((block) => printBlock(block, paint)).join('');
}

function printBlock({ mark, noun, name, detail, lines }: Block, paint: Paint): string {
  const what = [
    noun,
    name === '' ? '' : `"${oneLine(name, 120)}"`,
    detail === undefined ? '' : `(${oneLine(detail, 120)})`,
  ];
  const head = `  ${paint(mark, `${SIGNS[mark]} ${what.filter(Boolean).join(' ')}`)}\n`;
  return head + lines.map((line) => `      ${printLine(line, paint)}\n`).join('');
}

function printLine(line: Line, paint: Paint): string {
  const label = oneLine(line.label, 200);
  switch (line.kind) {
    case 'values':
      return `${label}: ${oneLine(line.before, 200)} → ${oneLine(line.after, 200)}`;
    case 'parts':
      return `${label}: ${shortParts(line.parts)
        .map((part) => printPart(part, paint))
        .join('')}`;
    case 'code':
      return `${label}: ${oneLine(line.text, 2000)}`;
    case 'words':
      return `${label} ${oneLine(line.text, 300)}`;
    default:
      return line satisfies never;
  }
}

function printPart({ kind, text }: Part, paint: Paint): string {
  switch (kind) {
    case 'same':
      return text;
    case 'removed':
      return paint('removed', `[-${text}-]`);
    case 'added':
      return paint('added', `{+${text}+}`);
    default:
      return kind satisfies never;
  }
}
