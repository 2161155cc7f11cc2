import type { DiffReport } from './diff.ts';
import { escapeCode, escapeMarkdown } from './escape-markdown.ts';
import { type Part, shortParts } from './mark-parts.ts';
import type { Block, Line, Section } from './outline.ts';
import { cut, oneLine, printable } from './plain-text.ts';
import { tell, type Warning } from './tell.ts';

/** How Markdown is printed. */
export interface MarkdownOptions {
  /** Characters that there is room for; GitHub's comments take 65,536. */
  readonly longest?: number;
}

/** Lines of one dashboard before it says how many more there are. */
const LINES_OF_SECTION = 200;
const SIGNS = { added: '🟢', removed: '🔴', changed: '🟡' } as const;

/**
 * A diff for a comment of a pull request: a summary, a section a dashboard with its details folded, and the names of
 * what there was no room for. Text of users is only ever text.
 */
export function printMarkdown(report: DiffReport, { longest = 60_000 }: MarkdownOptions = {}): string {
  const { summary, compared, sections, warnings } = tell(report);
  // What happened to dashboards is the headline; what happened in them comes below.
  const [headline = '', counts = ''] = summary.split(': ');
  const head = `### Dashboards: ${headline}\n\n${counts && `${counts}\n\n`}${printWarnings(warnings)}`;
  const foot = `\n<sub>${escapeMarkdown(oneLine(compared, 300))}</sub>\n`;
  let room = longest - head.length - foot.length - ROOM_FOR_NAMES;
  const shown: string[] = [];
  const left: Section[] = [];
  for (const section of sections) {
    const full = printSection(section);
    // One that is long makes place for those after it.
    const text =
      full.length <= room ? full : printHead(section, 'The details are too long for this comment.');
    if (text.length > room) left.push(section);
    else {
      shown.push(text);
      room -= text.length;
    }
  }
  return head + shown.join('\n') + leftOut(left) + foot;
}

const ROOM_FOR_NAMES = 3000;

function leftOut(sections: readonly Section[]): string {
  if (sections.length === 0) return '';
  const names = sections.map(({ title }) => escapeMarkdown(oneLine(title, 60) || 'untitled'));
  let text = '';
  let count = 0;
  for (const name of names) {
    if (text.length + name.length > ROOM_FOR_NAMES - 300) break;
    text += `${count === 0 ? '' : ', '}${name}`;
    count++;
  }
  const more = names.length > count ? ` and ${names.length - count} more` : '';
  return `\n<b>Left out, too long for this comment:</b> ${text}${more}\n`;
}

function printWarnings(warnings: readonly Warning[]): string {
  if (warnings.length === 0) return '';
  const lines = warnings
    .slice(0, 10)
    .map(({ file, text }) => `> - <code>${code(file, 200)}</code> ${escapeMarkdown(oneLine(text, 400))}\n`);
  const more = warnings.length > 10 ? `> - and ${warnings.length - 10} more files\n` : '';
  return `> [!WARNING]\n${lines.join('')}${more}\n`;
}

function printSection(section: Section): string {
  const items = section.blocks.flatMap(printBlock);
  if (items.length === 0) return printHead(section);
  const shown = items.slice(0, LINES_OF_SECTION).join('');
  const more =
    items.length > LINES_OF_SECTION ? `- … and ${items.length - LINES_OF_SECTION} more lines\n` : '';
  return `${printHead(section)}\n<details><summary>Details</summary>\n\n${shown}${more}\n</details>\n`;
}

function printHead({ mark, title, uid, file, counts }: Section, note = ''): string {
  const about = [
    uid === undefined ? '' : `<code>${code(uid, 60)}</code>`,
    file === undefined ? '' : `<code>${code(file, 200)}</code>`,
  ];
  const where = about.filter(Boolean).join(' · ');
  const rest = [where, note].filter(Boolean).map((line) => `<sub>${line}</sub>\n`);
  const name = escapeMarkdown(oneLine(title, 120)) || 'untitled';
  return `${SIGNS[mark]} <b>${name}</b>: ${escapeMarkdown(oneLine(counts, 300))}${rest.length > 0 ? '<br>\n' : '\n'}${rest.join('')}`;
}

function printBlock({ mark, noun, name, detail, lines }: Block): string[] {
  const called = name === '' ? '' : ` <b>${escapeMarkdown(oneLine(name, 120))}</b>`;
  const about = detail === undefined ? '' : ` (${escapeMarkdown(oneLine(detail, 120))})`;
  const verb = mark === 'changed' ? '' : ` ${mark}`;
  return [
    `- ${SIGNS[mark]} ${escapeMarkdown(noun)}${called}${about}${verb}\n`,
    ...lines.map((line) => `  - ${printLine(line)}\n`),
  ];
}

function printLine(line: Line): string {
  const label = escapeMarkdown(oneLine(line.label, 120));
  switch (line.kind) {
    case 'values':
      return `${label}: <code>${code(line.before, 200)}</code> → <code>${code(line.after, 200)}</code>`;
    case 'parts':
      return `${label}: <code>${shortParts(line.parts).map(printPart).join('')}</code>`;
    case 'code':
      return `${label}: <code>${code(line.text, 1000)}</code>`;
    case 'words':
      return `${label} ${escapeMarkdown(oneLine(line.text, 300))}`;
    default:
      return line satisfies never;
  }
}

function printPart({ kind, text }: Part): string {
  const escaped = escapeCode(text);
  switch (kind) {
    case 'same':
      return escaped;
    case 'removed':
      return `<del>${escaped}</del>`;
    case 'added':
      return `<ins><b>${escaped}</b></ins>`;
    default:
      return kind satisfies never;
  }
}

/** Code on one line; a space of its own at the end would vanish in HTML, and says nothing here. */
function code(text: string, longest: number): string {
  return escapeCode(cut(printable(text).replace(/\s+/g, ' ').trim(), longest)) || '&#8203;';
}
