import type { Change, ItemDiff } from '../../diff/change.ts';
import { compareDashboard } from '../../diff/compare-dashboard.ts';
import { type Json, objectOf, textOf } from '../../diff/json.ts';
import { outline } from '../write/outline.ts';
import { sayChange } from './say-change.ts';
import { panelsIn } from './written-panels.ts';

/** What a difference is about. */
export interface Subject {
  readonly kind: 'dashboard' | 'panel' | 'variable' | 'annotation' | 'link' | 'layout';
  /** Id of the panel. */
  readonly id?: number | undefined;
  /** Name of the variable, title of the panel. */
  readonly name: string;
  readonly refId?: string | undefined;
  /** What changed of it, in the words of Grafana's editor: `unit`, `thresholds`, `style lineWidth`. */
  readonly what: string;
}

/** One thing in which a dashboard differs from what it is to be. */
export interface Difference {
  /** The same for the same thing that is to become the same, whatever it was before. */
  readonly sign: string;
  readonly subject: Subject;
  /** What is to become of it, in words: `unit: s → reqps`. */
  readonly text: string;
}

/** All differences by meaning of two prepared dashboards; panels are the same ones by their ids. */
export function differences(before: Json, after: Json): readonly Difference[] {
  const [from, to] = [before, after].map(
    (json) => new Map(panelsIn(json).map((panel) => [Number(panel.id), panel])),
  );
  const found: Difference[] = [];
  const own = compare({ ...before, panels: [] }, { ...after, panels: [] });
  if (own?.kind === 'changed') {
    for (const change of own.changes)
      found.push(ofChange({ kind: 'dashboard', name: '' }, 'dashboard', change));
    for (const item of own.items) found.push(...ofItem(item));
  }
  for (const [id, panel] of from ?? []) {
    const other = to?.get(id);
    const subject = { kind: 'panel', id, name: textOf(panel.title) ?? '', what: '' } as const;
    if (other) found.push(...ofPanel(subject, panel, other));
    else found.push({ sign: `panel ${id} removed`, subject, text: 'is gone' });
  }
  for (const [id, panel] of to ?? []) {
    if (from?.has(id)) continue;
    const subject = { kind: 'panel', id, name: textOf(panel.title) ?? '', what: '' } as const;
    found.push({ sign: `panel ${id} added`, subject, text: `is new, a ${panel.type}` });
  }
  const layouts = [before, after].map(layoutOf);
  if (layouts[0] !== layouts[1])
    found.push({
      sign: `layout ${layouts[1]}`,
      subject: { kind: 'layout', name: '', what: '' },
      text: sayLayout(before, after),
    });
  return found;
}

function compare(before: Json, after: Json): ItemDiff | undefined {
  return compareDashboard({ file: '', json: before }, { file: '', json: after });
}

type About = Omit<Subject, 'what'>;

function ofChange(about: About, of: string, change: Change): Difference {
  const path = change.kind === 'value' ? change.path : '';
  const what = 'what' in change ? [change.what, path].filter(Boolean).join(' ') : 'title';
  return {
    sign: stable([of, about.refId ?? '', what, change.after]),
    subject: { ...about, what },
    text: sayChange(change, about.refId),
  };
}

/** JSON whose keys stand in one order. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    const json = objectOf(inner);
    return json ? Object.fromEntries(Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  });
}

/** Variables, annotations and links. */
function ofItem(diff: ItemDiff): readonly Difference[] {
  const name = diff.kind === 'changed' ? diff.before.name : diff.item.name;
  const kind = diff.of === 'variable' || diff.of === 'annotation' ? diff.of : 'link';
  if (diff.kind === 'changed')
    return diff.changes.map((change) => ofChange({ kind, name }, `${kind} ${diff.after.name}`, change));
  return [
    {
      sign: `${kind} ${name} ${diff.kind}`,
      subject: { kind, name, what: '' },
      text: diff.kind === 'added' ? 'is new' : 'is gone',
    },
  ];
}

function ofPanel(about: About, before: Json, after: Json): readonly Difference[] {
  const gridPos = { x: 0, y: 0, w: 1, h: 1 };
  const diff = compare({ panels: [{ ...before, gridPos }] }, { panels: [{ ...after, gridPos }] });
  const of = `panel ${about.id}`;
  return (diff?.kind === 'changed' ? diff.items : []).flatMap((item): readonly Difference[] => {
    if (item.kind !== 'changed') {
      const isNew = item.kind === 'added';
      const subject = { ...about, what: 'type' };
      return isNew ? [{ sign: `${of} is ${stable(after)}`, subject, text: 'is another panel' }] : [];
    }
    return [
      ...item.changes.map((change) => ofChange(about, of, change)),
      ...item.items.flatMap((query) => ofQuery(about, of, query)),
    ];
  });
}

function ofQuery(about: About, of: string, query: ItemDiff): readonly Difference[] {
  if (query.kind === 'changed')
    return query.changes.map((change) => ofChange({ ...about, refId: query.after.name }, of, change));
  const { name, text = '' } = query.item;
  const subject = { ...about, refId: name, what: '' };
  return [
    {
      sign: `${of} query ${name} ${query.kind}`,
      subject,
      text: `query ${name} is ${query.kind === 'added' ? `new: ${text}` : 'gone'}`,
    },
  ];
}

/** What moved, grew, came or went, in one line. */
function sayLayout(before: Json, after: Json): string {
  const diff = compare({ panels: before.panels }, { panels: after.panels });
  const items = diff?.kind === 'changed' ? diff.items : [];
  const said = items.flatMap((item) => {
    if (item.kind !== 'changed') return item.of === 'row' ? [`row "${item.item.name}" ${item.kind}`] : [];
    const changes = item.changes.filter(({ kind }) => item.of === 'row' || kind === 'resized');
    const texts = changes.filter(({ kind }) => kind !== 'moved').map((change) => sayChange(change));
    return texts.length === 0 ? [] : [`${item.of} "${item.before.name}" ${texts.join(', ')}`];
  });
  const isMoved = (item: ItemDiff) =>
    item.kind === 'changed' && item.of === 'panel' && item.changes.some(({ kind }) => kind === 'moved');
  const moved = items.filter(isMoved).length;
  if (moved > 0) said.push(`${moved} ${moved === 1 ? 'panel' : 'panels'} moved`);
  const shown = said.slice(0, 8);
  return (
    [...shown, ...(said.length > shown.length ? [`and ${said.length - shown.length} more`] : [])].join(
      '; ',
    ) || 'another order'
  );
}

/** Rows and places of panels. What number a row has nobody refers to. */
function layoutOf(dashboard: Json): string {
  const { parts } = outline(dashboard, 'eye');
  return JSON.stringify(
    parts.map(({ row, panels }) => [
      row && [row.title, row.collapsed === true, row.repeat ?? ''],
      panels.map(({ json }) => {
        const { x, y, w, h } = objectOf(json.gridPos) ?? {};
        return [json.id, x, y, w, h];
      }),
    ]),
  );
}
