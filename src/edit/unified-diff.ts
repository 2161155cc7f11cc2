import { styleText } from 'node:util';
import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import type { PlannedFile, WritePlan } from '../model/write-plan.ts';

/** How the difference is shown. */
export interface UnifiedDiffOptions {
  /** Colour for a terminal; off by default. */
  readonly color?: boolean;
}

/**
 * The text of a plan as a unified diff that `git apply` takes: above each file its reasons as `#` lines, at the end
 * the refused edits. A file that only moves is shown as a rename. Empty when the plan changes and refuses nothing.
 */
export function unifiedDiff(plan: WritePlan, options: UnifiedDiffOptions = {}): string {
  const changed = plan.files.filter((file) => file.before !== file.after);
  const moves = movesAmong(changed);
  const sections = changed.map((file) => {
    if ([...moves.values()].includes(file)) return '';
    const target = moves.get(file);
    return target === undefined ? fileSection(file) : moveSection(file, target);
  });
  const refused = plan.refused.map(
    ({ edit, reason }) => `# not changed: ${edit.file}: ${onOneLine(reason)}\n`,
  );
  const text = [...sections, ...refused].join('');
  return options.color === true ? colored(text) : text;
}

/** Which removed file comes back unchanged under another name. */
function movesAmong(files: readonly PlannedFile[]): ReadonlyMap<PlannedFile, PlannedFile> {
  const moves = new Map<PlannedFile, PlannedFile>();
  const created = new Set(files.filter((file) => file.before === undefined));
  for (const file of files) {
    if (file.after !== undefined) continue;
    const target = [...created].find((candidate) => candidate.after === file.before);
    if (target === undefined) continue;
    moves.set(file, target);
    created.delete(target);
  }
  return moves;
}

function moveSection(from: PlannedFile, to: PlannedFile): string {
  const reasons = reasonLines([...new Set([...from.reasons, ...to.reasons])]);
  const header = `diff --git a/${from.path} b/${to.path}\nsimilarity index 100%\n`;
  return `${reasons}${header}rename from ${from.path}\nrename to ${to.path}\n`;
}

function fileSection(file: PlannedFile): string {
  const oldName = file.before === undefined ? '/dev/null' : `a/${file.path}`;
  const newName = file.after === undefined ? '/dev/null' : `b/${file.path}`;
  const hunks = hunksOf(file.before ?? '', file.after ?? '');
  const patch = { oldFileName: oldName, newFileName: newName, oldHeader: '', newHeader: '', hunks };
  return reasonLines(file.reasons) + formatPatch(patch, FILE_HEADERS_ONLY);
}

function reasonLines(reasons: readonly string[]): string {
  return reasons.map((reason) => `# ${onOneLine(reason)}\n`).join('');
}

/** A title quoted in a reason may hold line breaks, which would end the comment. */
function onOneLine(reason: string): string {
  return reason.replace(/[\r\n]+/g, ' ');
}

/** Finding the shortest difference of two 20,000-line files with nothing in common takes minutes; nobody reads it. */
const MAX_EDIT_LENGTH = 2000;

function hunksOf(before: string, after: string): StructuredPatchHunk[] {
  const options = { context: 3, maxEditLength: MAX_EDIT_LENGTH };
  const shortest = structuredPatch('', '', before, after, '', '', options);
  if (shortest !== undefined) return shortest.hunks;
  const [removal] = structuredPatch('', '', before, '').hunks;
  const [addition] = structuredPatch('', '', '', after).hunks;
  if (removal === undefined || addition === undefined) return [removal, addition].filter((hunk) => !!hunk);
  const { newStart, newLines } = addition;
  return [{ ...removal, newStart, newLines, lines: [...removal.lines, ...addition.lines] }];
}

type Style = Parameters<typeof styleText>[0];

const STYLES: readonly (readonly [prefix: string, style: Style])[] = [
  ['# not changed', 'yellow'],
  ['# ', 'dim'],
  ['--- ', 'bold'],
  ['+++ ', 'bold'],
  ['@@', 'cyan'],
  ['-', 'red'],
  ['+', 'green'],
  ['diff ', 'bold'],
  ['rename ', 'bold'],
];

/** Colours line by line; a removed line that begins with `-- ` is taken for a header, which costs it its red. */
function colored(text: string): string {
  return text.replace(/^[^\r\n]+/gm, (line) => {
    const style = STYLES.find(([prefix]) => line.startsWith(prefix))?.[1];
    // The caller has decided on colour; newer Nodes would ask the terminal again.
    return style === undefined ? line : styleText(style, line, { validateStream: false });
  });
}
