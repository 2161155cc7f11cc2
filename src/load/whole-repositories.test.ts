import { expect, test } from 'vitest';
import type { Workspace } from '../model/workspace.ts';
import { treeOf } from './tree-of.ts';
import { loadWorkspaces } from './workspaces.ts';

const dashboard = (title: string) => JSON.stringify({ title, uid: title.toLowerCase(), panels: [] });

test('several stacks: each sees its own files, through an override, a build and variables', () => {
  const loaded = summary({
    'shop/compose.yaml': `services:
  grafana:
    image: grafana/grafana:\${GRAFANA:-9.5.2}
    volumes: ["./none:/etc/grafana/provisioning", "./dash:/dash"]`,
    'shop/compose.override.yaml': 'services: {grafana: {volumes: ["./prov:/etc/grafana/provisioning"]}}',
    'shop/.env': 'GRAFANA=11.6.0',
    'shop/prov/datasources/a.yaml': 'apiVersion: 1\ndatasources: [{name: Shop, uid: shop, type: prometheus}]',
    'shop/prov/dashboards/a.yaml': 'apiVersion: 1\nproviders: [{name: p, options: {path: /dash}}]',
    'shop/dash/a.json': dashboard('Shop'),
    'infra/docker-compose.yml': 'services: {g: {build: ./grafana}}',
    'infra/grafana/Dockerfile': `FROM grafana/grafana:12.2.0
COPY datasources.yaml /etc/grafana/provisioning/datasources/
COPY provider.yaml /etc/grafana/provisioning/dashboards/
COPY dashboards /var/lib/grafana/dashboards`,
    'infra/grafana/datasources.yaml': 'apiVersion: 1\ndatasources: [{name: Infra, uid: infra, type: loki}]',
    'infra/grafana/provider.yaml':
      'apiVersion: 1\nproviders: [{name: p, options: {path: /var/lib/grafana/dashboards}}]',
    'infra/grafana/dashboards/deep/b.json': dashboard('Infra'),
  });
  expect(loaded).toEqual([
    'infra/docker-compose.yml service g 12.2: datasources infra; dashboards infra',
    'shop/compose.yaml service grafana 11.6: datasources shop; dashboards shop',
  ]);
});

test('several providers and organisations of one instance', () => {
  const [workspace] = load({
    'compose.yaml':
      'services: {grafana: {image: grafana/grafana, volumes: ["./p:/etc/grafana/provisioning", "./a:/d/a", "./b:/d/b"]}}',
    'p/dashboards/one.yaml': `apiVersion: 1
providers:
  - {name: a, orgId: 1, folder: A, options: {path: /d/a}}
  - {name: b, orgId: 2, folder: B, options: {path: /d/b}}`,
    'p/dashboards/two.yml': 'apiVersion: 1\nproviders: [{name: c, options: {path: /d/c}}]',
    'p/datasources/x.yaml':
      'apiVersion: 1\ndatasources: [{name: X, uid: x, orgId: 1}, {name: X, uid: y, orgId: 2}]',
    'a/a.json': dashboard('A'),
    'b/b.json': dashboard('B'),
  });
  expect(workspace?.datasources.map(({ uid, orgId }) => [uid, orgId])).toEqual([
    ['x', 1],
    ['y', 2],
  ]);
  expect(
    workspace?.walks.map(({ provider, exists, files }) => [
      provider.name,
      provider.orgId,
      exists,
      files.length,
    ]),
  ).toEqual([
    ['a', 1, true, 1],
    ['b', 2, true, 1],
    ['c', 1, false, 0],
  ]);
});

function load(files: Record<string, string>): readonly Workspace[] {
  return loadWorkspaces(treeOf(files)).workspaces;
}

function summary(files: Record<string, string>): string[] {
  return load(files).map(
    ({ grafana, datasources, dashboards }) =>
      `${grafana.name} ${grafana.version.major}.${grafana.version.minor}: datasources ${datasources.map(({ uid }) => uid).join(' ')}; dashboards ${dashboards.map(({ uid }) => uid).join(' ')}`,
  );
}
