import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from '../../test/fast-check.ts';
import { findProgram } from '../../test/live/lab.ts';
import { type PromqlParser, startPromqlParser } from '../../test/live/promql-parser.ts';
import { fixtureCatalogue } from './fixture-catalogue.ts';
import { metrics } from './index.ts';
import { randomExpression } from './random-expression.ts';

describe.skipIf(findProgram('prometheus') === undefined)(
  'a real Prometheus (needs the program prometheus in PATH or in the bin folder of Go)',
  () => {
    let parser: PromqlParser;

    beforeAll(async () => {
      parser = await startPromqlParser();
    });
    afterAll(() => parser.stop());

    it('accepts random typed expressions', async () => {
      await fc.assert(
        fc.asyncProperty(randomExpression, async (expression) => {
          expect(await parser.parse(expression.text)).toMatchObject({ status: 'success' });
        }),
        { numRuns: 1000 },
      );
    });

    it('reads a label value back as it was written', async () => {
      const m = metrics(fixtureCatalogue);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
          const answer = await parser.parse(m.async_rolls_total.where({ die_type: value }).text);
          expect(answer).toMatchObject({
            data: { matchers: expect.arrayContaining([{ name: 'die_type', type: '=', value }]) },
          });
        }),
        { numRuns: 300, examples: [['a\ufffd'], ['"\\\n\r\t\0']] },
      );
    });

    it('refuses what is no PromQL, so that this test can fail', async () => {
      await expect(parser.parse('rate(x)')).rejects.toThrow('expected type range vector');
    });
  },
);
