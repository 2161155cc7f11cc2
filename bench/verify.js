/**
 * `panelproof verify` of 100 dashboards with 600 queries against a local Prometheus that scrapes itself.
 *
 *   node bench/verify.js [--dashboards 100] [--panels 6] [--rounds 3]
 *
 * Prints the total time beside what the queries themselves took, divided by the four that run at once. The exit code is 1
 * when a query shows no data or the best round took more than 1.5 times that. Needs Prometheus (PROMETHEUS_BIN, PATH or
 * Go's bin folder).
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    dashboards: { type: 'string', default: '100' },
    panels: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
  },
});
const [dashboards, panels, rounds] = [values.dashboards, values.panels, values.rounds].map(Number);
const AT_ONCE = 4;
const QUERIES = [
  'up{job="self"}',
  'sum by (handler) (rate(prometheus_http_requests_total{job="self"}[1m]))',
  'histogram_quantile(0.95, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket{job="self"}[1m])))',
  'process_resident_memory_bytes{job="self"}',
  'rate(process_cpu_seconds_total{job="self"}[$__rate_interval])',
  'sum(prometheus_tsdb_head_series{job="self"}) by (instance)',
];

const folder = mkdtempSync(join(tmpdir(), 'panelproof-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const cli = join(import.meta.dirname, '../scripts/panelproof.js');
const prometheus = await startPrometheus();
try {
  writeTree();
  await waitForData();
  const results = [];
  for (let round = 0; round < rounds; round++) results.push(measure());
  for (const { total, own, wall, slowest } of results)
    console.log(
      `${dashboards * panels} queries: ${total.toFixed(2)} s (${wall.toFixed(2)} s with the start of the process); ` +
        `the queries' own ${own.toFixed(2)} s / ${AT_ONCE} = ${(own / AT_ONCE).toFixed(2)} s, the slowest ${slowest.toFixed(0)} ms; ` +
        `ratio ${(total / (own / AT_ONCE)).toFixed(2)}`,
    );
  const best = Math.min(...results.map(({ total, own }) => total / (own / AT_ONCE)));
  console.log(`best ratio ${best.toFixed(2)}, at most 1.50`);
  process.exitCode = best <= 1.5 ? 0 : 1;
} finally {
  prometheus.child.kill();
}

function measure() {
  const started = performance.now();
  const args = [cli, 'verify', join(folder, 'tree'), '--prometheus', prometheus.url, '--format', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 });
  const wall = (performance.now() - started) / 1000;
  if (!stdout) throw new Error(stderr);
  const report = JSON.parse(stdout);
  const bad = report.rows.filter(({ verdict }) => verdict !== 'ok');
  if (bad.length > 0)
    throw new Error(`${bad.length} queries without data, such as ${JSON.stringify(bad[0])}`);
  const times = report.rows.map(({ tookMs }) => tookMs);
  const own = times.reduce((sum, time) => sum + time, 0) / 1000;
  return { total: report.tookSeconds, own, wall, slowest: Math.max(...times) };
}

async function startPrometheus() {
  const port = await freePort();
  const config = { global: { scrape_interval: '1s' }, scrape_configs: [] };
  config.scrape_configs.push({ job_name: 'self', static_configs: [{ targets: [`127.0.0.1:${port}`] }] });
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, JSON.stringify(config));
  const flags = [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, 'data')}`];
  const child = spawn(program(), [...flags, `--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
  process.once('exit', () => child.kill());
  return { child, url: `http://127.0.0.1:${port}` };
}

async function waitForData() {
  const query = encodeURIComponent('count_over_time(up[1m]) >= 10');
  for (let tries = 0; tries < 120; tries++) {
    const answer = await fetch(`${prometheus.url}/api/v1/query?query=${query}`)
      .then((response) => response.json())
      .catch(() => undefined);
    if (answer?.data?.result?.length > 0) return;
    await sleep(500);
  }
  throw new Error('Prometheus has no data after a minute');
}

function writeTree() {
  const write = (path, value) => {
    const file = join(folder, 'tree/provisioning', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
  };
  const datasource = { type: 'prometheus', uid: 'prometheus' };
  const jsonData = { timeInterval: '1s' };
  write('datasources/all.yaml', {
    apiVersion: 1,
    datasources: [{ name: 'Prometheus', ...datasource, jsonData }],
  });
  const options = { path: '/etc/grafana/provisioning/dashboards/all' };
  write('dashboards/all.yaml', { apiVersion: 1, providers: [{ name: 'all', type: 'file', options }] });
  for (let number = 0; number < dashboards; number++)
    write(`dashboards/all/${number}.json`, {
      uid: `d${number}`,
      title: `Dashboard ${number}`,
      time: { from: 'now-15m', to: 'now' },
      panels: Array.from({ length: panels }, (_, index) => ({
        id: index + 1,
        type: 'timeseries',
        title: `Panel ${index}`,
        datasource,
        gridPos: { x: 0, y: index * 8, w: 12, h: 8 },
        targets: [{ refId: 'A', datasource, range: true, expr: QUERIES[index % QUERIES.length] }],
      })),
    });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function program() {
  if (process.env.PROMETHEUS_BIN) return process.env.PROMETHEUS_BIN;
  try {
    const inGo = join(execFileSync('go', ['env', 'GOPATH'], { encoding: 'utf8' }).trim(), 'bin/prometheus');
    if (existsSync(inGo)) return inGo;
  } catch {
    // Go is only one of the ways to have it.
  }
  return 'prometheus';
}
