import { describe, expect, it } from 'vitest';
import { fixtureCatalogue } from './fixture-catalogue.ts';
import { metrics, variable } from './index.ts';

const m = metrics(fixtureCatalogue);
const rolls = m.async_rolls_total;

describe('a series', () => {
  it('is printed without braces when nothing is selected', () => {
    expect(rolls.text).toBe('async_rolls_total');
    expect(rolls.where({}).text).toBe('async_rolls_total');
  });

  it('is printed with its name in quotes when that is no plain name', () => {
    expect(m['die.faces'].text).toBe('{"die.faces"}');
    expect(m['die.faces'].where({ job: 'die-service-stage4' }).over('5m').text).toBe(
      '{"die.faces",job="die-service-stage4"}[5m]',
    );
  });

  it.each([
    '500ms',
    '15s',
    '5m',
    '1h',
    '7d',
    '2w',
    '1y',
    '$__rate_interval',
    '$__interval',
    '$__range',
  ] as const)('takes the window %s', (window) => {
    expect(rolls.over(window).text).toBe(`async_rolls_total[${window}]`);
  });

  it('takes a window from a dashboard variable', () => {
    expect(rolls.over(variable('window')).text).toBe('async_rolls_total[$window]');
  });

  it('prints the offset last, wherever it is written', () => {
    expect(rolls.offset('1d').text).toBe('async_rolls_total offset 1d');
    expect(rolls.offset('-1d').where({ result: 'error' }).over('5m').text).toBe(
      'async_rolls_total{result="error"}[5m] offset -1d',
    );
    expect(rolls.offset(variable('ago')).text).toBe('async_rolls_total offset $ago');
  });

  it.each(['0m', '-5m'] as const)('refuses the window %s', (window) => {
    expect(() => rolls.over(window)).toThrow(
      `async_rolls_total.over('${window}'): expected a window such as '5m', '1h' or '$__rate_interval', longer than zero`,
    );
  });

  it('refuses an offset without a unit, also from a program without types', () => {
    expect(() => rolls.offset('5' as '5m')).toThrow(
      "async_rolls_total.offset('5'): expected a duration such as '1h', '7d' or '-1d'",
    );
  });
});
