import { expect, test } from 'vitest';
import fc from '../../test/fast-check.ts';
import { markParts, shortParts } from './mark-parts.ts';

test.each([
  ['rate(a[1m])', 'rate(a[5m])', 'rate(a[[-1m-]{+5m+}])'],
  ['sum(a)', 'sum by (job) (a)', 'sum{+ by +}({+job) (+}a)'],
  ['a{x="1"}', 'a{x="1",y="2"}', 'a{x="1"{+,y="2"+}}'],
  ['', 'up', '{+up+}'],
  ['größe_total', 'größe_count', '[-größe_total-]{+größe_count+}'],
])('of %j and %j, words and signs are marked', (before, after, marked) => {
  expect(show(markParts(before, after))).toBe(marked);
});

test('the parts are both texts, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
      const parts = markParts(before, after);
      const without = (kind: string) =>
        parts.flatMap((part) => (part.kind === kind ? [] : [part.text])).join('');
      expect([without('added'), without('removed')]).toEqual([before, after]);
    }),
  );
});

test('texts too long to take apart are marked as wholes', () => {
  const parts = markParts('a '.repeat(8000), 'b '.repeat(8000));
  expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added']);
});

test('what is long and unchanged is shortened to its ends on a line', () => {
  const long = `${'a '.repeat(500)}\n`;
  expect(show(shortParts(markParts(`${long}x${long}`, `${long}y${long}`)))).toMatch(
    /^ … [a ]{80}\[-xa-\]\{\+ya\+\}[a ]{80} … $/,
  );
});

function show(parts: ReturnType<typeof markParts>): string {
  const sign = { same: ['', ''], removed: ['[-', '-]'], added: ['{+', '+}'] } as const;
  return parts.map(({ kind, text }) => sign[kind].join(text)).join('');
}
