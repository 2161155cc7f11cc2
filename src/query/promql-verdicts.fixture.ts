/**
 * What Prometheus' parser takes, beside what is common: `promql-verdicts.test.ts` compares ours with this table,
 * `promql-verdicts.live.test.ts` a real server's.
 */
export const TAKEN: readonly string[] = [
  'up offset 5m @ 10',
  'up @ end() offset -5m',
  'rate(up[5m] offset 1m)',
  'max_over_time(up[1h:1m] offset 1d)',
  'max_over_time(up[1h:] @ 10)',
  '-up offset 5m',
  'up + up offset 1d',
  'up @ 10 + up @ 20',
  'up offset 15m or up offset 45m',
  '(up - up offset 10m >= 1) and ignoring (reason) min_over_time(up[10m])',
  'max_over_time((up offset 5m)[1h:])',
  'up > 5.',
  'histogram_quantile(5./6., sum by (le) (rate(x_bucket[5m])))',
  'x * 1.e1 + .5',
  'offset{step="1s"}',
  'sum(offset) by (offset)',
  'up{offset="1", bool="2"} != offset',
  'sum by (le:) (x)',
  '{"x", __name__="y"}',
  '{__name__="x", __name__=~"y|x"}',
  'a and on (b) c',
  'a * on (b) group_left (c) d',
  'a * ignoring (b) group_left (b) d',
  'rate(x[5m:1m])',
  'rate(x[300])',
  '`a\\`',
  '"a\\"b"',
  "label_replace(up, 'a', '\\'', 'b', '.*')",
];

/** What only later versions take, or only when asked to. */
export const TAKEN_BY_SOME: readonly string[] = [
  'integral(x[5m], 0)',
  'min_of(5, 3) + max_of(1, 2)',
  'x offset STEP()',
  'x[min_of(step(), 5s)]',
  'x[max_of(range(), 5s)]',
  'info(x, {data=~".*"})',
  'limitk(2, x)',
  'mad_over_time(x[5m])',
];

/** What it refuses, with what ours says and at which character. */
export const REFUSED: readonly (readonly [expr: string, at: number, reason: string])[] = [
  ['sum(rate(x[5m])) offset 1d', 17, 'offset stands directly behind a selector or a subquery only'],
  ['(x) offset 1d', 4, 'offset stands directly behind a selector or a subquery only'],
  ['rate(x[5m]) @ 10', 12, '@ stands directly behind a selector or a subquery only'],
  ['-sum(x) offset 1d', 8, 'offset stands directly behind a selector or a subquery only'],
  ['x offset 1m offset 2m', 12, 'offset is there twice'],
  ['x @ 10 offset 1m @ 10', 17, '@ is there twice'],
  ['rate(x offset 1m[5m])', 16, 'the window stands before offset and @, not behind them'],
  ['rate(x @ 10 [5m])', 11, 'the window stands before offset and @, not behind them'],
  ['irat(x[5m])', 0, 'unknown function "irat", nearest is "irate"'],
  ['sum(Rate(x[5m]))', 4, 'unknown function "Rate", nearest is "rate"'],
  ["'sum(x)", 0, 'a quote that is not closed'],
  ['rate(x[0m])', 7, 'a window is longer than nothing'],
  ['x and on (a) group_left () y', 0, 'group_left does not stand behind and: series are kept as they are'],
  ['x * on (a, b) group_left (c, b) y', 29, '"b" stands in on() and in group_left()'],
  ['x{__name__="y"}', 0, 'the metric has a name and a matcher of __name__'],
  ['{a=~".*"}', 0, 'a selector needs a name or a matcher that refuses the empty value'],
];
