import { describe, expect, test } from 'vitest';
import { treeOf } from '../load/tree-of.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import { reloadsOf } from './reload.ts';

const PROVIDERS = `apiVersion: 1
providers:
  - name: a
    options: {path: /etc/grafana/provisioning/dashboards/a}
`;
const FILES = {
  'provisioning/datasources/ds.yaml': 'apiVersion: 1\ndatasources: []\n',
  'provisioning/dashboards/p.yaml': PROVIDERS,
  'provisioning/dashboards/a/dice.json': '{"uid": "dice", "title": "Dice"}',
};
const COMPOSE = `services:
  grafana:
    image: grafana/grafana:12.2.0
    volumes: ["./provisioning:/etc/grafana/provisioning"]
`;

describe('after a file has changed', () => {
  test.each([
    ['provisioning/datasources/ds.yaml', 'restart', 'docker compose restart grafana'],
    ['provisioning/dashboards/p.yaml', 'restart', 'docker compose restart grafana'],
    ['compose.yaml', 'recreate', 'docker compose up -d grafana'],
  ])('%s: %s by `%s`', (path, action, command) => {
    expect(reloads({ ...FILES, 'compose.yaml': COMPOSE }, [path])).toEqual([
      { name: 'compose.yaml service grafana', action, command },
    ]);
  });

  test('a dashboard in a mounted folder needs nothing: Grafana looks again by itself', () => {
    expect(reloads({ ...FILES, 'compose.yaml': COMPOSE }, ['provisioning/dashboards/a/dice.json'])).toEqual(
      [],
    );
  });

  test('a dashboard that is mounted by itself needs a restart, since a rename makes a new file', () => {
    const compose = COMPOSE.replace(
      'provisioning"]',
      'provisioning", "./dice.json:/etc/grafana/provisioning/dashboards/a/dice.json"]',
    );
    const files = { ...FILES, 'compose.yaml': compose, 'dice.json': '{"uid": "dice", "title": "Dice"}' };
    expect(reloads(files, ['dice.json'])).toMatchObject([{ action: 'restart' }]);
  });

  test('of what the image brings, the image is built again', () => {
    const compose = 'services:\n  grafana:\n    build: .\n';
    const docker = 'FROM grafana/grafana:12.2.0\nCOPY provisioning /etc/grafana/provisioning\n';
    const files = { ...FILES, 'compose.yaml': compose, Dockerfile: docker };
    expect(reloads(files, ['provisioning/dashboards/a/dice.json'])).toMatchObject([
      { action: 'rebuild', command: 'docker compose up -d --build grafana' },
    ]);
  });

  test('the heaviest of several is told, once', () => {
    expect(
      reloads({ ...FILES, 'compose.yaml': COMPOSE }, ['provisioning/dashboards/p.yaml', 'compose.yaml']),
    ).toMatchObject([{ action: 'recreate' }]);
  });

  test('the command finds compose files of another name, in another folder', () => {
    const inFolder = Object.fromEntries(
      Object.entries(FILES).map(([path, text]) => [`my stack/${path}`, text]),
    );
    expect(
      reloads({ ...inFolder, 'my stack/docker-compose.dev.yml': COMPOSE }, [
        'my stack/provisioning/datasources/ds.yaml',
      ]),
    ).toMatchObject([
      { command: "cd 'my stack' && docker compose -f docker-compose.dev.yml restart grafana" },
    ]);
  });

  test('without a compose file the instance is named and no command is made up', () => {
    expect(reloads(FILES, ['provisioning/datasources/ds.yaml'])).toEqual([
      { name: 'provisioning', action: 'restart', command: undefined },
    ]);
  });
});

function reloads(files: Readonly<Record<string, string>>, changed: readonly string[]) {
  const plan = changed.map((path) => ({ path, before: 'old', after: 'new', reasons: [] }));
  return reloadsOf(plan, loadWorkspaces(treeOf(files)).workspaces);
}
