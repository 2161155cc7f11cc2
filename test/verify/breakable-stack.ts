import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Where } from '../../src/verify/connect.ts';
import type { QueryRow } from '../../src/verify/result.ts';
import { readAddress } from '../../src/verify/secrets.ts';
import { type VerifyOptions, verify } from '../../src/verify/verify.ts';
import { findProgram, freePort, run, waitUntil } from '../live/lab.ts';

/** Prometheus without Grafana. */
export function direct(url: string): Where {
  return { kind: 'direct', addresses: { prometheus: readAddress('--prometheus', url) } };
}

/** Title, query and why it is empty in health. */
export type LabPanel = readonly [string, string, string?];

const PANELS: readonly LabPanel[] = [
  ['Rolls', 'rolls{job="roller"}'],
  ['Rate', 'sum by (die) (rate(rolls_total{job="roller"}[5s]))'],
  ['Dice', 'dice{job="die"}'],
  ['Failed', 'failed_total{job="die"} > 0', 'no die fails'],
  ['Up', 'up'],
];

/** Metrics over HTTP; the body can be changed. */
export interface Exporter {
  readonly server: Server;
  body: string;
}

/** A stack to break: a Prometheus with two exporters. */
export interface Lab {
  readonly url: string;
  readonly roller: Exporter;
  readonly die: Exporter;
  /** The tree with the panels of health. */
  root(): string;
  verify(
    tree: { panels: readonly LabPanel[] },
    options?: Partial<VerifyOptions>,
  ): Promise<readonly QueryRow[]>;
  until(is: (rows: readonly QueryRow[]) => boolean): Promise<readonly QueryRow[]>;
  /** Makes Prometheus scrape these, by job. */
  scrape(jobs: Readonly<Record<string, Server>>): Promise<void>;
  stop(): Promise<void>;
}

/** Two exporters with fixed metrics, a Prometheus that scrapes them every second, and a tree of panels. */
export async function startLab(): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-verify-'));
  const roller = await startExporter(
    'rolls{die="fair"} 4\nrolls{die="risky"} 5\nnothing 0\nrolls_total{die="fair"} 4\nrolls_total{die="risky"} 5\n',
  );
  const die = await startExporter('dice 2\nfailed_total 0\n');
  const config = join(folder, 'prometheus.yml');
  const writeConfig = (jobs: Readonly<Record<string, Server>>) => writeFileSync(config, configText(jobs));
  writeConfig({ roller: roller.server, die: die.server });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = run(findProgram('prometheus') ?? '', [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-lifecycle',
  ]);
  const healthy = join(folder, 'healthy');
  writeTree(healthy, PANELS);
  const common = { where: direct(url), sinceMs: 10_000 };
  let trees = 0;
  return {
    url,
    roller,
    die,
    root: () => healthy,
    async verify({ panels }, options) {
      const tree = join(folder, `tree-${++trees}`);
      writeTree(tree, panels);
      return (await verify({ ...common, root: tree, ...options })).rows;
    },
    until: (is) =>
      waitUntil(
        'the rows',
        async () => {
          const { rows } = await verify({ ...common, root: healthy });
          return is(rows) && rows;
        },
        { timeoutMs: 120_000 },
      ),
    async scrape(jobs) {
      writeConfig(jobs);
      const { status } = await fetch(`${url}/-/reload`, { method: 'POST' });
      expect(status).toBe(200);
    },
    async stop() {
      await process.stop();
      await Promise.all([roller, die].map(({ server }) => stopServer(server)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startExporter(body: string): Promise<Exporter> {
  const exporter: Exporter = {
    body,
    server: createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(exporter.body);
    }),
  };
  await listen(exporter.server, 0);
  return exporter;
}

/** Lets a server listen on a port of loopback; 0 is any. */
export async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

/** Stops a server if it listens. */
export async function stopServer(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

function configText(jobs: Readonly<Record<string, Server>>): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: Object.entries(jobs).map(([name, server]) => ({
      job_name: name,
      static_configs: [{ targets: [`127.0.0.1:${(server.address() as AddressInfo).port}`] }],
    })),
  });
}

function writeTree(folder: string, panels: readonly LabPanel[]): void {
  const write = (path: string, value: unknown) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
  };
  const datasource = { type: 'prometheus', uid: 'prometheus' };
  write('provisioning/datasources/all.yaml', {
    apiVersion: 1,
    datasources: [
      {
        name: 'Prometheus',
        uid: 'prometheus',
        type: 'prometheus',
        isDefault: true,
        jsonData: { timeInterval: '1s' },
      },
    ],
  });
  write('provisioning/dashboards/all.yaml', {
    apiVersion: 1,
    providers: [
      { name: 'all', type: 'file', options: { path: '/etc/grafana/provisioning/dashboards/general' } },
    ],
  });
  write('provisioning/dashboards/general/lab.json', {
    uid: 'lab',
    title: 'Lab',
    schemaVersion: 39,
    panels: panels.map(([title, expr, emptyInHealth], index) => ({
      id: index + 1,
      type: 'timeseries',
      title,
      datasource,
      gridPos: { x: 0, y: index, w: 24, h: 1 },
      targets: [{ refId: 'A', datasource, expr, range: true }],
      ...(emptyInHealth === undefined ? {} : { panelproof: { emptyInHealth } }),
    })),
  });
}
