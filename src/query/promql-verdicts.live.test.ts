import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../test/live/lab.ts';
import { type PromqlParser, startPromqlParser } from '../../test/live/promql-parser.ts';
import { REFUSED, TAKEN } from './promql-verdicts.fixture.ts';

describe.skipIf(findProgram('prometheus') === undefined)('the table of verdicts', () => {
  let parser: PromqlParser;

  beforeAll(async () => {
    parser = await startPromqlParser();
  });
  afterAll(() => parser.stop());

  it.each(TAKEN)('has what a real Prometheus takes: %s', async (expr) => {
    expect(await parser.parse(expr)).toMatchObject({ status: 'success' });
  });

  it.each(REFUSED)('has what a real Prometheus refuses: %s', async (expr) => {
    await expect(parser.parse(expr)).rejects.toThrow('parse error');
  });
});
