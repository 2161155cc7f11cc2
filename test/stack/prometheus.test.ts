import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../../dice-roller/metrics.ts';
import { findProgram, root } from '../live/lab.ts';
import { compose, readRootFile } from './compose-file.ts';

const promtool = findProgram('promtool');
const missing = promtool === undefined ? "no promtool in PROMTOOL_BIN, PATH or Go's bin folder" : undefined;
if (missing) console.warn(`Skipped: ${missing}`);

const text = readRootFile('stack/prometheus.yml');
const config = parse(text) as {
  readonly scrape_configs: readonly {
    readonly job_name: string;
    readonly static_configs: readonly {
      readonly targets: readonly string[];
      readonly labels?: { readonly service_name?: string };
    }[];
  }[];
};
const jobs = config.scrape_configs.map(({ job_name: job, static_configs: [target] }) => ({
  job,
  target: target?.targets[0] ?? '',
  serviceName: target?.labels?.service_name,
}));

describe.skipIf(missing)(`promtool${missing ? ` (${missing})` : ''}`, () => {
  it('accepts the configuration', () => {
    const { status, stdout, stderr } = check(join(root, 'stack/prometheus.yml'));
    expect(stdout + stderr).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  it('refuses a misspelt key', () => {
    const folder = mkdtempSync(join(tmpdir(), 'panelproof-promtool-'));
    const file = join(folder, 'prometheus.yml');
    writeFileSync(file, text.replace('max_exemplars', 'max_examplars'));
    const { status, stdout, stderr } = check(file);
    rmSync(folder, { recursive: true });
    expect(stdout + stderr).toContain('max_examplars');
    expect(status).toBe(1);
  });
});

it('is told where the services listen', () => {
  const ports: Record<string, string> = {
    'dice-roller': '8000',
    'die-service': '8000',
    prometheus: '9090',
    loki: '3100',
    tempo: '3200',
    alloy: '12345',
    grafana: '3000',
  };
  for (const { target } of jobs) {
    const [host = '', port] = target.replace('localhost', 'prometheus').split(':');
    expect(port).toBe(ports[host]);
    expect(compose.services[host]?.ports?.[0]).toMatch(new RegExp(`:${port}$`));
  }
});

it('scrapes the jobs of the catalogue, each with the service name of its program', () => {
  for (const [name, { targetLabels }] of Object.entries(catalogue.jobs)) {
    const job = jobs.find((candidate) => candidate.job === name);
    expect(targetLabels.service_name).toEqual([job?.serviceName]);
    expect(compose.services).toHaveProperty(job?.serviceName ?? '');
  }
});

function check(file: string) {
  return spawnSync(promtool ?? '', ['check', 'config', file], { encoding: 'utf8' });
}
