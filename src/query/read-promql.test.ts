import { describe, expect, it } from 'vitest';
import { promqlSyntaxFault, readPromql } from './read-promql.ts';

describe('an expression in parentheses', () => {
  const inside = (levels: number) => `${'('.repeat(levels)}up${')'.repeat(levels)}`;

  it('is read through all of them', () => {
    expect(readPromql(inside(100))).toMatchObject({ kind: 'selector', name: 'up' });
  });

  it('is not read where they are so many that reading takes no end, and no fault is found', () => {
    expect(readPromql(inside(5000))).toBeUndefined();
    expect(promqlSyntaxFault(inside(5000))).toBeUndefined();
  });
});
