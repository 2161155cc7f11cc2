import { describe, expect, it } from 'vitest';
import { promqlTypeErrorIn } from './promql-type-error.ts';
import { REFUSED, TAKEN, TAKEN_BY_SOME } from './promql-verdicts.fixture.ts';
import { promqlSyntaxFault, readPromql } from './read-promql.ts';

/** Where and why an expression is refused. */
function verdict(expr: string) {
  const node = readPromql(expr);
  const typeError = node && promqlTypeErrorIn(node);
  if (typeError) return [typeError.span.start, typeError.message];
  const fault = promqlSyntaxFault(expr);
  return fault && [fault.start, fault.reason];
}

describe('PromQL', () => {
  it.each([...TAKEN, ...TAKEN_BY_SOME])('is taken as Prometheus takes it: %s', (expr) => {
    expect(verdict(expr)).toBeUndefined();
  });

  it.each(REFUSED)('is refused as Prometheus refuses it: %s', (expr, at, reason) => {
    expect(verdict(expr)).toEqual([at, reason]);
  });

  it('keeps the names that an older grammar does not know', () => {
    expect(readPromql('sum by (a:b) (offset)')).toMatchObject({
      grouping: { labels: [{ name: 'a:b' }] },
      args: [{ name: 'offset' }],
    });
  });

  it('says nothing of what a variable can be', () => {
    expect(verdict('$function(x) offset 1d')).toBeUndefined();
  });
});
