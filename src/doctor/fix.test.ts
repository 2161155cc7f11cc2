import { describe, expect, test } from 'vitest';
import { treeOf } from '../load/tree-of.ts';
import { planFixes } from './fix.ts';

const DATASOURCES = 'provisioning/datasources/ds.yaml';
const PROVIDERS = 'provisioning/dashboards/p.yaml';
const FOLDER = 'provisioning/dashboards/dice';

const FILES = {
  [DATASOURCES]: `apiVersion: 1
datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    url: http://prometheus:9090
    isDefault: true
`,
  [PROVIDERS]: `apiVersion: 1
providers:
  - name: dice
    updateIntervalSeconds: 30
    options:
      path: /etc/grafana/provisioning/dashboards/dice
`,
  [`${FOLDER}/a.json`]: '{"uid": "a", "title": "A", "panels": []}\n',
};

describe('a plan of fixes', () => {
  test('is empty for a tree without findings', () => {
    const result = planFixes(treeOf(FILES));
    expect(result).toMatchObject({ plan: { files: [], refused: [] }, mended: [], left: [], reloads: [] });
  });

  test('goes on in rounds: what one fix brings to light is mended too, in one step from first to last', () => {
    const copy = `${FOLDER}/b.json`;
    const tree = treeOf({ ...FILES, [copy]: FILES[`${FOLDER}/a.json`] ?? '' });
    const { plan, mended, left } = planFixes(tree, { unsafe: true });
    expect(mended.map(({ finding }) => finding.rule)).toEqual([
      'dashboard-uid-duplicate',
      'dashboard-title-duplicate',
    ]);
    expect(plan.files).toEqual([
      {
        path: copy,
        before: '{"uid": "a", "title": "A", "panels": []}\n',
        after: expect.stringMatching(/^\{"uid": "b-[0-9a-f]{8}", "title": "A \(b\)", "panels": \[\]\}\n$/),
        reasons: [
          'Give the later file a uid of its own (dashboard-uid-duplicate)',
          'Tell the two titles apart by the name of the file (dashboard-title-duplicate)',
        ],
      },
    ]);
    expect(left).toEqual([]);
  });

  test('leaves the path of a provider that two compose files read, and only one of them mounts elsewhere', () => {
    const compose = (target: string) =>
      `services: {grafana: {image: grafana/grafana, volumes: ["./p:/etc/grafana/provisioning", "./d:${target}"]}}\n`;
    const { plan, refused } = planFixes(
      treeOf({
        'compose.yaml': compose('/dashboards'),
        'compose.dev.yaml': compose('/dashboard'),
        'p/dashboards/p.yaml': `apiVersion: 1
providers:
  - name: dice
    updateIntervalSeconds: 30
    options:
      path: /dashboards
`,
        'd/a.json': '{"uid": "a", "title": "A", "panels": []}\n',
      }),
    );
    expect(plan.files).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      'Another Grafana of the tree reads p/dashboards/p.yaml too, and would have: Expected "/dashboard" to be mounted, found dashboards at "/dashboards".',
    ]);
  });

  test('follows a file that gets another name and then another text', () => {
    const { [`${FOLDER}/a.json`]: _, ...others } = FILES;
    const text = '{"uid": "a/b", "title": "A", "panels": []}\n';
    const { plan, left } = planFixes(treeOf({ ...others, [`${FOLDER}/a.JSON`]: text }), { unsafe: true });
    expect(left).toEqual([]);
    expect(plan.files).toMatchObject([
      { path: `${FOLDER}/a.JSON`, before: text, after: undefined },
      { path: `${FOLDER}/a.json`, before: undefined, after: expect.stringContaining('"uid": "a-b-') },
    ]);
  });

  test('counts every finding that one change mends, and gives the change one reason', () => {
    const [first, second] = ['a', 'b'].map(
      (name) => [`${FOLDER}/${name}.json`, panelOn('prom', name)] as const,
    );
    const tree = treeOf({
      ...FILES,
      ...Object.fromEntries([first, second].flatMap((file) => (file ? [file] : []))),
      [DATASOURCES]: FILES[DATASOURCES]?.replace('    uid: prometheus\n', '') ?? '',
    });
    const { plan, left } = planFixes(tree);
    expect(left).toEqual([]);
    expect(plan.files.map(({ path, reasons }) => ({ path, reasons }))).toEqual([
      {
        path: DATASOURCES,
        reasons: [
          'Give "Prometheus" the uid "prom", which dashboards refer to; a database that outlives restarts needs deleteDatasources besides (datasource-uid-unknown)',
        ],
      },
    ]);
  });

  test('gives a datasource the uid that most dashboards use, and the others that one', () => {
    const wanted = { a: 'prom', b: 'prom', c: 'prometheus-main' };
    const dashboards = Object.entries(wanted).map(([name, uid]) => [
      `${FOLDER}/${name}.json`,
      panelOn(uid, name),
    ]);
    const tree = treeOf({
      ...FILES,
      ...Object.fromEntries(dashboards),
      [DATASOURCES]: FILES[DATASOURCES]?.replace('    uid: prometheus\n', '') ?? '',
    });
    const { plan, left } = planFixes(tree);
    expect(left).toEqual([]);
    expect(plan.files.map(({ path, after }) => [path, after])).toEqual([
      [`${FOLDER}/c.json`, panelOn('prom', 'c')],
      [DATASOURCES, FILES[DATASOURCES]?.replace('uid: prometheus', 'uid: prom')],
    ]);
  });

  test('keeps the generated uid where as many dashboards use that', () => {
    const tree = treeOf({
      ...FILES,
      [`${FOLDER}/a.json`]: panelOn('PBFA97CFB590B2093', 'a'),
      [`${FOLDER}/b.json`]: panelOn('prom', 'b'),
      [DATASOURCES]: FILES[DATASOURCES]?.replace('    uid: prometheus\n', '') ?? '',
    });
    const { plan, left } = planFixes(tree);
    expect(left).toEqual([]);
    expect(plan.files.map(({ path, after }) => [path, after])).toEqual([
      [`${FOLDER}/b.json`, panelOn('PBFA97CFB590B2093', 'b')],
      [DATASOURCES, FILES[DATASOURCES]?.replace('uid: prometheus', 'uid: PBFA97CFB590B2093')],
    ]);
  });

  test('keeps what it can do and says why the rest was refused', () => {
    const anchored = `apiVersion: 1
x-base: &base
  name: Prometheus
  type: prometheus
  url: http://prometheus:9090
  isDefault: true
datasources:
  - *base
`;
    const { plan, refused, left } = planFixes(
      treeOf({
        ...FILES,
        [DATASOURCES]: anchored,
        [`${FOLDER}/b.json`]: '{"title": "B", "uid": "b!", "panels": []}',
      }),
      { unsafe: true },
    );
    expect(plan.files.map(({ path }) => path)).toEqual([`${FOLDER}/b.json`]);
    expect(refused.map(({ finding, reason }) => [finding.rule, reason])).toEqual([
      [
        'datasource-uid-missing',
        'datasources[0] is written as *base, so that an edit would change more than one place.',
      ],
    ]);
    expect(left.map(({ rule }) => rule)).toEqual(['datasource-uid-missing']);
  });

  test('does not let a dashboard in that would throw another out, unless that can be mended next', () => {
    const wrapped = `${FOLDER}/b.json`;
    const tree = treeOf({ ...FILES, [wrapped]: '{"dashboard": {"uid": "a", "title": "B", "panels": []}}' });
    const safely = planFixes(tree);
    expect(safely.plan.files).toEqual([]);
    expect(safely.refused.map(({ finding, reason }) => [finding.rule, reason])).toEqual([
      [
        'dashboard-wrapped',
        expect.stringMatching(/^It would bring up another mistake: Duplicate dashboard uid "a"/),
      ],
    ]);
    expect(planFixes(tree, { unsafe: true })).toMatchObject({
      plan: { files: [{ path: wrapped }] },
      left: [],
    });
  });

  test('refuses only the fix that lets the dashboards in, and mends what has nothing to do with them', () => {
    const tree = treeOf({
      [PROVIDERS]:
        FILES[PROVIDERS]?.replace(/path: .*/, 'path: /etc/grafana/provisioning/dashboards/gone') ?? '',
      [DATASOURCES]: FILES[DATASOURCES]?.replace(/\n.*uid: .*/, '') ?? '',
      [`${FOLDER}/a.json`]: '{"uid": "a", "title": "A", "panels": []}',
      [`${FOLDER}/b.json`]: '{"uid": "a", "title": "B", "panels": []}',
    });
    const { plan, refused } = planFixes(tree);
    expect(plan.files.map(({ path }) => path)).toEqual([DATASOURCES]);
    expect(refused.map(({ finding }) => finding.rule)).toEqual(['provider-path-missing']);
  });

  test('leaves a dashboard alone that two stacks read with different datasources', () => {
    const stack = (name: string, uid: string) => ({
      [`${name}/compose.yaml`]: `services:
  grafana:
    image: grafana/grafana:12.2.0
    volumes:
      - ./datasources:/etc/grafana/provisioning/datasources
      - ../provisioning/dashboards:/etc/grafana/provisioning/dashboards
`,
      [`${name}/datasources/ds.yaml`]: FILES[DATASOURCES]?.replace('uid: prometheus', `uid: ${uid}`) ?? '',
    });
    const { [DATASOURCES]: _, ...dashboards } = FILES;
    const tree = treeOf({
      ...dashboards,
      [`${FOLDER}/a.json`]: panelOn('one', 'a'),
      ...stack('first', 'one'),
      ...stack('second', 'two'),
    });
    const { plan, refused, left } = planFixes(tree);
    expect(plan.files).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      `Another Grafana of the tree reads ${FOLDER}/a.json too, and would have: Unknown datasource uid "two", there is "one" (in 2 places).`,
    ]);
    expect(left.map(({ rule }) => rule)).toEqual(['datasource-uid-unknown']);
  });

  test('refuses a file that is not UTF-8 and mends the others', () => {
    const latin = Buffer.from('{"uid": "b c", "title": "W\u00fcrfel", "panels": []}', 'latin1');
    const tree = treeOf({
      ...FILES,
      [`${FOLDER}/b.json`]: latin,
      [`${FOLDER}/c.json`]: '{"uid": "c d", "title": "C \uFFFD", "panels": []}',
    });
    const { plan, refused } = planFixes(tree, { unsafe: true });
    expect(plan.files.map(({ path }) => path)).toEqual([`${FOLDER}/c.json`]);
    expect(refused.map(({ reason }) => reason)).toEqual([`The text of ${FOLDER}/b.json is not UTF-8.`]);
  });

  test('does not depend on the order in which files are found', () => {
    const broken = {
      ...FILES,
      [`${FOLDER}/b.json`]: '{"uid": "a", "title": "A", "panels": []}',
      [`${FOLDER}/c.json`]: '{"uid": "c d", "title": "A", "panels": []}',
    };
    const reversed = Object.fromEntries(Object.entries(broken).reverse());
    expect(planFixes(treeOf(reversed), { unsafe: true }).plan).toEqual(
      planFixes(treeOf(broken), { unsafe: true }).plan,
    );
  });
});

function panelOn(uid: string, name: string): string {
  const datasource = { type: 'prometheus', uid };
  const panels = [
    { id: 1, type: 'stat', title: 'P', datasource, targets: [{ refId: 'A', datasource, expr: 'up' }] },
  ];
  return JSON.stringify({ uid: name, title: name, panels });
}
