import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, freePort, getJson, run, waitUntil } from './lab.ts';

/** A real Prometheus that is asked for nothing but the syntax of expressions. */
export interface PromqlParser {
  /** The server's answer; rejects with its complaint. */
  readonly parse: (query: string) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Starts a Prometheus without anything to scrape. */
export async function startPromqlParser(): Promise<PromqlParser> {
  const folder = await mkdtemp(join(tmpdir(), 'promql-parser-'));
  await writeFile(join(folder, 'prometheus.yml'), '');
  const address = `127.0.0.1:${await freePort()}`;
  const server = run(findProgram('prometheus') ?? '', [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
  ]);
  await waitUntil('Prometheus', async () => (await fetch(`http://${address}/-/ready`)).ok);
  return {
    parse: (query) => getJson(`http://${address}/api/v1/parse_query?${new URLSearchParams({ query })}`),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}
