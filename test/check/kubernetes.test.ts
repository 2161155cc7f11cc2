import { describe, expect, it } from 'vitest';
import { checkTree } from '../../src/doctor/check.ts';
import { planFixes } from '../../src/doctor/fix.ts';
import { predict } from '../../src/doctor/predict.ts';
import { treeOf } from '../../src/load/tree-of.ts';
import { printFindings } from '../../src/report/plain.ts';

/** What `check` says of a tree, a line a finding. */
function said(files: Record<string, string>): string[] {
  const { findings, files: texts } = checkTree(treeOf(files));
  return printFindings(findings, texts).split('\n').filter(Boolean);
}

/** The dashboards that each Grafana of a tree will list: its name, then `uid in folder`. */
function listed(files: Record<string, string>): Record<string, string[]> {
  const { workspaces } = checkTree(treeOf(files));
  return Object.fromEntries(
    workspaces.map((workspace) => [
      workspace.grafana.name,
      predict(workspace).dashboards.map(({ uid, folder }) => `${uid} in ${folder || 'General'}`),
    ]),
  );
}

const dashboard = (uid: string, datasource = 'prometheus', expr = 'up') =>
  JSON.stringify(
    {
      uid,
      title: `Title ${uid}`,
      schemaVersion: 39,
      panels: [
        {
          id: 1,
          type: 'timeseries',
          title: 'P',
          gridPos: { x: 0, y: 0, w: 12, h: 8 },
          datasource: { type: 'prometheus', uid: datasource },
          targets: [{ refId: 'A', expr, datasource: { type: 'prometheus', uid: datasource } }],
        },
      ],
    },
    undefined,
    2,
  );

const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));

const configMap = (name: string, files: Record<string, string>, labels = '') =>
  `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
${labels === '' ? '' : `  labels:\n    ${labels}\n`}data:
${Object.entries(files)
  .map(([key, text]) => `  ${key}: |-\n${indented(text, 4)}\n`)
  .join('')}`;

const DATASOURCES = `apiVersion: 1
datasources:
  - {name: Prometheus, uid: prometheus, type: prometheus, url: "http://prometheus:9090", isDefault: true}`;
const PROVIDERS = `apiVersion: 1
providers:
  - {name: a, type: file, folder: Services, updateIntervalSeconds: 30, options: {path: /boards}}`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: grafana
spec:
  selector: {matchLabels: {app: grafana}}
  template:
    metadata: {labels: {app: grafana}}
    spec:
      containers:
        - name: grafana
          image: grafana/grafana:12.2.0
          volumeMounts:
            - {name: datasources, mountPath: /etc/grafana/provisioning/datasources}
            - {name: providers, mountPath: /etc/grafana/provisioning/dashboards/p.yaml, subPath: p.yaml}
            - {name: boards, mountPath: /boards}
      volumes:
        - {name: datasources, secret: {secretName: datasources}}
        - {name: providers, configMap: {name: providers}}
        - {name: boards, configMap: {name: boards}}
`;

const SECRET = configMap('datasources', { 'ds.yaml': DATASOURCES })
  .replace('ConfigMap', 'Secret')
  .replace(/^data:/m, 'stringData:');

const stack = (boards: Record<string, string>) =>
  [DEPLOYMENT, SECRET, configMap('providers', { 'p.yaml': PROVIDERS }), configMap('boards', boards)].join(
    '---\n',
  );

describe('a workload that runs Grafana', () => {
  it('lists the dashboards of the ConfigMaps that it mounts', () => {
    expect(listed({ 'k8s/all.yaml': stack({ 'a.json': dashboard('a'), 'b.txt': 'no' }) })).toEqual({
      'k8s/all.yaml Deployment grafana': ['a in Services'],
    });
  });

  it('says the line and column inside of the manifest', () => {
    const text = stack({ 'a.json': dashboard('a', 'prometheus', 'sum(up') });
    const lines = text.split('\n');
    const line = lines.findIndex((candidate) => candidate.includes('sum(up'));
    const column = (lines[line]?.indexOf('"sum(up') ?? 0) + 1;
    expect(said({ 'k8s/all.yaml': text })).toEqual([
      expect.stringMatching(new RegExp(`^k8s/all\\.yaml:${line + 1}:${column} data query-syntax: `)),
    ]);
  });

  it('knows a uid to be unknown where all its datasources are mounted', () => {
    expect(said({ 'k8s/all.yaml': stack({ 'a.json': dashboard('a', 'promotheus') }) })[0]).toMatch(
      /^k8s\/all\.yaml:\d+:\d+ data datasource-uid-unknown: .*promotheus/,
    );
  });

  it('says nothing of uids where datasources can come from elsewhere', () => {
    const boards = { 'a.json': dashboard('a', 'promotheus') };
    const without = stack(boards).replace(SECRET, configMap('other', { x: 'y' }));
    expect(said({ 'k8s/all.yaml': without })).toEqual([]);
    const patched = {
      'k8s/all.yaml': stack(boards),
      'k8s/kustomization.yaml':
        'resources: [all.yaml]\npatches:\n  - target: {kind: Deployment, name: grafana}\n    patch: "[]"\n',
    };
    expect(said(patched)).toEqual([]);
  });

  it('does not take one ConfigMap of two that have the name', () => {
    const text = stack({ 'a.json': dashboard('a', 'promotheus') });
    const other = configMap('boards', { 'b.json': dashboard('b') });
    expect(listed({ 'k8s/all.yaml': `${text}---\n${other}` })).toEqual({
      'k8s/all.yaml Deployment grafana': [],
    });
  });

  it('reads ConfigMaps in lists, and those of other manifests of the folder', () => {
    const boards = indented(configMap('boards', { 'a.json': dashboard('a') }), 4).replace('   ', '  -');
    expect(
      listed({
        'k8s/grafana.yaml': [DEPLOYMENT, SECRET, configMap('providers', { 'p.yaml': PROVIDERS })].join(
          '---\n',
        ),
        'k8s/boards.yaml': `apiVersion: v1\nkind: ConfigMapList\nitems:\n${boards}`,
      }),
    ).toEqual({ 'k8s/grafana.yaml Deployment grafana': ['a in Services'] });
  });

  it('lists what a sidecar in the pod finds by its label, in the folder of the annotation', () => {
    const sidecar = `
        - name: sidecar
          image: kiwigrid/k8s-sidecar:1.30.0
          env:
            - {name: LABEL, value: board}
            - {name: LABEL_VALUE, value: "yes"}
            - {name: FOLDER, value: /boards}
            - {name: FOLDER_ANNOTATION, value: board-folder}
      volumes:`;
    const deployment = DEPLOYMENT.replace('\n      volumes:', sidecar).replace(
      '{name: boards, configMap: {name: boards}}',
      '{name: boards, emptyDir: {}}',
    );
    const providers = PROVIDERS.replace('path: /boards', 'path: /boards, foldersFromFilesStructure: true');
    const taken = configMap('one', { 'a.json': dashboard('a') }, 'board: "yes"').replace(
      /^data:/m,
      '  annotations: {board-folder: Team}\ndata:',
    );
    const other = configMap('two', { 'b.json': dashboard('b') }, 'board: "no"');
    const parts = [deployment, SECRET, configMap('providers', { 'p.yaml': providers }), taken, other];
    expect(listed({ 'k8s/all.yaml': parts.join('---\n') })).toMatchObject({
      'k8s/all.yaml Deployment grafana': ['a in Team'],
    });
  });
});

describe('ConfigMaps with the label of the chart', () => {
  const LABEL = 'grafana_dashboard: "1"';

  it('are read although nothing is known of their Grafana', () => {
    const broken = dashboard('a', 'whatever').replace('"up"', '"sum(up"');
    const found = said({ 'boards/a.yaml': configMap('a', { 'a.json': broken }, LABEL) });
    expect(found).toEqual([expect.stringMatching(/^boards\/a\.yaml:\d+:\d+ data query-syntax: /)]);
  });

  it('share uids only within what is applied together', () => {
    const a = configMap('a', { 'a.json': dashboard('same') }, LABEL);
    const b = configMap('b', { 'b.json': dashboard('same') }, LABEL);
    expect(said({ 'dev/a.yaml': a, 'prod/b.yaml': b })).toEqual([]);
    expect(said({ 'dev/a.yaml': a, 'dev/b.yaml': b })).not.toEqual([]);
    const inTeam = (name: string, text: string) =>
      text.replace('  labels:', `  namespace: ${name}\n  labels:`);
    expect(said({ 'dev/a.yaml': inTeam('one', a), 'dev/b.yaml': inTeam('two', b) })).toEqual([]);
    expect(said({ 'dev/a.yaml': a, 'dev/b.yaml': b.replace(LABEL, 'grafana_dashboard: other') })).toEqual([]);
  });

  it('share titles only where they may share a folder', () => {
    const titled = (uid: string) => dashboard(uid).replace(`Title ${uid}`, 'Same');
    const a = configMap('a', { 'a.json': titled('a') }, LABEL);
    const b = configMap('b', { 'b.json': titled('b') }, LABEL);
    const elsewhere = b.replace(/^data:/m, '  annotations: {grafana_folder: Team}\ndata:');
    expect(said({ 'k8s/a.yaml': a, 'k8s/b.yaml': b })).toEqual([
      expect.stringContaining('dashboard-title-duplicate'),
    ]);
    expect(said({ 'k8s/a.yaml': a, 'k8s/b.yaml': elsewhere })).toEqual([]);
  });

  it('leave templates of Helm alone', () => {
    const template = configMap('a', { 'a.json': '{{ .Files.Get "a.json" }}' }, LABEL);
    expect(said({ 'chart/templates/a.yaml': `{{ if .Values.on }}\n${template}{{ end }}\n` })).toEqual([]);
    const board = dashboard('a', 'x', 'sum(').replace('"P"', '"P {{ .Release.Name }}"');
    const text = configMap('a', { 'a.json': board }, LABEL);
    expect(said({ 'chart/Chart.yaml': 'name: x', 'chart/templates/a.yaml': text })).toEqual([]);
    expect(said({ 'plain/templates/a.yaml': text }).length).toBe(1);
  });
});

describe('a kustomization', () => {
  const GENERATOR = `
configMapGenerator:
  - name: boards
    files: [boards/a.json, renamed.json=boards/b.json]
    options: {labels: {grafana_dashboard: "1"}}
`;

  it('makes ConfigMaps of files, in which findings stand where they are', () => {
    const files = {
      'app/kustomization.yaml': GENERATOR,
      'app/boards/a.json': dashboard('a'),
      'app/boards/b.json': dashboard('b', 'x', 'sum('),
    };
    expect(listed(files)).toEqual({
      'app/kustomization.yaml ConfigMaps': ['a in General', 'b in General'],
    });
    expect(said(files)).toEqual([expect.stringMatching(/^app\/boards\/b\.json:\d+:\d+ data query-syntax: /)]);
  });

  it.each([
    ['generatorOptions', 'generatorOptions: {labels: {grafana_dashboard: "1"}}'],
    ['commonLabels', 'commonLabels: {grafana_dashboard: "1"}'],
    ['labels', 'labels: [{pairs: {grafana_dashboard: "1"}}]'],
  ])('labels them by %s', (_, line) => {
    const files = {
      'app/kustomization.yaml': `${line}\nconfigMapGenerator: [{name: boards, files: [a.json]}]\n`,
      'app/a.json': dashboard('a'),
    };
    expect(listed(files)).toEqual({ 'app/kustomization.yaml ConfigMaps': ['a in General'] });
  });

  it('gives a mounted ConfigMap its files, also from what it rests on', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [grafana.yaml]\n',
      'base/grafana.yaml': [DEPLOYMENT, SECRET, configMap('providers', { 'p.yaml': PROVIDERS })].join(
        '---\n',
      ),
      'overlays/dev/kustomization.yaml':
        'namespace: dev\nresources: [../../base]\nconfigMapGenerator: [{name: boards, files: [a.json]}]\n',
      'overlays/dev/a.json': dashboard('a', 'unknown-uid'),
    };
    expect(listed(files)).toEqual({
      'overlays/dev/kustomization.yaml Deployment grafana': ['a in Services'],
    });
    expect(said(files)[0]).toMatch(/^overlays\/dev\/a\.json:\d+:\d+ data datasource-uid-unknown/);
  });

  it('is not taken for provisioning beside its datasources', () => {
    expect(
      said({
        'app/datasources/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1beta1\nsecretGenerator: [{name: ds, files: [ds.yaml]}]\n',
        'app/datasources/ds.yaml': DATASOURCES,
      }),
    ).toEqual([]);
  });
});

it('tells of a fix inside of a manifest instead of making it', () => {
  const text = stack({ 'a.json': dashboard('a').replace('"a"', '"a b"') });
  const [finding] = checkTree(treeOf({ 'k8s/all.yaml': text })).findings;
  expect(finding).toMatchObject({ rule: 'dashboard-uid-invalid' });
  expect(finding?.fix).toBeUndefined();
  expect(finding?.suggestions?.join()).toContain('by hand');
  expect(planFixes(treeOf({ 'k8s/all.yaml': text }), { unsafe: true }).plan.files).toEqual([]);
});

describe('values of the Grafana chart', () => {
  const values = (dashboards: string, more = '') => `datasources:
  datasources.yaml:
    apiVersion: 1
    datasources:
      - name: Prometheus
        uid: prometheus
        type: prometheus
        url: http://prometheus:9090
        isDefault: true
dashboardProviders:
  dashboardproviders.yaml:
    apiVersion: 1
    providers:
      - name: default
        type: file
        folder: Services
        updateIntervalSeconds: 30
        options:
          path: /var/lib/grafana/dashboards/default
dashboards:
  default:
${dashboards}${more}`;
  const json = (uid: string, datasource?: string, expr?: string) =>
    `    ${uid}:\n      json: |\n${indented(dashboard(uid, datasource, expr), 8)}\n`;

  it('list the dashboards that stand in them or in files of the chart', () => {
    const text = values(
      `${json('a')}    b:\n      file: boards/b.json\n    c:\n      gnetId: 1860\n      datasource: Prometheus\n`,
    );
    expect(listed({ 'grafana/values.yaml': text, 'grafana/boards/b.json': dashboard('b') })).toEqual({
      'grafana/values.yaml': ['a in Services', 'b in Services'],
    });
  });

  it('know uids to be unknown, at the line in the values', () => {
    const text = values(json('a', 'promotheus'));
    const line = text.split('\n').findIndex((candidate) => candidate.includes('"datasource": {')) + 1;
    expect(said({ 'grafana/values.yaml': text })[0]).toMatch(
      new RegExp(`^grafana/values\\.yaml:${line}:\\d+ data datasource-uid-unknown`),
    );
  });

  it.each([
    ['a sidecar can bring more', values(json('a', 'x'), 'sidecar: {datasources: {enabled: true}}\n')],
    ['a chart is around this one', `grafana:\n${indented(values(json('a', 'x')), 2)}`],
    [
      'a secret brings more',
      values(json('a', 'x'), 'extraSecretMounts: [{mountPath: /etc/grafana/provisioning/datasources}]\n'),
    ],
    [
      'braces are filled in first',
      values(json('a', 'x')).replace('uid: prometheus', "uid: '{{ .Values.uid }}'"),
    ],
  ])('say nothing of uids where %s', (_, text) => {
    expect(said({ 'grafana/values.yaml': text })).toEqual([]);
  });

  it.each(['values-prod.yaml', 'secrets.yaml', 'prod.values.yaml', 'values.enc.yaml', 'values.yaml.gotmpl'])(
    'say nothing of uids where %s can be laid over them',
    (name) => {
      expect(said({ 'grafana/values.yaml': values(json('a', 'x')), [`grafana/${name}`]: 'a: b\n' })).toEqual(
        [],
      );
    },
  );

  it('say nothing of uids where another file of values is laid over them', () => {
    const files = {
      'grafana/values.yaml': values(json('a', 'x')),
      'grafana/values-prod.yaml': values(json('b')),
    };
    expect(said(files)).toEqual([]);
  });

  it.each([
    ['HelmRelease', (text: string) => `spec:\n  values:\n${indented(text, 4)}`],
    [
      'Application',
      (text: string) => `spec:\n  sources:\n    - helm:\n        values: |\n${indented(text, 10)}`,
    ],
    [
      'Application',
      (text: string) => `spec:\n  source:\n    helm:\n      valuesObject:\n${indented(text, 8)}`,
    ],
  ])('are read in a %s, each place as it is there', (kind, spec) => {
    const text = `---\napiVersion: x/v1\nkind: ${kind}\nmetadata: {name: grafana}\n${spec(values(json('a', 'prometheus', 'sum(up')))}`;
    const line = text.split('\n').findIndex((candidate) => candidate.includes('sum(up')) + 1;
    expect(said({ 'apps/grafana.yaml': text })).toEqual([
      expect.stringMatching(new RegExp(`^apps/grafana\\.yaml:${line}:\\d+ data query-syntax: `)),
    ]);
  });

  it('are mended where they stand', () => {
    const text = values(json('a'));
    const { plan } = planFixes(
      treeOf({ 'grafana/values.yaml': text.replace('        uid: prometheus\n', '') }),
    );
    expect(plan.files.map(({ path, after }) => [path, after])).toEqual([['grafana/values.yaml', text]]);
  });
});

describe('what another tool fills in first is not judged', () => {
  it.each([
    ['Jinja', '{% raw %}\n{"uid": "a"}\n{% endraw %}'],
    ['a template in the place of a value', '{\n"uid": {{ .Values.uid }},\n"title": "A"}'],
    ['a template in the place of the whole', '{{ .Files.Get "a.json" | nindent 4 }}'],
  ])('%s', (_, text) => {
    expect(said({ 'k8s/a.yaml': configMap('a', { 'a.json': text }, 'grafana_dashboard: "1"') })).toEqual([]);
  });

  it('variables that Flux fills in, unless it is told to leave them', () => {
    const board = dashboard('a', '${DATASOURCE}', 'sum(');
    const text = configMap('a', { 'a.json': board }, 'grafana_dashboard: "1"');
    expect(said({ 'k8s/a.yaml': text })).toEqual([]);
    const left = text.replace(
      /^data:/m,
      '  annotations: {kustomize.toolkit.fluxcd.io/substitute: disabled}\ndata:',
    );
    expect(said({ 'k8s/a.yaml': left }).length).toBeGreaterThan(0);
  });

  it('kustomizations that take in each other', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `l${at}/kustomization.yaml`,
        `resources: [../l${at + 1}, ../m${at + 1}]\ncommonLabels: {app: grafana}\n`,
      ]),
    );
    const others = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path.replace('l', 'm'), text]),
    );
    const circle = {
      'c/kustomization.yaml': 'resources: [../d]\n',
      'd/kustomization.yaml': 'resources: [../c]\n',
    };
    expect(said({ ...files, ...others, ...circle })).toEqual([]);
  });

  it('names with variables', () => {
    const text = stack({ 'a.json': dashboard('a', 'promotheus') }).replaceAll(
      'name: grafana\n',
      'name: $APP-grafana\n',
    );
    expect(said({ 'k8s/all.yaml': text })).toEqual([]);
  });
});

it('takes the version of Grafana from the image that a kustomization names', () => {
  const { workspaces } = checkTree(
    treeOf({
      'k8s/kustomization.yaml':
        'resources: [all.yaml]\nimages: [{name: grafana/grafana, newName: mirror/grafana/grafana, newTag: 11.3.0}]\n',
      'k8s/all.yaml': stack({ 'a.json': dashboard('a') }),
    }),
  );
  expect(workspaces[0]?.grafana.version).toMatchObject({ major: 11, minor: 3 });
});

describe('templates of a Helm chart', () => {
  const template = (body: string) =>
    `{{- if .Values.on }}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels: {grafana_dashboard: "1"}\ndata:\n${body}\n{{- end }}\n`;
  const files = {
    'chart/Chart.yaml': 'name: x\n',
    'chart/boards/a.json': dashboard('a', 'x', 'sum('),
    'chart/boards/b.json': dashboard('b'),
    'chart/other/c.json': dashboard('c'),
  };

  it.each([
    ['one by one', '  a.json: |-\n{{ .Files.Get "boards/a.json" | indent 4 }}'],
    ['by a pattern', '{{ (.Files.Glob "boards/*.json").AsConfig | indent 2 }}'],
    [
      'in a loop',
      '{{ range $path, $_ := .Files.Glob "boards/a.json" }}\n  {{ base $path }}: |-\n{{ $.Files.Get $path | indent 4 }}\n{{ end }}',
    ],
  ])('take dashboards of files %s', (_, body) => {
    expect(said({ ...files, 'chart/templates/boards.yaml': template(body) })).toEqual([
      expect.stringMatching(/^chart\/boards\/a\.json:\d+:\d+ data query-syntax/),
    ]);
  });

  it.each([
    ['fill them in', '{{ tpl (.Files.Get "boards/a.json") . | indent 4 }}'],
    ['change them', '{{ .Files.Get "boards/a.json" | replace "a" "b" | indent 4 }}'],
    ['name them by a value', '{{ .Files.Get .Values.board | indent 4 }}'],
  ])('give nothing where they %s', (_, body) => {
    expect(said({ ...files, 'chart/templates/boards.yaml': template(body) })).toEqual([]);
  });
});
