import { expect, it } from 'vitest';
import { predict } from '../doctor/predict.ts';
import { treeOf } from '../load/tree-of.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import { jsonPrediction, loadsTable } from './predictions.ts';

const PROVIDERS = `apiVersion: 1
providers:
  - {name: a, type: file, updateIntervalSeconds: 30, options: {path: /etc/grafana/provisioning/dashboards/a}}
`;

function predicted(files: Record<string, string>) {
  const loaded = loadWorkspaces(treeOf({ 'provisioning/dashboards/p.yaml': PROVIDERS, ...files }));
  const [workspace] = loaded.workspaces;
  if (!workspace) throw new Error('no workspace');
  return { prediction: predict(workspace), files: loaded.files };
}

it('tells programs what will be listed, with a mark for uids that Grafana makes up', () => {
  const { prediction, files } = predicted({
    'provisioning/dashboards/a/x.json': '{"title": "X"}',
    'provisioning/dashboards/a/y.json': '{"uid": "y"}',
  });
  expect(jsonPrediction(prediction, files)).toMatchObject({
    instance: 'provisioning',
    serverStops: false,
    dashboards: [{ uid: '(generated)', title: 'X', folder: '', file: 'provisioning/dashboards/a/x.json' }],
    notLoaded: [{ file: 'provisioning/dashboards/a/y.json' }],
  });
});

it('shows people a table, and what stops Grafana with its place', () => {
  const fine = predicted({ 'provisioning/dashboards/a/x.json': '{"uid": "x", "title": "A title"}' });
  expect(
    loadsTable(fine.prediction, fine.files),
  ).toBe(`provisioning (Grafana 13.2.3), on an empty database: will list
  uid  title    folder   file
  x    A title  General  provisioning/dashboards/a/x.json
`);
  const stopped = predicted({
    'provisioning/datasources/ds.yaml': 'apiVersion: 1\ndatasources:\n  - name: A\n  name: B\n',
  });
  expect(loadsTable(stopped.prediction, stopped.files)).toMatch(
    /stops at the start\n {2}provisioning\/datasources\/ds.yaml:\d+ {2}\S/,
  );
});

it('says of paths that the tree does not show that they are not known, and does not call them empty', () => {
  const { prediction, files } = predicted({
    'compose.yaml':
      'services:\n  g:\n    image: grafana/grafana:12.2.0\n    volumes: ["./provisioning:/etc/grafana/provisioning", "boards:/boards"]\n',
    'provisioning/dashboards/p.yaml':
      'apiVersion: 1\nproviders:\n  - {name: a, type: file, updateIntervalSeconds: 30, options: {path: /boards}}\n',
  });
  const unknown = [{ path: '/boards', why: 'filled at run time: volume boards' }];
  expect(jsonPrediction(prediction, files)).toMatchObject({ dashboards: [], unknown });
  expect(
    loadsTable(prediction, files),
  ).toBe(`compose.yaml service g (Grafana 12.2.0), on an empty database: will list no dashboard of this tree
is not known
  /boards: filled at run time: volume boards
`);
});

it('names the folder of the providers once where an image brings files of its own', () => {
  const { prediction } = predicted({
    'compose.yaml':
      'services:\n  g:\n    image: grafana/otel-lgtm\n    volumes: ["./p.yaml:/otel-lgtm/grafana/conf/provisioning/dashboards/p.yaml"]\n',
    'p.yaml': PROVIDERS.replace('/etc/grafana/', '/otel-lgtm/grafana/conf/'),
  });
  expect(prediction.unknown).toEqual([
    {
      path: '/otel-lgtm/grafana/conf/provisioning/dashboards',
      why: 'grafana/otel-lgtm has provisioning files of its own',
    },
  ]);
});
