import { describe, expect, it } from 'vitest';
import { fixtureCatalogue } from './fixture-catalogue.ts';
import * as q from './index.ts';

const m = q.metrics(fixtureCatalogue);
const window = m.async_rolls_total.over('5m');
const rolls = q.rate(window);
const running = m.async_rolls_in_progress;
const text = 'rate(async_rolls_total[5m])';

describe('a function over time', () => {
  it.each([
    [q.rate(window), 'rate(async_rolls_total[5m])'],
    [q.irate(window), 'irate(async_rolls_total[5m])'],
    [q.increase(window), 'increase(async_rolls_total[5m])'],
    [q.resets(window), 'resets(async_rolls_total[5m])'],
    [q.delta(running.over('1h')), 'delta(async_rolls_in_progress[1h])'],
    [q.deriv(running.over('1h')), 'deriv(async_rolls_in_progress[1h])'],
    [q.predictLinear(running.over('1h'), 3600), 'predict_linear(async_rolls_in_progress[1h], 3600)'],
    [q.changes(running.over('1h')), 'changes(async_rolls_in_progress[1h])'],
    [q.avgOverTime(running.over('1h')), 'avg_over_time(async_rolls_in_progress[1h])'],
    [q.minOverTime(running.over('1h')), 'min_over_time(async_rolls_in_progress[1h])'],
    [q.maxOverTime(running.over('1h')), 'max_over_time(async_rolls_in_progress[1h])'],
    [q.sumOverTime(running.over('1h')), 'sum_over_time(async_rolls_in_progress[1h])'],
    [q.countOverTime(running.over('1h')), 'count_over_time(async_rolls_in_progress[1h])'],
    [q.lastOverTime(running.over('1h')), 'last_over_time(async_rolls_in_progress[1h])'],
    [q.presentOverTime(running.over('1h')), 'present_over_time(async_rolls_in_progress[1h])'],
    [q.stddevOverTime(running.over('1h')), 'stddev_over_time(async_rolls_in_progress[1h])'],
    [q.quantileOverTime(0.9, running.over('1h')), 'quantile_over_time(0.9, async_rolls_in_progress[1h])'],
  ])('prints %s', (expression, expected) => {
    expect(expression.text).toBe(expected);
  });
});

describe('an aggregation', () => {
  it.each([
    [q.sum(rolls), `sum(${text})`],
    [q.sum(rolls).by('die_type', 'result'), `sum by (die_type, result) (${text})`],
    [q.sum(rolls).without('instance'), `sum without (instance) (${text})`],
    [q.avg(running), 'avg(async_rolls_in_progress)'],
    [q.min(running), 'min(async_rolls_in_progress)'],
    [q.max(running), 'max(async_rolls_in_progress)'],
    [q.count(running), 'count(async_rolls_in_progress)'],
    [q.group(running), 'group(async_rolls_in_progress)'],
    [q.stddev(running), 'stddev(async_rolls_in_progress)'],
    [q.quantile(0.5, rolls).by('job'), `quantile by (job) (0.5, ${text})`],
    [q.topk(5, rolls), `topk(5, ${text})`],
    [q.topk(q.variable('limit'), rolls).by('job'), `topk by (job) ($limit, ${text})`],
    [q.bottomk(1, rolls).without('instance'), `bottomk without (instance) (1, ${text})`],
  ])('prints %s', (expression, expected) => {
    expect(expression.text).toBe(expected);
  });
});

describe('another function', () => {
  it.each([
    [q.abs(running), 'abs(async_rolls_in_progress)'],
    [q.ceil(running), 'ceil(async_rolls_in_progress)'],
    [q.floor(running), 'floor(async_rolls_in_progress)'],
    [q.round(running), 'round(async_rolls_in_progress)'],
    [q.round(running, 0.5), 'round(async_rolls_in_progress, 0.5)'],
    [q.clampMin(running, -Infinity), 'clamp_min(async_rolls_in_progress, -Inf)'],
    [q.clampMax(running, 10), 'clamp_max(async_rolls_in_progress, 10)'],
    [q.sort(running), 'sort(async_rolls_in_progress)'],
    [q.sortDesc(running), 'sort_desc(async_rolls_in_progress)'],
    [q.timestamp(running), 'timestamp(async_rolls_in_progress)'],
    [q.scalar(running), 'scalar(async_rolls_in_progress)'],
    [q.vector(0), 'vector(0)'],
    [q.time(), 'time()'],
  ])('prints %s', (expression, expected) => {
    expect(expression.text).toBe(expected);
  });

  it.each([1.5, -0.1, Number.NaN])('refuses the quantile %s', (quantile) => {
    expect(() => q.histogramQuantile(quantile, m.async_roll_batch_size.bucket)).toThrow(
      `histogramQuantile(${quantile}, …): expected a quantile between 0 and 1, such as 0.95`,
    );
  });
});

describe('an operator', () => {
  const a = m.dice_rolls_total;
  const b = m.async_rolls_total;
  it.each([
    [q.add(a, b), 'dice_rolls_total + async_rolls_total'],
    [q.mod(a, 2), 'dice_rolls_total % 2'],
    [q.mul(100, a), '100 * dice_rolls_total'],
    [q.sub(a, -1), 'dice_rolls_total - -1'],
    [q.div(a, Infinity), 'dice_rolls_total / Inf'],
    [q.sub(q.time(), q.timestamp(a)), 'time() - timestamp(dice_rolls_total)'],
    [q.gt(a, q.variable('threshold')), 'dice_rolls_total > $threshold'],
    [q.gte(a, 5, 'bool'), 'dice_rolls_total >= bool 5'],
    [q.lt(a, 5), 'dice_rolls_total < 5'],
    [q.lte(a, 5), 'dice_rolls_total <= 5'],
    [q.eq(a, 5), 'dice_rolls_total == 5'],
    [q.ne(a, 5), 'dice_rolls_total != 5'],
    [q.or(q.sum(a), q.vector(0)), 'sum(dice_rolls_total) or vector(0)'],
    [q.and(a, b).on('die_type'), 'dice_rolls_total and on (die_type) async_rolls_total'],
    [q.unless(a, b).ignoring('result'), 'dice_rolls_total unless ignoring (result) async_rolls_total'],
    [q.div(a, b).on('job', 'die_type'), 'dice_rolls_total / on (job, die_type) async_rolls_total'],
    [
      q.div(a, q.sum(b).by('job')).on('job').groupLeft(),
      'dice_rolls_total / on (job) group_left () sum by (job) (async_rolls_total)',
    ],
    [
      q.mul(running, b).ignoring('die_type', 'result').groupRight('instance'),
      'async_rolls_in_progress * ignoring (die_type, result) group_right (instance) async_rolls_total',
    ],
    [q.gt(a, b, 'bool').on(), 'dice_rolls_total > bool on () async_rolls_total'],
  ])('prints %s', (expression, expected) => {
    expect(expression).toHaveProperty('text', expected);
  });

  it.each([
    [q.mul(q.add(a, 1), 2), '(dice_rolls_total + 1) * 2'],
    [q.add(q.mul(a, 2), 1), 'dice_rolls_total * 2 + 1'],
    [q.sub(q.sub(a, 1), 2), 'dice_rolls_total - 1 - 2'],
    [q.sub(a, q.sub(a, 1)), 'dice_rolls_total - (dice_rolls_total - 1)'],
    [q.pow(a, q.pow(a, 2)), 'dice_rolls_total ^ dice_rolls_total ^ 2'],
    [q.pow(q.pow(a, 2), 3), '(dice_rolls_total ^ 2) ^ 3'],
    [q.pow(-1, a), '(-1) ^ dice_rolls_total'],
    [q.gt(q.or(a, b), 1), '(dice_rolls_total or async_rolls_total) > 1'],
    [q.or(q.gt(a, 1), b), 'dice_rolls_total > 1 or async_rolls_total'],
    [q.sum(q.add(a, 1)), 'sum(dice_rolls_total + 1)'],
    [q.mul(q.promql.raw('x + 1'), 2), '(x + 1) * 2'],
    [q.mul(q.promql.raw('-x'), 2), '(-x) * 2'],
    [q.mul(q.promql.raw('f{a="+"}'), 2), 'f{a="+"} * 2'],
  ])('has parentheses only where they are needed: %s', (expression, expected) => {
    expect(expression.text).toBe(expected);
  });
});
