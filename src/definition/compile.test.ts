import { RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder as PrometheusQuery } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { describe, expect, it } from 'vitest';
import { compileDashboard } from './compile.ts';
import { type DashboardOptions, dashboard } from './dashboard.ts';
import { datasource } from './datasource.ts';
import { row, section } from './layout.ts';

const prometheus = datasource('Prometheus', 'prometheus');
const loki = datasource('Loki', 'loki');
const stat = (title: string) => new Stat().title(title).withTarget(prometheus.query('up'));

interface CompiledPanel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { x: number; y: number; w: number; h: number };
  readonly datasource: unknown;
  readonly targets: readonly { refId: string; datasource: unknown }[];
  readonly panels: readonly CompiledPanel[];
  readonly fieldConfig: { defaults: Record<string, unknown>; overrides: unknown[] };
}

function panelsOf<const Key extends string>(
  panels: DashboardOptions<Key>['panels'],
  layout?: DashboardOptions<NoInfer<Key>>['layout'],
): readonly CompiledPanel[] {
  const options = { uid: 'u', title: 'T', panels, ...(layout ? { layout } : {}) } as DashboardOptions<string>;
  return compileDashboard(dashboard(options)).json.panels as readonly CompiledPanel[];
}

const places = (panels: readonly CompiledPanel[]) =>
  panels.map(({ title, gridPos: { x, y, w, h } }) => `${title} ${x},${y} ${w}x${h}`);

describe('the layout', () => {
  it('places rows below each other and keeps the order of the panels', () => {
    const panels = panelsOf({ a: stat('A'), b: stat('B'), c: stat('C') }, [row(4, 'c', 'a'), row(8, 'b')]);
    expect(places(panels)).toEqual(['A 12,0 12x4', 'B 0,4 24x8', 'C 0,0 12x4']);
  });

  it('puts a heading above an open section and its panels behind it', () => {
    const panels = panelsOf({ a: stat('A'), b: stat('B'), c: stat('C') }, [
      row(4, 'a'),
      section('Open', [row(5, 'b')]),
      section('Folded', [row(6, 'c')], { collapsed: true }),
      section('Empty', []),
    ]);
    expect(places(panels)).toEqual([
      'A 0,0 24x4',
      'Open 0,4 24x1',
      'B 0,5 24x5',
      'Folded 0,10 24x1',
      'Empty 0,11 24x1',
    ]);
    expect(panels.map(({ type }) => type)).toEqual(['stat', 'row', 'stat', 'row', 'row']);
    expect(places(panels[3]?.panels ?? [])).toEqual(['C 0,11 24x6']);
    expect(panels[1]?.panels).toEqual([]);
  });

  it('flows panels by their own span and height without one', () => {
    const panels = panelsOf({
      a: stat('A').span(16).height(4),
      b: stat('B').span(8).height(6),
      c: stat('C').span(12),
      d: stat('D').span(18),
    });
    expect(places(panels)).toEqual(['A 0,0 16x4', 'B 16,0 8x6', 'C 0,6 12x9', 'D 0,15 18x9']);
  });

  it.each([
    [[row(4, 'a')], 'Panel "b" has no place in the layout'],
    [[row(4, 'a', 'b'), row(4, 'a')], 'The layout places panel "a" twice'],
    [[row(4, 'a', 'b', 'x')], 'The layout names "x", which is no panel of the dashboard'],
  ])('is refused when a panel has no place or two: %#', (layout, message) => {
    const panels = { a: stat('A'), b: stat('B') } as Record<string, Stat>;
    expect(() => panelsOf(panels, layout)).toThrow(message);
  });

  it('keeps every other id when a panel is inserted, and moves only what comes after it', () => {
    const keys = ['a', 'b', 'c', 'd'];
    const make = (of: readonly string[]) =>
      panelsOf(
        Object.fromEntries(of.map((key) => [key, stat(key)])),
        of.map((key) => row(8, key)),
      );
    const before = make(keys);
    const after = make(['a', 'b', 'new', 'c', 'd']);
    for (const panel of before) {
      const same = after.find(({ title }) => title === panel.title);
      const isAfter = panel.title > 'b';
      expect(same).toEqual(
        isAfter ? { ...panel, gridPos: { ...panel.gridPos, y: panel.gridPos.y + 8 } } : panel,
      );
    }
    expect(new Set(after.map(({ id }) => id)).size).toBe(5);
  });
});

describe('a panel', () => {
  it('gets refIds, its datasource from its queries, and overrides', () => {
    const [panel] = panelsOf({
      a: new TimeSeries()
        .withTarget(prometheus.query('up'))
        .withTarget(prometheus.query('down').refId('A'))
        .withTarget(prometheus.query('sideways')),
    });
    const ref = { type: 'prometheus', uid: 'panelproof datasource: Prometheus' };
    expect(panel?.datasource).toEqual(ref);
    expect(panel?.targets.map((target) => [target.refId, target.datasource])).toEqual([
      ['B', ref],
      ['A', ref],
      ['C', ref],
    ]);
    expect(panel?.fieldConfig.overrides).toEqual([]);
  });

  it('has a version where Grafana would take one without for that of 6.1 and give percentages a range', () => {
    const [own, other] = panelsOf({ a: stat('A').unit('percent'), b: new TimeSeries().title('B') });
    expect(own).toMatchObject({ pluginVersion: '10.0.0', fieldConfig: { defaults: { unit: 'percent' } } });
    expect(own?.fieldConfig.defaults).not.toHaveProperty('max');
    expect(other).not.toHaveProperty('pluginVersion');
  });

  it('is that of its queries, also when one of them names it with the handle and another begins with it', () => {
    const other = new PrometheusQuery().datasource(prometheus).expr('up');
    const [panel] = panelsOf({ a: new Stat().withTarget(prometheus.query('up')).withTarget(other) });
    expect(panel?.datasource).toMatchObject({ type: 'prometheus' });
  });

  it('is Mixed when its queries go to several datasources', () => {
    const [panel] = panelsOf({
      a: new TimeSeries().withTarget(prometheus.query('up')).withTarget(loki.query('{job="x"}')),
    });
    expect(panel?.datasource).toEqual({ type: 'datasource', uid: '-- Mixed --' });
    expect(panel?.targets.map((target) => (target.datasource as { type: string }).type)).toEqual([
      'prometheus',
      'loki',
    ]);
  });

  it('gives its queries the datasource that it names itself', () => {
    const ref = { type: prometheus.type, uid: prometheus.uid };
    const [panel] = panelsOf({ a: stat('A').datasource(ref) });
    expect(panel?.targets[0]?.datasource).toEqual(ref);
  });

  it('can be one builder in two dashboards, neither of which changes the other', () => {
    const shared = stat('Shared');
    const first = dashboard({ uid: 'first', title: 'First', panels: { shared }, layout: [row(4, 'shared')] });
    const second = dashboard({
      uid: 'second',
      title: 'Second',
      panels: { before: stat('Before'), shared },
      layout: [row(4, 'before'), row(9, 'shared')],
    });
    const alone = JSON.stringify(compileDashboard(first));
    compileDashboard(second);
    shared.title('Changed later');
    shared.title('Shared');
    expect(JSON.stringify(compileDashboard(first))).toBe(alone);
  });

  it('is refused when its key looks like a number, which JavaScript would move to the front', () => {
    expect(() => panelsOf({ b: stat('B'), '1': stat('A') })).toThrow(
      'Expected the panel key "1" to be a name',
    );
  });

  it('is refused when it has the id of another', () => {
    expect(() => panelsOf({ a: stat('A').id(7), b: stat('B').id(7) })).toThrow(
      'Panels "A" and "B" have the same id 7: give one another key',
    );
  });

  it('cannot be a row of the SDK, whose place the layout gives', () => {
    expect(() => panelsOf({ r: new RowBuilder('R') as never })).toThrow(
      'headings are `section(…)` of the layout',
    );
  });
});

it.each(['General', 'general', ''])('the folder %j is the folder General', (folder) => {
  expect(compileDashboard(dashboard({ uid: 'u', title: 'T', folder, panels: {} })).folder).toBe('');
});
