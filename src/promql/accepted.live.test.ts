import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from '../../test/fast-check.ts';
import { findProgram, freePort, getJson, type Running, run, waitUntil } from '../../test/live/lab.ts';
import { fixtureCatalogue } from './fixture-catalogue.ts';
import { metrics } from './index.ts';
import { randomExpression } from './random-expression.ts';

const prometheus = findProgram('prometheus');

describe.skipIf(prometheus === undefined)(
  'a real Prometheus (needs the program prometheus in PATH or in the bin folder of Go)',
  () => {
    let folder: string;
    let server: Running;
    let parseQuery: (query: string) => Promise<unknown>;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'promql-accepted-'));
      await writeFile(join(folder, 'prometheus.yml'), '');
      const address = `127.0.0.1:${await freePort()}`;
      server = run(prometheus ?? '', [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
      ]);
      await waitUntil('Prometheus', async () => (await fetch(`http://${address}/-/ready`)).ok);
      parseQuery = (query) =>
        getJson(`http://${address}/api/v1/parse_query?${new URLSearchParams({ query })}`);
    });

    afterAll(async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    });

    it('accepts random typed expressions', async () => {
      await fc.assert(
        fc.asyncProperty(randomExpression, async (expression) => {
          expect(await parseQuery(expression.text)).toMatchObject({ status: 'success' });
        }),
        { numRuns: 1000 },
      );
    });

    it('reads a label value back as it was written', async () => {
      const m = metrics(fixtureCatalogue);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
          const answer = await parseQuery(m.async_rolls_total.where({ die_type: value }).text);
          expect(answer).toMatchObject({
            data: { matchers: expect.arrayContaining([{ name: 'die_type', type: '=', value }]) },
          });
        }),
        { numRuns: 300, examples: [['a\ufffd'], ['"\\\n\r\t\0']] },
      );
    });

    it('refuses what is no PromQL, so that this test can fail', async () => {
      await expect(parseQuery('rate(x)')).rejects.toThrow('expected type range vector');
    });
  },
);
