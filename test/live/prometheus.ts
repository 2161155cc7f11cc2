import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isMap, isSeq, parseDocument } from 'yaml';
import { findProgram, freePort, getJson, type Running, root, run, waitUntil } from './lab.ts';

/** A Prometheus of the lab. */
export interface Prometheus {
  readonly url: string;
  readonly process: Running;
  /** The series that an instant query returns. */
  query(expr: string): Promise<readonly Series[]>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/** One series of an instant query: its labels, and the value as a number (NaN is possible). */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Where `stack/prometheus.yml` says `from`, the lab says `to`, as `host:port`. */
export type Targets = Readonly<Record<string, string>>;

/** The configuration of the stack's Prometheus. */
export const prometheusConfig = join(root, 'stack/prometheus.yml');

/** Why there can be no Prometheus in the lab, or undefined when there can. */
export function missingPrometheus(): string | undefined {
  const missing = ['prometheus', 'promtool'].filter((name) => !findProgram(name));
  return missing.length === 0
    ? undefined
    : `no ${missing.join(' and ')} in PROMETHEUS_BIN, PROMTOOL_BIN, PATH or Go's bin folder`;
}

/**
 * Starts Prometheus on a free port with the stack's own configuration: only the scrape interval, the targets and the
 * storage differ, and jobs without a substituted target are left out.
 */
export async function startPrometheus(targets: Targets, scrapeInterval = '1s'): Promise<Prometheus> {
  const program = findProgram('prometheus');
  if (!program) throw new Error(missingPrometheus());
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-prometheus-'));
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, substitute(readFileSync(prometheusConfig, 'utf8'), targets, scrapeInterval));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = run(program, [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-remote-write-receiver',
    '--web.enable-otlp-receiver',
    '--web.enable-lifecycle',
    '--enable-feature=exemplar-storage',
  ]);
  await waitUntil('Prometheus', async () => (await fetch(`${url}/-/ready`)).ok).catch((error) => {
    throw new Error(`${(error as Error).message}:\n${process.output()}`, { cause: error });
  });
  return {
    url,
    process,
    query: (expr) => query(url, expr),
    stop: async () => {
      await process.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The text of a Prometheus configuration with other targets and another scrape interval. */
export function substitute(text: string, targets: Targets, scrapeInterval: string): string {
  const document = parseDocument(text);
  document.setIn(['global', 'scrape_interval'], scrapeInterval);
  document.setIn(['global', 'evaluation_interval'], scrapeInterval);
  const jobs = document.get('scrape_configs');
  if (!isSeq(jobs)) throw new Error('Expected scrape_configs to be a list');
  jobs.items = jobs.items.filter((job) => {
    if (!isMap(job)) return false;
    const from = job.getIn(['static_configs', 0, 'targets', 0]);
    const to = targets[String(from)];
    if (to !== undefined) job.setIn(['static_configs', 0, 'targets', 0], to);
    return to !== undefined;
  });
  return document.toString();
}

interface QueryAnswer {
  readonly data: {
    readonly result: readonly { readonly metric: Record<string, string>; readonly value: [number, string] }[];
  };
}

async function query(url: string, expr: string): Promise<readonly Series[]> {
  const answer = await getJson<QueryAnswer>(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`);
  return answer.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}
