import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../live/lab.ts';
import { type ComposeService, compose, mountsOf, readRootFile, services } from './compose-file.ts';

const names = services.map(({ name }) => name);
const socket = '/var/run/docker.sock';

it('has the services, the stack and nothing else', () => {
  expect(names.sort()).toEqual([
    'alloy',
    'dice-roller',
    'die-service',
    'grafana',
    'loki',
    'prometheus',
    'tempo',
    'traffic',
  ]);
});

describe.each(services)('The service $name', (service) => {
  const { image, build, healthcheck, ports, logging } = service;

  it('comes from an image with its full version, or from the Dockerfile of this repository', () => {
    if (build) expect(existsSync(join(root, build.context, build.dockerfile))).toBe(true);
    else expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+\.\d+$/);
  });

  it('is checked, limited and restarted', () => {
    expect(healthcheck?.test[0]).toMatch(/^CMD(-SHELL)?$/);
    expect(service.mem_limit).toMatch(/^\d+m$/);
    expect(service.restart).toBe('unless-stopped');
  });

  it('keeps little of its log', () => {
    expect(logging?.driver).toBe('json-file');
    expect(logging?.options).toMatchObject({ 'max-size': '10m', 'max-file': '3' });
  });

  it('listens on loopback only, at a port that .env can change', () => {
    for (const port of ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+_PORT:-\d+\}:\d+$/);
  });

  it('is not root, unless it is Alloy, and gains no privileges', () => {
    if (service.name === 'alloy') expect(service.user).toBe('0:0');
    else {
      expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
      expect(service.cap_drop).toEqual(['ALL']);
    }
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
  });

  it('waits only for services that are healthy', () => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(names).toContain(other);
      expect(condition).toBe('service_healthy');
    }
  });

  it('mounts what exists, files read-only and data in named volumes', () => {
    for (const { source, isBind, readOnly } of mountsOf(service)) {
      if (!isBind) expect(compose.volumes).toHaveProperty(source);
      else if (source !== socket) expect(existsSync(join(root, source))).toBe(true);
      expect(readOnly).toBe(isBind);
    }
  });

  it('reads its configuration where it is mounted', () => {
    const files = mountsOf(service).filter(({ source }) => source.startsWith('./stack/'));
    const told = (service.command ?? []).join(' ');
    for (const { target } of files) expect(told).toContain(target);
  });
});

it('publishes the ports of the documentation', () => {
  const published = Object.fromEntries(
    services.flatMap(({ name, ports = [] }) => ports.map((port) => [name, /:-(\d+)\}/.exec(port)?.[1]])),
  );
  expect(published).toEqual({
    'dice-roller': '8107',
    'die-service': '8106',
    prometheus: '9090',
    loki: '3100',
    tempo: '3200',
    alloy: '12345',
    grafana: '3000',
  });
});

it('gives the Docker socket to Alloy alone', () => {
  const readers = services.filter((service) => mountsOf(service).some(({ source }) => source === socket));
  expect(readers.map(({ name }) => name)).toEqual(['alloy']);
});

it('uses every volume once', () => {
  const used = services.flatMap((service) => mountsOf(service).filter(({ isBind }) => !isBind));
  expect(used.map(({ source }) => source).sort()).toEqual(Object.keys(compose.volumes).sort());
});

it('mounts provisioning/ as it is, where every provider finds its folder', () => {
  const mount = mountsOf(compose.services.grafana as ComposeService).find(
    ({ source }) => source === './provisioning',
  );
  expect(mount?.target).toBe('/etc/grafana/provisioning');
  const { providers } = parse(readRootFile('provisioning/dashboards/providers.yaml')) as {
    providers: { options: { path: string } }[];
  };
  const folders = providers.map(({ options }) => options.path.replace('/etc/grafana/', ''));
  expect(folders).toEqual(['provisioning/dashboards/general', 'provisioning/dashboards/dice-roller']);
  for (const folder of folders) expect(existsSync(join(root, folder))).toBe(true);
});

it('lets Grafana run the data sources that its image holds', () => {
  const { environment } = compose.services.grafana as ComposeService;
  expect(environment).toHaveProperty('GF_PLUGINS_PREINSTALL_AUTO_UPDATE', 'false');
  expect(environment).not.toHaveProperty('GF_PLUGINS_PREINSTALL_DISABLED');
});

it('sets none of the labels that Compose reserves, and collects the logs that are JSON', () => {
  const labels = services.flatMap((service) => Object.keys(service.labels ?? {}));
  expect(labels.filter((label) => label.startsWith('com.docker.'))).toEqual([]);
  const collected = services.filter((service) => service.labels?.['observability.logs'] === 'true');
  expect(collected.map(({ name }) => name).sort()).toEqual(['dice-roller', 'die-service']);
});
