import { describe, expect, it } from 'vitest';
import { fixtureCatalogue } from './fixture-catalogue.ts';
import { div, histogramQuantile, metrics, rate, sum } from './index.ts';

const m = metrics(fixtureCatalogue);
const job = 'dice-roller-stage4';

describe('metrics(catalogue)', () => {
  it.each([
    [sum(m.async_rolls_total.where({ job })), 'sum(async_rolls_total{job="dice-roller-stage4"})'],
    [
      rate(m.async_rolls_total.where({ job }).over('1m')),
      'rate(async_rolls_total{job="dice-roller-stage4"}[1m])',
    ],
    [
      histogramQuantile(0.95, rate(m.async_roll_batch_size.bucket.where({ job }).over('5m'))),
      'histogram_quantile(0.95, rate(async_roll_batch_size_bucket{job="dice-roller-stage4"}[5m]))',
    ],
    [
      rate(m.dice_rolls_total.where({ job }).over('1m')),
      'rate(dice_rolls_total{job="dice-roller-stage4"}[1m])',
    ],
    [
      div(
        rate(m.async_roll_duration_seconds.sum.where({ job }).over('5m')),
        rate(m.async_roll_duration_seconds.count.where({ job }).over('5m')),
      ),
      'rate(async_roll_duration_seconds_sum{job="dice-roller-stage4"}[5m]) / rate(async_roll_duration_seconds_count{job="dice-roller-stage4"}[5m])',
    ],
  ])('prints the queries of the stage 4 dashboard as a person wrote them: %s', (expression, text) => {
    expect(expression.text).toBe(text);
    expect(`${expression}`).toBe(text);
  });

  it('gives a handle for every metric of the catalogue and no other', () => {
    expect(Object.keys(m)).toEqual(Object.keys(fixtureCatalogue.metrics));
  });

  it('gives a summary its quantiles, sum and count', () => {
    const size = m.http_request_size_bytes;
    expect([size.quantiles.text, size.sum.text, size.count.text]).toEqual([
      'http_request_size_bytes',
      'http_request_size_bytes_sum',
      'http_request_size_bytes_count',
    ]);
  });
});
