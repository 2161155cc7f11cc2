import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const REPOSITORY = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const text = read('provisioning/dashboards/general/stage4-async-rolling.json');

interface Query {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
  readonly datasource: unknown;
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly datasource: unknown;
  readonly targets: readonly Query[];
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: {
    readonly defaults: { readonly unit: string; readonly decimals?: number };
    readonly overrides: unknown;
  };
}
const dashboard = JSON.parse(text) as Record<string, unknown> & { readonly panels: readonly Panel[] };

/** Written by hand from what the dashboard is meant to show; nothing here is computed from a definition. */
const PANELS = [
  ['Total Async Rolls', 'stat', 'suffix:rolls', 0],
  ['Async Roll Rate', 'timeseries', 'suffix:rolls/s', undefined],
  ['Async Batch Size (P95)', 'stat', 'suffix:rolls', 1],
  ['Async vs Sync Roll Rate', 'timeseries', 'suffix:rolls/s', undefined],
  ['Avg Async Batch Duration', 'stat', 's', 3],
];
const QUERIES = [
  ['Total Async Rolls', 'A', 'sum(async_rolls_total{job="dice-roller-stage4"})', undefined],
  [
    'Async Roll Rate',
    'A',
    'rate(async_rolls_total{job="dice-roller-stage4"}[1m])',
    '{{die_type}} - {{result}}',
  ],
  [
    'Async Batch Size (P95)',
    'A',
    'histogram_quantile(0.95, rate(async_roll_batch_size_bucket{job="dice-roller-stage4"}[5m]))',
    undefined,
  ],
  [
    'Async vs Sync Roll Rate',
    'A',
    'rate(dice_rolls_total{job="dice-roller-stage4"}[1m])',
    'sync {{die_type}} - {{result}}',
  ],
  [
    'Async vs Sync Roll Rate',
    'B',
    'rate(async_rolls_total{job="dice-roller-stage4"}[1m])',
    'async {{die_type}} - {{result}}',
  ],
  [
    'Avg Async Batch Duration',
    'A',
    'rate(async_roll_duration_seconds_sum{job="dice-roller-stage4"}[5m]) / rate(async_roll_duration_seconds_count{job="dice-roller-stage4"}[5m])',
    undefined,
  ],
];

describe('the dashboard of the five async panels', () => {
  it('has the five panels in their order, with their visualization, unit and decimals', () => {
    expect(
      dashboard.panels.map(({ title, type, fieldConfig: { defaults } }) => [
        title,
        type,
        defaults.unit,
        defaults.decimals,
      ]),
    ).toEqual(PANELS);
  });

  it('asks exactly the six queries, with legends that tell them apart', () => {
    expect(
      dashboard.panels.flatMap(({ title, targets }) =>
        targets.map(({ refId, expr, legendFormat }) => [title, refId, expr, legendFormat]),
      ),
    ).toEqual(QUERIES);
  });

  it('names the provisioned datasource by type and uid on every panel and every query', () => {
    const { datasources } = parse(read('provisioning/datasources/datasources.yaml')) as {
      datasources: { name: string; type: string; uid: string }[];
    };
    const { type, uid } = datasources.find(({ name }) => name === 'Prometheus') ?? {};
    expect({ type, uid }).toEqual({ type: 'prometheus', uid: 'prometheus' });
    for (const panel of dashboard.panels)
      for (const { datasource } of [panel, ...panel.targets]) expect(datasource).toEqual({ type, uid });
  });

  it('says of each panel what it tells, gives it an id of its own, and overrides', () => {
    for (const { description, fieldConfig } of dashboard.panels) {
      expect(description).toMatch(/^[A-Z0-9].{20,}\.$/);
      expect(fieldConfig.overrides).toEqual([]);
    }
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(Number.isInteger(id) && id > 0 && id < 2 ** 31).toBe(true);
  });

  it('lies on the grid of 24 columns without overlap or hole', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const cell of cells) expect(Number(cell.split(',')[0])).toBeLessThan(24);
    const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
    expect(cells.length).toBe(24 * bottom);
  });

  it('is what file provisioning takes, from Grafana 10 to 13', () => {
    expect(dashboard).toMatchObject({ uid: 'stage4-async-rolling', title: 'Stage 4 - Async Rolling' });
    expect(Object.keys(dashboard)).not.toEqual(expect.arrayContaining(['id']));
    for (const key of ['id', 'version', '__inputs', '__requires', 'dashboard', 'spec'])
      expect(dashboard).not.toHaveProperty(key);
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(36);
    expect(dashboard.schemaVersion).toBeLessThanOrEqual(39);
    expect(dashboard.time).toEqual({ from: expect.stringMatching(/^now-/), to: 'now' });
    const [, seconds] = /^(\d+)s$/.exec(String(dashboard.refresh)) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(15);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('shows no total in the red of the threshold that Grafana has by default', () => {
    expect(text).not.toMatch(/"value": 80\b/);
  });
});
