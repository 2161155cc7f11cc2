import { describe, expect, test } from 'vitest';
import fc from '../../test/fast-check.ts';
import type { Change, ItemDiff } from './change.ts';
import { compare } from './compare.ts';
import type { Json } from './json.ts';

const word = fc.constantFrom('rate', 'errors', 'p95', 'memory', 'load', 'up', '', '__proto__', '</b>');
const query = fc.record(
  {
    refId: fc.constantFrom('A', 'B', 'C'),
    expr: fc.constantFrom('up', 'rate(a[1m])', 'rate(a[5m])', 'sum(b)'),
    legendFormat: word,
    hide: fc.boolean(),
    datasource: fc.constantFrom('one', { uid: 'one' }, { uid: 'two' }, null),
  },
  { requiredKeys: ['expr'] },
);
const panel = fc.record(
  {
    id: fc.integer({ min: 1, max: 6 }),
    title: word,
    type: fc.constantFrom('timeseries', 'stat', 'row', 'mystery'),
    gridPos: fc.record({
      x: fc.constantFrom(0, 12),
      y: fc.integer({ min: 0, max: 40 }),
      w: fc.constantFrom(12, 24),
      h: fc.constantFrom(4, 8),
    }),
    targets: fc.array(query, { maxLength: 3 }),
    datasource: fc.constantFrom('one', { uid: 'one' }, { uid: 'two' }, null),
    fieldConfig: fc.record({
      defaults: fc.dictionary(fc.constantFrom('unit', 'min', 'decimals'), fc.oneof(word, fc.nat(3))),
    }),
    options: fc.dictionary(word, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
  },
  { requiredKeys: ['type', 'gridPos'] },
);
const dashboard = fc.record(
  {
    uid: fc.constantFrom('u', 'v'),
    title: word,
    panels: fc.array(panel, { maxLength: 6 }),
    templating: fc.record({
      list: fc.array(fc.record({ name: word, type: word, query: word }), { maxLength: 3 }),
    }),
    tags: fc.array(word, { maxLength: 2 }),
    time: fc.record({ from: word, to: word }),
  },
  { requiredKeys: ['title', 'panels'] },
);

describe('the diff of any two dashboards', () => {
  test('is empty when they are the same, whatever the order of their parts', () => {
    fc.assert(
      fc.property(dashboard, (a) => {
        expect(diffOf(a, a)).toEqual([]);
        expect(diffOf(a, JSON.parse(JSON.stringify(a)))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('is the mirror image of the diff the other way round', () => {
    fc.assert(
      fc.property(dashboard, dashboard, (a, b) => {
        expect(sorted(diffOf(b, a))).toEqual(sorted(diffOf(a, b).map(mirrored)));
      }),
      { numRuns: 500 },
    );
  });
});

/** An edit of a dashboard with panels 1 to 8, and what the diff has to say of it, and only that. */
interface RandomEdit {
  readonly slot: string;
  readonly apply: (dashboard: EditableDashboard) => void;
  readonly says: string;
}

const panelNumber = fc.integer({ min: 1, max: 8 });
const edit: fc.Arbitrary<RandomEdit> = fc.oneof(
  onPanel(
    'title',
    (p) => (p.title = `${p.title} new`),
    (n) => `panel P${n} new renamed`,
  ),
  onPanel(
    'x',
    (p) => (p.gridPos.x = 12),
    (n) => `panel P${n} moved`,
  ),
  onPanel(
    'w',
    (p) => (p.gridPos.w = 6),
    (n) => `panel P${n} resized`,
  ),
  onPanel(
    'unit',
    (p) => (p.fieldConfig.defaults.unit = 's'),
    (n) => `panel P${n} unit`,
  ),
  onPanel(
    'min',
    (p) => (p.fieldConfig.defaults.min = 0),
    (n) => `panel P${n} min`,
  ),
  onPanel(
    'legend',
    (p) => (p.options.legend = { placement: 'right' }),
    (n) => `panel P${n} legend placement`,
  ),
  onPanel(
    'expr',
    (p) => (query0(p).expr = 'changed'),
    (n) => `panel P${n} query A expression`,
  ),
  onPanel(
    'label',
    (p) => (query0(p).legendFormat = '{{x}}'),
    (n) => `panel P${n} query A legend`,
  ),
  onPanel(
    'B',
    (p) => p.targets.push({ refId: 'B', expr: 'b' }),
    (n) => `panel P${n} query B added`,
  ),
  fc.constant({
    slot: 'tags',
    apply: (d: EditableDashboard) => {
      d.tags = ['new'];
    },
    says: 'dashboard D tags',
  }),
  fc.constant({
    slot: 'variable',
    apply: (d: EditableDashboard) => {
      d.templating.list.push({ name: 'v', type: 'custom', query: 'a,b' });
    },
    says: 'variable v added',
  }),
  fc.constant({
    slot: 'panel 9',
    apply: (d: EditableDashboard) => {
      d.panels.push(panelNumbered(9));
    },
    says: 'panel P9 added',
  }),
);

test('random edits are told, each of them and nothing else', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(edit, { selector: ({ slot }) => slot, maxLength: 12 }),
      fc.nat(),
      (edits, seed) => {
        const before = eightPanels();
        const after = eightPanels();
        for (const { apply } of edits) apply(after);
        // The file's order must not matter.
        after.panels.sort((a, b) => ((a.id * 7 + seed) % 11) - ((b.id * 7 + seed) % 11));
        const said = diffOf(before as unknown as Json, after as unknown as Json).flatMap((diff) =>
          sayings(diff),
        );
        const renamed = new Set(
          edits.flatMap(({ slot }) => (slot.startsWith('title') ? [slot.slice(6)] : [])),
        );
        const expected = edits.map(({ says }) =>
          says.replace(/^panel P(\d)(?! new)/, (whole, n) => (renamed.has(n) ? `${whole} new` : whole)),
        );
        expect(said.sort()).toEqual(expected.sort());
      },
    ),
    { numRuns: 300 },
  );
});

interface EditablePanel {
  id: number;
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: Record<string, string>[];
  fieldConfig: { defaults: Record<string, unknown> };
  options: Record<string, unknown>;
}
interface EditableDashboard {
  uid: string;
  title: string;
  tags: string[];
  templating: { list: Record<string, string>[] };
  panels: EditablePanel[];
}

function onPanel(slot: string, change: (panel: EditablePanel) => unknown, says: (n: number) => string) {
  return panelNumber.map((n) => ({
    slot: `${slot} ${n}`,
    apply: (d: EditableDashboard) => {
      const found = d.panels.find(({ id }) => id === n);
      if (found) change(found);
    },
    says: says(n),
  }));
}

function query0(panel: EditablePanel): Record<string, string> {
  const [first] = panel.targets;
  if (!first) throw new Error('no query');
  return first;
}

function eightPanels(): EditableDashboard {
  const panels = [1, 2, 3, 4, 5, 6, 7, 8].map(panelNumbered);
  return { uid: 'd', title: 'D', tags: [], templating: { list: [] }, panels };
}

function panelNumbered(id: number): EditablePanel {
  return {
    id,
    title: `P${id}`,
    type: 'timeseries',
    gridPos: { x: 0, y: id * 8, w: 12, h: 8 },
    targets: [{ refId: 'A', expr: `metric_${id}` }],
    fieldConfig: { defaults: {} },
    options: {},
  };
}

function sayings(diff: ItemDiff, above = ''): string[] {
  const name = diff.kind === 'changed' ? diff.after.name : diff.item.name;
  const who = `${above}${diff.of} ${name}`;
  if (diff.kind !== 'changed') return [`${who} ${diff.kind}`];
  const own = diff.changes.map((change) =>
    'what' in change
      ? [who, change.what, 'path' in change ? change.path : ''].join(' ').trim()
      : `${who} ${change.kind}`,
  );
  return [...own, ...diff.items.flatMap((item) => sayings(item, diff.of === 'dashboard' ? '' : `${who} `))];
}

function diffOf(before: Json, after: Json): readonly ItemDiff[] {
  const side = (json: Json) => ({ dashboards: [{ file: 'd.json', json }], provisioning: [] });
  return compare(side(before), side(after)).dashboards;
}

function mirrored(diff: ItemDiff): ItemDiff {
  if (diff.kind !== 'changed') return { ...diff, kind: diff.kind === 'added' ? 'removed' : 'added' };
  return {
    ...diff,
    before: diff.after,
    after: diff.before,
    changes: diff.changes.map(
      (change) => ({ ...change, before: change.after, after: change.before }) as Change,
    ),
    items: diff.items.map(mirrored),
  };
}

/** In an order that does not depend on which side is which. */
function sorted(diffs: readonly ItemDiff[]): unknown {
  const one = (diff: ItemDiff): unknown =>
    diff.kind === 'changed'
      ? { ...diff, changes: byText(diff.changes), items: byText(diff.items.map(one)) }
      : diff;
  return byText(diffs.map(one));
}

function byText(values: readonly unknown[]): unknown[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
