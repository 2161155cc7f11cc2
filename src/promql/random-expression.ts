import fc from '../../test/fast-check.ts';
import type { InstantVector } from './expression.ts';
import { fixtureCatalogue } from './fixture-catalogue.ts';
import * as q from './index.ts';

const m = q.metrics(fixtureCatalogue);

const anyText = fc.string({ unit: 'binary', maxLength: 8 });
const numbers = fc.oneof(fc.double(), fc.integer({ min: -10, max: 10 }));
const quantiles = fc.double({ min: 0, max: 1, noNaN: true });
const windows = fc.constantFrom('15s', '5m', '1h', '2w');
const offsets = fc.constantFrom('1h', '-1d', '7d');
const labels = fc.uniqueArray(fc.constantFrom('job', 'instance', 'die_type'), { minLength: 1, maxLength: 3 });

const matchers: fc.Arbitrary<q.LabelMatcher<string>> = fc.oneof(
  anyText,
  anyText.map((value) => q.not(value)),
  fc
    .array(anyText, { minLength: 1, maxLength: 3 })
    .map(([first = '', ...others]) => q.oneOf(first, ...others)),
  fc
    .array(anyText, { minLength: 1, maxLength: 3 })
    .map(([first = '', ...others]) => q.noneOf(first, ...others)),
  fc.constantFrom(q.matches(/5../), q.matchesNot(/\/roll\/\d+/i), q.matches('a\\.b')),
);

const counters = fc
  .record({
    metric: fc.constantFrom(m.async_rolls_total, m.dice_rolls_total),
    where: fc.option(fc.record({ die_type: matchers, instance: matchers }, { requiredKeys: [] })),
    offset: fc.option(offsets),
  })
  .map(({ metric, where, offset }) => {
    const selected = where === null ? metric : metric.where(where);
    return offset === null ? selected : selected.offset(offset);
  });
const gauges = fc.constantFrom(m.async_rolls_in_progress, m['die.faces']);

type Vectors = fc.Arbitrary<InstantVector<'job' | 'instance' | 'die_type'>>;

/**
 * Random expressions, made with the functions of this folder from the fixture's metrics. Their labels are claimed, not
 * tracked: the grammar and Prometheus' parser do not look at them.
 */
export const randomExpression: fc.Arbitrary<InstantVector> = fc.letrec<{
  vector: InstantVector<'job' | 'instance' | 'die_type'>;
}>((tie) => {
  const vector = tie('vector');
  return {
    vector: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      counters as Vectors,
      fc
        .tuple(fc.constantFrom(q.rate, q.irate, q.increase, q.lastOverTime), counters, windows)
        .map(([over, counter, window]) => over(counter.over(window)) as InstantVector<never>),
      fc
        .tuple(fc.constantFrom(q.delta, q.deriv, q.avgOverTime, q.maxOverTime), gauges, windows)
        .map(
          ([over, gauge, window]) => over((gauge as typeof m.async_rolls_in_progress).over(window)) as never,
        ),
      fc
        .tuple(quantiles, windows)
        .map(
          ([at, window]) =>
            q.histogramQuantile(at, q.rate(m.async_roll_batch_size.bucket.over(window))) as never,
        ),
      fc
        .tuple(fc.constantFrom(q.sum, q.avg, q.min, q.max, q.count), vector, fc.option(labels))
        .map(([aggregate, of, by]) => grouped(aggregate(of), by)),
      fc
        .tuple(fc.constantFrom(q.topk, q.bottomk), fc.integer({ min: 1, max: 9 }), vector, fc.option(labels))
        .map(([choose, limit, of, by]) => grouped(choose(limit, of), by)),
      fc.tuple(fc.constantFrom(q.abs, q.ceil, q.sort, q.timestamp), vector).map(([apply, to]) => apply(to)),
      fc
        .tuple(fc.constantFrom(q.round, q.clampMin, q.clampMax), vector, numbers)
        .map(([f, to, n]) => f(to, n)),
      fc
        .tuple(fc.constantFrom(q.add, q.sub, q.mul, q.div, q.mod, q.pow), vector, numbers)
        .map(([operate, left, right]) => operate(left, right)),
      fc
        .tuple(fc.constantFrom(q.add, q.sub, q.mul, q.div, q.mod, q.pow), numbers, vector)
        .map(([operate, left, right]) => operate(left, right)),
      fc
        .tuple(fc.constantFrom(q.gt, q.lte, q.eq, q.ne), vector, numbers, fc.constantFrom('bool', undefined))
        .map(([compare, left, right, bool]) => compare(left, right, bool as 'bool')),
      fc
        .tuple(fc.constantFrom(q.div, q.gt, q.pow), vector, vector, fc.option(labels))
        .map(([operate, left, right, on]) => matched(operate(left, right), on)),
      fc
        .tuple(fc.constantFrom(q.or, q.unless), vector, vector)
        .map(([operate, left, right]) => operate(left, right)),
    ) as Vectors,
  };
}).vector;

type Labels = 'job' | 'instance' | 'die_type';

function grouped(vector: q.Aggregation<Labels> | q.Choice<Labels>, by: readonly Labels[] | null) {
  const [first, ...others] = by ?? [];
  if (first === undefined) return vector;
  return first === 'job' ? vector.by(first, ...others) : vector.without(first, ...others);
}

function matched(operation: q.Joined<Labels, Labels>, on: readonly Labels[] | null) {
  return on === null ? operation.ignoring('die_type').groupLeft('instance') : operation.on(...on);
}
