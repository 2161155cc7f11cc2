import { describe, expect, test } from 'vitest';
import { interpolate } from './interpolate.ts';

const variables = new Map<string, string | undefined>([
  ['SET', 'value'],
  ['EMPTY', ''],
  ['OUTSIDE', undefined],
]);

describe('what stands in a text', () => {
  test.each([
    ['$SET', 'value'],
    ['a-${SET}-b', 'a-value-b'],
    ['${SET:-other}', 'value'],
    ['${EMPTY:-other}', 'other'],
    ['${EMPTY-other}', ''],
    ['${NONE-other}', 'other'],
    ['${NONE:-${EMPTY:-${SET}}}', 'value'],
    ['${NONE:-}', ''],
    ['${SET:+there}', 'there'],
    ['${EMPTY:+there}${EMPTY+set}', 'set'],
    ['${NONE:+there}', ''],
    ['${SET:?must be set}', 'value'],
    ['$$SET $${SET} $$', '$SET ${SET} $'],
    ['$1 $ ${ ${not a name} 5$', '$1 $ ${ ${not a name} 5$'],
    ['${NONE:-http://host:9090}', 'http://host:9090'],
  ])('%s is %s', (source, text) => {
    expect(interpolate(source, variables)).toEqual({ text, missing: [] });
  });
});

describe('what the tree does not say', () => {
  test.each([
    ['$NONE', ['NONE']],
    ['${NONE}/x/${OUTSIDE}', ['NONE', 'OUTSIDE']],
    ['${NONE:?needed}', ['NONE']],
    ['${EMPTY:?needed}', ['EMPTY']],
    ['${NONE:-${OUTSIDE}}', ['OUTSIDE']],
  ])('%s lacks %j', (source, missing) => {
    expect(interpolate(source, variables).missing).toEqual(missing);
  });
});

test('a deep nest of defaults ends as unknown, not in an overflow', () => {
  const nest = (depth: number) => `${'${A:-'.repeat(depth)}x${'}'.repeat(depth)}`;
  expect(interpolate(nest(40), variables)).toEqual({ text: 'x', missing: [] });
  expect(interpolate(nest(300), variables)).toEqual({ text: '', missing: ['nested too deep'] });
  expect(interpolate(nest(20_000), variables).missing).toContain('nested too deep');
});
