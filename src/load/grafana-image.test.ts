import { expect, test } from 'vitest';
import { printGrafanaVersion } from '../model/grafana-version.ts';
import { grafanaImage } from './grafana-image.ts';

test.each([
  ['grafana/grafana', 'official', '13.2.3'],
  ['grafana/grafana:latest', 'official', '13.2.3'],
  ['grafana/grafana:', 'official', '13.2.3'],
  ['docker.io/grafana/grafana:12', 'official', '12'],
  ['localhost:5000/mirror/grafana/grafana-oss:v9.5.2-ubuntu', 'official', '9.5.2'],
  ['grafana/grafana-enterprise:10.4.1@sha256:00ff', 'official', '10.4.1'],
  ['grafana/grafana@sha256:00ff', 'official', '13.2.3'],
  ['grafana/grafana:12345abc', 'official', '13.2.3'],
  ['grafana/grafana-oss-dev:12.2.0-259812', 'official', '12.2.0'],
  ['bitnami/grafana:11.1.0-debian-12-r0', 'bitnami', '11.1.0'],
  ['grafana/otel-lgtm:0.11.4', 'otel-lgtm', '13.2.3'],
  ['grafana/loki:3.5', 'custom', '13.2.3'],
  ['ours/grafana:2.0', 'custom', '13.2.3'],
])('%s is %s of version %s', (name, kind, version) => {
  const image = grafanaImage(name);
  expect([image.kind, printGrafanaVersion(image.version)]).toEqual([kind, version]);
});
