import { describe, expect, it } from 'vitest';
import { promql } from './index.ts';

describe('promql.raw', () => {
  it.each([
    'absent(up{job="dice-roller-stage4"})',
    'label_replace(up, "a", "$1", "b", "(.*)")',
    'max_over_time(rate(x[5m])[1h:1m])',
    'x @ end() offset 5m # why',
  ])('takes what has no function here, as it is: %s', (text) => {
    expect(promql.raw(text).text).toBe(text);
  });

  it.each([
    'rate(x[$__rate_interval])',
    'rate(x[${__range_s}s])',
    'rate(x[$window:$step] offset $ago)',
    'topk($limit, x) > $threshold',
    'sum by ($label) (${metric}{host=~"${host:regex}", job="[[job]]"})',
    '[[metric]]{a="b"}',
    'x{a=~"[$a"} + on (b) y',
  ])('takes the variables of Grafana: %s', (text) => {
    expect(promql.raw(text).text).toBe(text);
  });

  it('says where the text is no PromQL', () => {
    expect(() => promql.raw('rate(x[1m)')).toThrow(
      new SyntaxError('promql.raw: not PromQL at line 1, column 10 of `rate(x[1m)`: did not expect ")"'),
    );
  });

  it('counts lines', () => {
    expect(() => promql.raw('sum(\n  x y\n)')).toThrow(
      'promql.raw: not PromQL at line 2, column 5 of `x y`: did not expect "y"',
    );
  });

  it.each(['', '  ', 'sum(x'])('says that %j ends too early', (text) => {
    expect(() => promql.raw(text)).toThrow('did not expect its end');
  });

  it('refuses two expressions', () => {
    expect(() => promql.raw('x y')).toThrow('line 1, column 3 of `x y`: did not expect "y"');
  });
});
