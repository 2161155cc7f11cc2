import { describe, expect, test } from 'vitest';
import type { PanelQuery } from '../../model/dashboard.ts';
import type { MetricCatalogue } from '../../model/metric-catalogue.ts';
import { askSample } from './ask-sample.ts';
import type { RawSeries } from './question.ts';

const catalogue: MetricCatalogue = {
  catalogueVersion: 1,
  jobs: { api: { complete: true } },
  metrics: {
    requests_total: { type: 'counter', help: '', jobs: ['api'], labels: { status: ['2xx', '5xx'] } },
    seconds: { type: 'histogram', help: '', jobs: ['api'], labels: {}, buckets: [0.1, 0.5, 1, 5] },
  },
};
const to = Date.UTC(2026, 0, 1, 12);
const range = { from: to - 900_000, to, timeZone: 'UTC' };

function ask(expr: string) {
  const query = { language: 'promql', instant: false } as PanelQuery;
  return askSample([{ file: 'metrics.ts', catalogue }])({ query, expr, range, step: 60_000 });
}

async function series(expr: string): Promise<readonly RawSeries[]> {
  const answer = await ask(expr);
  if (answer.kind !== 'series') throw new Error(JSON.stringify(answer));
  return answer.series;
}

const numbers = (all: readonly RawSeries[]) =>
  all.map(({ values }) => values.map((value) => value ?? Number.NaN));

test('a selector gives the series that the catalogue lists, in the order of Prometheus', async () => {
  expect((await series('requests_total')).map(({ labels }) => labels.status)).toEqual(['2xx', '5xx']);
  expect((await series('requests_total{status=~"5.."}')).map(({ labels }) => labels.status)).toEqual(['5xx']);
  expect(await series('requests_total{status="418"}')).toEqual([]);
});

test('a counter rises, and a sum is the sum of its parts', async () => {
  const [first = []] = numbers(await series('requests_total{status="2xx"}'));
  expect(first.every((value, index) => index === 0 || value >= (first[index - 1] ?? 0))).toBe(true);
  const [a = [], b = []] = numbers(await series('rate(requests_total[5m])'));
  const [whole = []] = numbers(await series('sum(rate(requests_total[5m]))'));
  whole.forEach((value, index) => {
    expect(value).toBeCloseTo((a[index] ?? 0) + (b[index] ?? 0), 10);
  });
});

test('a share lies between 0 and 1, and failures are few', async () => {
  const expr = 'sum(rate(requests_total{status="5xx"}[5m])) / sum(rate(requests_total[5m]))';
  const [share = []] = numbers(await series(expr));
  expect(share.every((value) => value > 0 && value < 0.5)).toBe(true);
});

test('buckets grow with their bound, and a quantile lies within them', async () => {
  const [low = [], high = []] = [
    ...numbers(await series('rate(seconds_bucket{le="0.5"}[5m])')),
    ...numbers(await series('rate(seconds_bucket{le="5"}[5m])')),
  ];
  low.forEach((value, index) => {
    expect(value).toBeLessThanOrEqual(high[index] ?? 0);
  });
  const [quantile = []] = numbers(
    await series('histogram_quantile(0.95, sum by (le) (rate(seconds_bucket[5m])))'),
  );
  expect(quantile.every((value) => value > 0 && value <= 5)).toBe(true);
});

test('a comparison that nothing fulfils gives no series', async () => {
  expect(await series('requests_total < 0')).toEqual([]);
});

test.each([
  ['nobody_total', /no metric catalogue lists nobody_total/],
  ['predict_linear(seconds_sum[5m], 60)', /No sample for the function predict_linear/],
  ['constructor(requests_total)', /no PromQL|No sample/],
])('%s has no sample, and it says why', async (expr, why) => {
  const answer = await ask(expr);
  expect(answer.kind === 'unknown' ? answer.note : answer.kind === 'error' ? answer.message : '').toMatch(
    why,
  );
});

describe('in a tree without a catalogue', () => {
  async function guessed(expr: string, legend = ''): Promise<readonly RawSeries[]> {
    const query = { language: 'promql', instant: false, legend } as PanelQuery;
    const answer = await askSample([])({ query, expr, range, step: 60_000 });
    if (answer.kind !== 'series') throw new Error(JSON.stringify(answer));
    return answer.series;
  }

  test.each([
    ['rate(a_total{mode="idle"}[5m])', '', [{ job: 'sample', instance: 'sample:8080', mode: 'idle' }]],
    ['sum by (device) (rate(a_total[5m]))', '', [{ device: 'sample-1' }, { device: 'sample-2' }]],
    ['sum(a) by (pod) / on (pod) sum(b) by (pod)', '', [{ pod: 'sample-1' }, { pod: 'sample-2' }]],
    ['max by (code) (a{code=~"5.."})', '', [{ code: '500' }]],
    ['max by (code) (a{code=~"x|y"})', '', [{ code: 'x' }, { code: 'y' }]],
    ['max by (disk) (a)', '{{ disk }}', [{ disk: 'sample-1' }, { disk: 'sample-2' }]],
    ['max(a{instance="",job="",cluster=""})', '', [{}]],
  ])('%s is answered with the labels that it names', async (expr, legend, labels) => {
    expect((await guessed(expr, legend)).map((one) => one.labels)).toEqual(labels);
  });

  test('a label of the legend is one of the series', async () => {
    const labels = (await guessed('a', '{{disk}}')).map((one) => one.labels.disk);
    expect(labels).toEqual(['sample-1', 'sample-2']);
  });

  test('names tell counters, buckets and wholes', async () => {
    const [counter = []] = numbers(await guessed('a_total'));
    expect(counter.every((value, index) => index === 0 || value >= (counter[index - 1] ?? 0))).toBe(true);
    const [quantile = []] = numbers(
      await guessed('histogram_quantile(0.95, sum by (le) (rate(a_seconds_bucket[5m])))'),
    );
    expect(quantile.every((value) => value > 0 && value <= 10)).toBe(true);
    const [used = []] = numbers(await guessed('1 - mem_free_bytes / mem_total_bytes'));
    expect(used.every((value) => value > 0 && value < 1)).toBe(true);
  });
});
