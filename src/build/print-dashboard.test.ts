import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { describe, expect, it } from 'vitest';
import fc from '../../test/fast-check.ts';
import { compileDashboard } from '../definition/compile.ts';
import { dashboard } from '../definition/dashboard.ts';
import { datasource } from '../definition/datasource.ts';
import { printDashboard } from './print-dashboard.ts';

const prometheus = datasource('Prometheus', 'prometheus');

describe('the printed dashboard', () => {
  it('does not depend on the order in which the builders of the SDK are called', () => {
    const query = () => prometheus.query('up', { legend: '{{job}}' });
    const one = new TimeSeries().title('T').unit('short').fillOpacity(10).min(0).withTarget(query());
    const other = new TimeSeries().withTarget(query()).min(0).fillOpacity(10).unit('short').title('T');
    const print = (panel: TimeSeries) =>
      printDashboard(compileDashboard(dashboard({ uid: 'u', title: 'D', panels: { panel } })).json);
    expect(print(one)).toBe(print(other));
  });

  it('does not depend on the order of keys, and says all of the value', () => {
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(json, (value) => {
        const text = printDashboard(value);
        expect(printDashboard(reversed(value) as Record<string, unknown>)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 200 },
    );
  });

  it('has what people look for first, and a final newline', () => {
    const panel = {
      options: {},
      targets: [],
      gridPos: {},
      title: 'P',
      id: 1,
      description: 'D',
      transparent: true,
    };
    const text = printDashboard({ panels: [panel], refresh: '', title: 'T', uid: 'u', editable: true });
    expect(text).toBe(
      `${JSON.stringify(
        {
          uid: 'u',
          title: 'T',
          editable: true,
          refresh: '',
          panels: [
            { id: 1, title: 'P', description: 'D', gridPos: {}, transparent: true, targets: [], options: {} },
          ],
        },
        undefined,
        2,
      )}\n`,
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}
