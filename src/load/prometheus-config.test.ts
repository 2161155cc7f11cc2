import { describe, expect, test } from 'vitest';
import type { PrometheusConfig, ScrapeJob } from '../model/scrape.ts';
import { findPrometheusConfigs, hostOfUrl } from './prometheus-config.ts';
import { treeOf } from './tree-of.ts';

const CONFIG = `global: {scrape_interval: 5s}
scrape_configs:
  - job_name: dice
    static_configs:
      - targets: [dice:8080]
        labels: {team: games}
      - targets: [dice:8081]
        labels: {team: more}
  - job_name: slow
    scrape_interval: 1m30s
`;

describe('which servers', () => {
  test('a compose service: its configuration, hosts, version', () => {
    const [config, ...rest] = found({
      'compose.yaml': `services:
  prometheus:
    image: prom/prometheus:v3.4.0
    container_name: prom-1
    hostname: metrics
    networks: {back: {aliases: [tsdb]}}
    volumes: ["./stack/prometheus.yml:/etc/prometheus/prometheus.yml"]`,
      'stack/prometheus.yml': CONFIG,
    });
    expect(rest).toEqual([]);
    expect(config).toMatchObject({
      file: 'stack/prometheus.yml',
      hosts: ['prometheus', 'prom-1', 'metrics', 'tsdb'],
      major: 3,
      complete: true,
    });
    expect(config?.jobs.map(({ name, intervalSeconds }) => [name, intervalSeconds])).toEqual([
      ['dice', 5],
      ['slow', 90],
    ]);
    expect(config?.jobs[1]?.at).toEqual({ file: 'stack/prometheus.yml', path: ['scrape_configs', 1] });
    expect(config?.jobs[0]?.targetLabels).toEqual({ team: ['games', 'more'] });
  });

  test('--config.file through a mounted folder; configurations of other files stand alone', () => {
    const configs = found({
      'compose.yaml':
        'services: {p: {image: quay.io/prometheus/prometheus, command: ["--config.file=/conf/own.yml"], volumes: ["./c:/conf"]}}',
      'c/own.yml': CONFIG,
      'other/prometheus.yaml': 'scrape_configs: [{job_name: a}]',
      'other/prometheus-rules.yml': 'groups: []',
    });
    expect(configs.map(({ file, hosts }) => [file, hosts])).toEqual([
      ['c/own.yml', ['p']],
      ['other/prometheus.yaml', []],
    ]);
    expect(configs[1]?.jobs[0]?.intervalSeconds).toBe(60);
  });

  test('a configuration that is not in the tree or does not parse is left out', () => {
    expect(
      found({ 'compose.yaml': 'services: {p: {image: prom/prometheus}}', 'prometheus.yml': 'a: [' }),
    ).toEqual([]);
  });
});

test.each([
  ['', '', true],
  ['--web.enable-remote-write-receiver', '', false],
  ['--web.enable-otlp-receiver', '', false],
  ['--agent', '', false],
  ['', 'rule_files: [rules.yml]', false],
  ['', 'scrape_config_files: [more/*.yml]', true],
  ['', 'scrape_config_files: [gone.yml]', false],
])('with flags %j and %j all series come from its jobs: %s', (flag, section, complete) => {
  const [config] = found({
    'compose.yaml': `services: {p: {image: prom/prometheus:v2.53.1, command: ["--config.file=/etc/prometheus/prometheus.yml", "${flag}"], volumes: ["./p:/etc/prometheus"]}}`,
    'p/prometheus.yml': `${CONFIG}${section}\n`,
    'p/more/x.yml': 'scrape_configs: [{job_name: more}]',
  });
  expect(config?.complete).toBe(complete);
  expect(config?.jobs.some(({ name }) => name === 'more')).toBe(section.includes('more'));
  expect(config?.jobs.find(({ name }) => name === 'more')?.intervalSeconds ?? 5).toBe(5);
});

describe('labels of a job', () => {
  test.each([
    ['relabel_configs: [{target_label: env, replacement: prod}]', { env: ['prod'] }, true],
    ['relabel_configs: [{source_labels: [__address__], target_label: host}]', { host: undefined }, true],
    ['relabel_configs: [{target_label: job, replacement: other}]', { job: ['other'] }, true],
    ['metric_relabel_configs: [{source_labels: [a], target_label: job}]', { job: undefined }, true],
    ['relabel_configs: [{action: labelmap, regex: x_(.+)}]', {}, false],
    ['relabel_configs: [{action: drop, regex: x}, {target_label: __address__, replacement: x}]', {}, true],
    ['honor_labels: true', {}, false],
    ['static_configs: [{targets: [a], labels: {__scheme__: https, a: b}}]', { a: ['b'] }, true],
    ['dns_sd_configs: [{names: [x]}]', {}, false],
    ['file_sd_configs: [{files: [targets.json]}]', { zone: ['a'] }, true],
    ['file_sd_configs: [{files: [gone.json]}]', {}, false],
    ['file_sd_configs: [{files: ["*.json"]}]', {}, false],
  ])('%s', (section, labels, closed) => {
    const { targetLabels, closed: isClosed } = job(section);
    expect([targetLabels, isClosed]).toEqual([labels, closed]);
  });
});

test.each([
  ['http://prometheus:9090', 'prometheus'],
  ['https://u:p@prom.local/x', 'prom.local'],
  ['prometheus:9090', 'prometheus'],
  ['', undefined],
])('the host of %j is %s', (url, host) => {
  expect(hostOfUrl(url)).toBe(host);
});

function job(section: string): ScrapeJob {
  const [config] = found({
    'prometheus.yml': `scrape_configs:\n  - job_name: j\n    ${section}\n`,
    'targets.json': '[{"targets": ["a"], "labels": {"zone": "a"}}]',
  });
  const [first] = config?.jobs ?? [];
  if (!first) throw new Error('no job');
  return first;
}

function found(files: Record<string, string>): PrometheusConfig[] {
  return findPrometheusConfigs(treeOf(files));
}
