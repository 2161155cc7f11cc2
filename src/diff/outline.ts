import type { Change, Item, ItemDiff, Noun, Place } from './change.ts';
import { countChanges, plural, sayCounts } from './count-changes.ts';
import { markParts, type Part } from './mark-parts.ts';
import { showValue } from './show-value.ts';

/** What happened to a thing. */
export type Mark = 'added' | 'removed' | 'changed';

/** A dashboard, or all provisioning, as every report tells of it. Texts are as users wrote them: printers escape. */
export interface Section {
  readonly mark: Mark;
  readonly title: string;
  readonly uid: string | undefined;
  readonly file: string | undefined;
  /** `1 panel added, 2 queries changed` */
  readonly counts: string;
  readonly blocks: readonly Block[];
}

/** One item and what happened to it. */
export interface Block {
  readonly mark: Mark;
  readonly noun: string;
  /** `''` for the dashboard itself. */
  readonly name: string;
  readonly detail: string | undefined;
  readonly lines: readonly Line[];
}

/** One thing that happened to an item. */
export type Line =
  /** A setting: what it was and what it is. */
  | { readonly kind: 'values'; readonly label: string; readonly before: string; readonly after: string }
  /** Code of which a part changed. */
  | { readonly kind: 'parts'; readonly label: string; readonly parts: readonly Part[] }
  /** Code that came or went as a whole. */
  | { readonly kind: 'code'; readonly label: string; readonly mark: Mark; readonly text: string }
  /** In words. */
  | { readonly kind: 'words'; readonly label: string; readonly text: string };

/** Tells of one dashboard. */
export function dashboardSection(diff: ItemDiff): Section {
  const item = diff.kind === 'changed' ? diff.after : diff.item;
  const { name: title, detail: uid, file } = item;
  const head = { mark: diff.kind, title, uid, file };
  if (diff.kind !== 'changed') {
    const contained = diff.item.contains ?? [];
    const blocks = contained.map((inner) =>
      block(diff.kind, inner.detail === undefined ? 'row' : 'panel', inner),
    );
    const panels = contained.filter(({ detail }) => detail !== undefined).length;
    return { ...head, counts: `${diff.kind}, ${panels} ${plural('panel', panels)}`, blocks };
  }
  const own = diff.changes.map((change) => line(change));
  const itself: Block = { mark: 'changed', noun: 'dashboard', name: '', detail: undefined, lines: own };
  return {
    ...head,
    counts: countsOf(diff),
    blocks: [...(own.length > 0 ? [itself] : []), ...blocksOf(diff.items)],
  };
}

/** Tells of the provisioning; undefined when nothing changed there. */
export function provisioningSection(diffs: readonly ItemDiff[]): Section | undefined {
  if (diffs.length === 0) return undefined;
  return {
    mark: 'changed',
    title: 'Provisioning',
    uid: undefined,
    file: undefined,
    counts: sayCounts(countChanges(diffs)),
    blocks: blocksOf(diffs),
  };
}

/** What changed in one dashboard, without saying that it is one dashboard. */
function countsOf(diff: ItemDiff & { kind: 'changed' }): string {
  const inside = sayCounts(countChanges(diff.items));
  const own = [...new Set(diff.changes.map((change) => ('what' in change ? change.what : change.kind)))].join(
    ', ',
  );
  if (diff.items.length === 0) return own;
  return own === '' ? inside : `${inside}; ${own}`;
}

function blocksOf(diffs: readonly ItemDiff[]): readonly Block[] {
  const still = diffs.filter((diff) => shiftOf(diff) === undefined);
  return [...still.map(blockOf), ...shifts(diffs)];
}

function blockOf(diff: ItemDiff): Block {
  if (diff.kind !== 'changed') return block(diff.kind, diff.of, diff.item);
  const { name, detail, file } = diff.after;
  const renamed = diff.changes.find(({ kind }) => kind === 'renamed');
  const lines = diff.changes.filter((change) => change !== renamed).map((change) => line(change));
  return {
    mark: 'changed',
    noun: diff.of,
    name,
    detail: isProvisioned(diff.of) ? file : detail,
    lines: [...(renamed ? [line(renamed)] : []), ...lines, ...diff.items.flatMap(queryLines)],
  };
}

function block(mark: Mark, noun: Noun, { name, detail, file, text, contains = [] }: Item): Block {
  return {
    mark,
    noun,
    name,
    detail: isProvisioned(noun) ? file : detail,
    lines: [
      ...(text ? [{ kind: 'code', label: 'query', mark, text } as const] : []),
      ...contains.flatMap((query) =>
        query.text ? [{ kind: 'code', label: `query ${query.name}`, mark, text: query.text } as const] : [],
      ),
    ],
  };
}

function isProvisioned(noun: Noun): boolean {
  return noun === 'datasource' || noun === 'provider' || noun === 'deletion';
}

/** A panel's queries are told of among its lines. */
function queryLines(diff: ItemDiff): Line[] {
  if (diff.kind !== 'changed') {
    const { name, text = '' } = diff.item;
    return [{ kind: 'code', label: `query ${name} ${diff.kind}`, mark: diff.kind, text }];
  }
  return diff.changes.map((change) => line(change, `query ${diff.after.name}`));
}

function line(change: Change, of = ''): Line {
  const said = [of, label(change)].filter(Boolean).join(' ');
  switch (change.kind) {
    case 'renamed':
      return {
        kind: 'values',
        label: said,
        before: change.before || '(none)',
        after: change.after || '(none)',
      };
    case 'moved':
      return { kind: 'words', label: said, text: sayMove(change.before, change.after) };
    case 'resized': {
      const [before, after] = [change.before, change.after].map(({ w, h }) => `${w} × ${h}`);
      return { kind: 'values', label: said, before: before ?? '', after: after ?? '' };
    }
    case 'text':
      return { kind: 'parts', label: of || said, parts: markParts(change.before, change.after) };
    case 'value': {
      const { what, before, after } = change;
      return { kind: 'values', label: said, before: showValue(before, what), after: showValue(after, what) };
    }
    default:
      return change satisfies never;
  }
}

function label(change: Change): string {
  if (change.kind === 'text') return change.what;
  if (change.kind !== 'value') return change.kind;
  // The steps are what people call the thresholds.
  const path = change.what === 'thresholds' && change.path === 'steps' ? '' : change.path;
  return [change.what, path].filter(Boolean).join(' ');
}

/** Panels that only went along when something above them grew or came, by how far they went. */
function shifts(diffs: readonly ItemDiff[]): Block[] {
  const groups = new Map<string, ItemDiff[]>();
  for (const diff of diffs) {
    const shift = shiftOf(diff);
    if (shift === undefined) continue;
    const group = groups.get(shift) ?? [];
    group.push(diff);
    groups.set(shift, group);
  }
  return [...groups].map(([text, group]) => {
    const names = group.map((diff) => (diff.kind === 'changed' ? diff.after.name : '') || 'untitled');
    const [only] = group;
    const noun = group.every(({ of }) => of === only?.of) ? (only?.of ?? 'panel') : 'panel';
    return {
      mark: 'changed',
      noun: group.length === 1 ? noun : `${group.length} ${plural(noun, group.length)}`,
      name: shorten(names),
      detail: undefined,
      lines: [{ kind: 'words', label: 'moved', text }],
    };
  });
}

/** In words how far a panel or row moved, when nothing else happened to it. */
function shiftOf(diff: ItemDiff): string | undefined {
  if (diff.kind !== 'changed' || diff.items.length > 0 || diff.changes.length !== 1) return undefined;
  const [change] = diff.changes;
  return change?.kind === 'moved' ? sayMove(change.before, change.after) : undefined;
}

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 8).join(', ');
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown;
}

function sayMove(before: Place, after: Place): string {
  const [x, y] = [after.x - before.x, after.y - before.y];
  const steps = [
    x === 0 ? '' : `${Math.abs(x)} ${x > 0 ? 'right' : 'left'}`,
    y === 0 ? '' : `${Math.abs(y)} ${y > 0 ? 'down' : 'up'}`,
  ].filter(Boolean);
  if (before.row !== after.row) {
    const [from, to] = [before, after].map(({ row }) =>
      row === undefined ? 'no row' : `row ${row || 'untitled'}`,
    );
    return [`from ${from} to ${to}`, ...steps].join(', ');
  }
  return steps.join(', ') || 'to another row of the same title';
}
