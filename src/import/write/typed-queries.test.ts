import { expect, test } from 'vitest';
import { catalogue } from '../../../dice-roller/metrics.ts';
import { newNames } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import { typedQueries } from './typed-queries.ts';

const written = (expr: string): string | undefined => {
  const { write } = typedQueries({ names: newNames() }, [{ file: 'dice-roller/metrics.ts', catalogue }]);
  const code = write(expr);
  return code && flat(code);
};

test.each([
  ['dice_rolls_total', 'm.dice_rolls_total'],
  [
    'sum by (le) (rate(dice_roll_value_bucket{job="x",die_type!="fair"}[$window]))',
    "sum(rate(m.dice_roll_value.bucket.where({ job: 'x', die_type: not('fair') }).over(variable('window')))).by('le')",
  ],
  [
    'histogram_quantile(0.95, rate(async_roll_batch_size_bucket[$__rate_interval]))',
    "histogramQuantile(0.95, rate(m.async_roll_batch_size.bucket.over('$__rate_interval')))",
  ],
  [
    'topk(3, dice_rolls_total{die_type=~"$die"}) > bool 5',
    "gt(topk(3, m.dice_rolls_total.where({ die_type: matches(variable('die')) })), 5, 'bool')",
  ],
  [
    'dice_rolls_total{result=~"success|error"}',
    "m.dice_rolls_total.where({ result: oneOf('success', 'error') })",
  ],
])('%s is written with functions', (expr, code) => {
  expect(written(expr)).toBe(code);
});

test.each([
  ['up', 'is not in the catalogue'],
  ['dice_rolls_total + up', 'is not in the catalogue as a whole'],
  ['sum(dice_rolls_total) by (result)', 'would be printed in another order'],
  ['rate(dice_rolls_total[5m:1m])', 'has a subquery'],
  ['dice_rolls_total{result="$a$b"}', 'compares with two variables'],
  ['dice_rolls_total{', 'is no PromQL'],
  ['constructor', 'is no metric'],
])('%s stays text: it %s', (expr) => {
  expect(written(expr)).toBeUndefined();
});
