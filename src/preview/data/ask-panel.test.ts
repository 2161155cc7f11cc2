import { expect, test } from 'vitest';
import { readDashboard } from '../../load/dashboard.ts';
import { sourceFile } from '../../load/source-file.ts';
import { askPanel } from './ask-panel.ts';

const RANGE = { from: 0, to: 3_600_000, timeZone: 'UTC' };

/** Seconds between the values that a panel of 700 pixels is asked for. */
async function stepOf(panel: object, target: object = {}): Promise<number | undefined> {
  const json = {
    title: 't',
    panels: [{ type: 'timeseries', targets: [{ expr: 'up', ...target }], ...panel }],
  };
  const dashboard = readDashboard(sourceFile('a.json', JSON.stringify(json)), {
    datasources: [],
    originOf: () => ({ kind: 'file' }),
    readsResources: false,
  });
  const asked: number[] = [];
  const [first] = dashboard?.panels ?? [];
  if (!first) throw new Error('no panel');
  const ask = async ({ step }: { readonly step: number }) => {
    asked.push(step / 1000);
    return { kind: 'series', series: [] } as const;
  };
  await askPanel(first, { ask, range: RANGE, variables: new Map() }, 700);
  return asked[0];
}

test('a panel is asked for about a value a pixel, but not more often than a target is scraped', async () => {
  expect(await stepOf({})).toBe(15);
});

test('a panel that says how many values it shows is asked for so many', async () => {
  expect(await stepOf({ maxDataPoints: 30 })).toBe(120);
  expect(await stepOf({ maxDataPoints: '12' })).toBe(300);
  expect(await stepOf({ maxDataPoints: -5 })).toBe(3600);
});

test('the minimum interval of the query counts before that of the panel', async () => {
  expect(await stepOf({ interval: '1m' })).toBe(60);
  expect(await stepOf({ interval: '>2m' }, { interval: '5m' })).toBe(300);
  expect(await stepOf({ interval: '10s' })).toBe(10);
  expect(await stepOf({ interval: 'often' }, { interval: '$__interval' })).toBe(15);
});
