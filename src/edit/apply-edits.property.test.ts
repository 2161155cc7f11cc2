import { isDeepStrictEqual } from 'node:util';
import { findNodeAtLocation, type JSONPath, parseTree } from 'jsonc-parser';
import { afterAll, describe, expect, test } from 'vitest';
import { isCollection, isMap, isPair, type Node, type Pair, parse, parseDocument } from 'yaml';
import fc from '../../test/fast-check.ts';
import type { Edit } from '../model/edit.ts';
import type { PropertyPath } from '../model/source-file.ts';
import { type AppliedEdits, applyEdits } from './apply-edits.ts';
import { type Draw, drawFrom, seeds } from './corpus/draw.ts';
import { expectedValue, oddEdit } from './corpus/odd-edits.ts';
import { oddJson } from './corpus/odd-json.ts';
import { oddYaml } from './corpus/odd-yaml.ts';

const RUNS = Number(process.env.EDIT_RUNS ?? 400);
const figures = { yaml: { right: 0, refused: 0, wrong: 0 }, json: { right: 0, refused: 0, wrong: 0 } };

afterAll(() => {
  for (const [format, { right, refused, wrong }] of Object.entries(figures)) {
    console.log(`edits of odd ${format}: ${right} right, ${refused} refused, ${wrong} wrong`);
  }
});

describe.each(['yaml', 'json'] as const)('in odd but valid %s', (format) => {
  test('an edit changes what it says and nothing else, or is refused with a reason', () => {
    fc.assert(
      fc.property(seeds(), (seed) => {
        const draw = drawFrom(seed);
        const text = oddText(format, draw);
        const before = parsed(format, text);
        const edit = oddEdit(draw, 'file', before);
        const result = applyEdits('file', format, text, [edit]);
        figures[format].wrong += 1;
        if (result.refused.length > 0) assertRefused(result, text);
        else {
          assertSame(parsed(format, result.text), expectedValue(before, edit));
          assertLocal(format, text, edit, result.text);
          if (isAddition(before, edit)) expect(result.text.match(COMMENT)).toEqual(text.match(COMMENT));
          figures[format].right += 1;
        }
        figures[format].refused += result.refused.length;
        figures[format].wrong -= 1;
      }),
      { numRuns: RUNS },
    );
    const { right, refused, wrong } = figures[format];
    expect(wrong).toBe(0);
    expect(refused / (right + refused)).toBeLessThan(format === 'json' ? 0.01 : 0.15);
  });

  test('several edits together come to the same as each by itself, or wait', () => {
    fc.assert(
      fc.property(seeds(), (seed) => {
        const draw = drawFrom(seed);
        const text = oddText(format, draw);
        const before = parsed(format, text);
        const edits = Array.from({ length: 2 + draw.number(4) }, () => oddEdit(draw, 'file', before));
        const result = applyEdits('file', format, text, edits);
        const inOrder = [...result.applied].sort(byShift);
        assertSame(parsed(format, result.text), inOrder.reduce(expectedValue, before));
        const all = [...result.applied, ...result.deferred, ...result.refused.map((refusal) => refusal.edit)];
        expect(new Set(all)).toEqual(new Set(edits));
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

test('a file of ten thousand lines is edited in its one place', () => {
  const lines = Array.from(
    { length: 5000 },
    (_, index) => `  - name: source ${index} # n\n    uid: u${index}`,
  );
  const text = `datasources:\n${lines.join('\n')}\n`;
  const path = ['datasources', 2500, 'uid'];
  const result = applyEdits('file', 'yaml', text, [{ kind: 'set', file: 'file', path, value: 'other' }]);
  expect(result.text).toBe(text.replace('uid: u2500\n', 'uid: other\n'));
});

test('a value two hundred levels down is edited', () => {
  const depth = 200;
  const text = Array.from({ length: depth }, (_, index) => `${' '.repeat(index)}k:`).join('\n');
  const path = Array.from({ length: depth }, () => 'k');
  const result = applyEdits('file', 'yaml', text, [{ kind: 'set', file: 'file', path, value: 1 }]);
  expect(result.text).toBe(`${text} 1`);
});

function oddText(format: 'yaml' | 'json', draw: Draw): string {
  const text = format === 'yaml' ? oddYaml(draw) : oddJson(draw);
  parsed(format, text);
  return text;
}

function parsed(format: 'yaml' | 'json', text: string): unknown {
  // The YAML parser counts the mark as a column, and so stumbles over a list behind it.
  const body = text.replace(/^\uFEFF/, '');
  return format === 'json' ? JSON.parse(body) : parse(body, { merge: true, logLevel: 'error' });
}

/** Vitest's equality does not look at a key `__proto__`. */
function assertSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toBe(expected);
}

function assertRefused(result: AppliedEdits, text: string): void {
  expect(result.text).toBe(text);
  expect(result.applied).toEqual([]);
  for (const { reason } of result.refused) expect(reason).toMatch(/^\S.*\.$/s);
}

const COMMENT = /# comment \d+\./g;

/** Whether the edit adds something and takes nothing away. */
function isAddition(root: unknown, edit: Edit): boolean {
  if (edit.kind === 'text' || edit.kind === 'delete') return false;
  if (edit.kind === 'append') return true;
  const found = edit.path.reduce<unknown>(
    (value, part) => (Object.hasOwn(Object(value), part) ? Reflect.get(Object(value), part) : undefined),
    root,
  );
  return found === undefined;
}

/** What shifts indexes after what does not, the highest index first: then every path is that of the text as given. */
function byShift(a: Edit, b: Edit): number {
  const [left, right] = [shiftOf(a), shiftOf(b)];
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? -1 : 1;
  return left < right ? 1 : -1;
}

function shiftOf(edit: Edit): string | undefined {
  if (edit.kind !== 'delete' || typeof edit.path.at(-1) !== 'number') return undefined;
  return edit.path
    .map((part) => (typeof part === 'number' ? String(part).padStart(9, '0') : part))
    .join('\0');
}

/** All that stands outside of the place the edit names is as it was, byte for byte. */
function assertLocal(format: 'yaml' | 'json', marked: string, edit: Edit, markedAfter: string): void {
  if (edit.kind === 'text') throw new Error('Not a property edit.');
  expect(markedAfter.startsWith('\uFEFF')).toBe(marked.startsWith('\uFEFF'));
  const [before, after] = [marked.replace(/^\uFEFF/, ''), markedAfter.replace(/^\uFEFF/, '')];
  // What is left when the last line goes may be a blank line.
  if (before.endsWith('\n') || edit.kind !== 'delete')
    expect(after.endsWith('\n')).toBe(before.endsWith('\n'));
  if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  const { from, to } = format === 'json' ? jsonSpan(before, edit.path) : yamlSpan(before, edit);
  const [head, tail] = [before.slice(0, from), before.slice(to)];
  if (from === to && format === 'yaml') {
    assertOnlyInserted(before, after);
    return;
  }
  expect({ head: after.slice(0, head.length), tail: after.slice(after.length - tail.length) }).toEqual({
    head,
    tail,
  });
}

/** The old lines are all there, in order, with new ones in one place. */
function assertOnlyInserted(before: string, after: string): void {
  const [old, now] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  let same = 0;
  while (same < old.length && old[same] === now[same]) same++;
  expect(now.slice(now.length - (old.length - same))).toEqual(old.slice(same));
}

/** From the end of the sibling before to the start of the one behind; what the edit makes new is in the container. */
function jsonSpan(text: string, path: PropertyPath): { readonly from: number; readonly to: number } {
  const root = parseTree(text);
  const found = root && findNodeAtLocation(root, path as JSONPath);
  const child = found?.parent?.type === 'property' ? found.parent : found;
  if (child?.parent === undefined) {
    const container = root && path.length > 0 ? deepest(root, path) : root;
    if (container === undefined) return { from: 0, to: text.length };
    return { from: container.offset, to: container.offset + container.length };
  }
  const siblings = child.parent.children ?? [];
  const index = siblings.indexOf(child);
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  const from = previous ? previous.offset + previous.length : child.parent.offset;
  return { from, to: next?.offset ?? child.parent.offset + child.parent.length };
}

function deepest(root: NonNullable<ReturnType<typeof parseTree>>, path: PropertyPath) {
  for (let depth = path.length - 1; depth > 0; depth--) {
    const node = findNodeAtLocation(root, path.slice(0, depth) as JSONPath);
    if (node !== undefined) return node;
  }
  return root;
}

/** The lines of the entry the edit names; those of its container in braces; none where lines are only added. */
function yamlSpan(
  text: string,
  edit: Exclude<Edit, { kind: 'text' }>,
): { readonly from: number; readonly to: number } {
  const document = parseDocument(text, { merge: true });
  let node: Node | null | undefined = document.contents;
  let entry: Pair<Node, Node | null> | Node | null | undefined;
  let flow: Node | undefined;
  let sole: typeof entry;
  for (const part of edit.path) {
    if (!isCollection(node)) break;
    flow ??= node.flow === true ? node : undefined;
    const outer = entry;
    const items = node.items as (Pair<Node, Node | null> | Node)[];
    const found: typeof entry = isMap(node)
      ? items.find((item) => isPair(item) && String((item.key as { value?: unknown }).value ?? '') === part)
      : items[Number(part)];
    sole = items.length === 1 ? outer : undefined;
    if (found === undefined) {
      if (node.items.length > 0 && flow === undefined) return { from: 0, to: 0 };
      sole = undefined;
      break;
    }
    entry = found;
    node = isPair(found) ? (found.value as Node | null) : found;
  }
  if (edit.kind === 'append' && isCollection(node) && node.items.length > 0 && node.flow !== true && !flow) {
    return { from: 0, to: 0 };
  }
  const named = flow ?? (edit.kind === 'delete' ? (sole ?? entry) : entry);
  if (named === null || named === undefined) return { from: 0, to: text.length };
  const [content] = rangeOf(isPair(named) ? named.key : named);
  const start = isPair(named)
    ? content
    : content - (BEFORE_ITEM.exec(text.slice(0, content))?.[0].length ?? 0);
  const end = rangeOf(isPair(named) ? (named.value ?? named.key) : named)[1];
  const lastLine = text.indexOf('\n', Math.max(start, end - 1));
  // Deleting the first key of a list item joins the next line to the dash.
  const joined =
    edit.kind === 'delete' ? (/^(?:[ \t]*\r?\n)*.*\n?/.exec(text.slice(lastLine + 1))?.[0].length ?? 0) : 0;
  const firstLine = text.slice(0, text.lastIndexOf('\n', start - 1) + 1);
  const to = lastLine === -1 ? text.length : lastLine + 1 + joined;
  // The last line goes with the line end before it when nothing is behind it.
  return { from: to === text.length ? firstLine.trimEnd().length : firstLine.length, to };
}

/** A dash and what may stand between it and its item: an anchor or tag, comments, line ends. */
const BEFORE_ITEM = /-(?:[ \t]+[&!]\S*)*[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*(?:#[^\n]*)?)*[ \t]*$/;

function rangeOf(node: unknown): readonly [number, number] {
  const range = (node as Node).range;
  if (!range) throw new Error('A node without range.');
  return [range[0], range[1]];
}
