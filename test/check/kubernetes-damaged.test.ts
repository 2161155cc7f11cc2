import { it } from 'vitest';
import { checkTree } from '../../src/doctor/check.ts';
import { predict } from '../../src/doctor/predict.ts';
import { treeOf } from '../../src/load/tree-of.ts';
import { jsonReport } from '../../src/report/json.ts';
import fc from '../fast-check.ts';

const FILES: Readonly<Record<string, string>> = {
  'k8s/grafana.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: grafana
spec:
  selector: {matchLabels: {app: grafana}}
  template:
    spec:
      containers:
        - name: grafana
          image: grafana/grafana:12.2.0
          env: [{name: A, value: b}]
          volumeMounts:
            - {name: datasources, mountPath: /etc/grafana/provisioning/datasources}
            - {name: boards, mountPath: /boards, subPath: a.json}
        - name: sidecar
          image: kiwigrid/k8s-sidecar
          env:
            - {name: LABEL, value: grafana_dashboard}
            - {name: FOLDER, value: /boards}
      volumes:
        - name: datasources
          projected: {sources: [{secret: {name: ds, items: [{key: a, path: b}]}}]}
        - {name: boards, configMap: {name: boards}}
`,
  'k8s/boards.yaml': `apiVersion: v1
kind: ConfigMapList
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: boards
      labels: {grafana_dashboard: "1"}
      annotations: {folder: x}
    data:
      a.json: |
        {"uid": "a", "title": "A",
         "panels": [{"type": "graph", "targets": [{"expr": "up{"}]}]}
      b.json: '{}'
`,
  'k8s/kustomization.yaml': `resources: [grafana.yaml, boards.yaml, ../more]
images: [{name: grafana/grafana, newTag: 11.0.0}]
labels: [{pairs: {grafana_dashboard: "1"}}]
configMapGenerator:
  - name: made
    files: [a.json, x=b.json]
    options: {labels: {grafana_dashboard: "1"}}
patches: [{path: p.yaml}]
`,
  'k8s/a.json': '{"uid": "a"}',
  'grafana/values.yaml': `image: {tag: 11.0.0}
datasources:
  ds.yaml:
    apiVersion: 1
    datasources: [{name: A, uid: a, type: prometheus}]
dashboardProviders:
  p.yaml:
    apiVersion: 1
    providers: [{name: a, options: {path: /var/lib/grafana/dashboards/a}}]
dashboards:
  a:
    b:
      json: |
        {"uid": "b"}
    c: {file: c.json}
sidecar: {dashboards: {enabled: true, label: x, provider: {folder: y}}}
dashboardsConfigMaps: {a: boards}
extraConfigmapMounts: [{mountPath: /x, configMap: boards}]
`,
};

/** What takes the place of a piece of a line. */
const DAMAGES = [
  '',
  '[]',
  '{}',
  'null',
  '~',
  '"',
  '- ',
  ': ',
  '  ',
  '&a',
  '*a',
  '!!binary x',
  '1e999',
  '{{',
  '%',
  '\t',
  '|',
  '>-',
];

it('takes damaged manifests, kustomizations and values as they come', () => {
  const damage = fc.record({
    file: fc.constantFrom(...Object.keys(FILES)),
    line: fc.nat(60),
    from: fc.nat(40),
    length: fc.nat(20),
    by: fc.constantFrom(...DAMAGES),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const files = { ...FILES };
      for (const { file, line, from, length, by } of damages) {
        const lines = (files[file] ?? '').split('\n');
        const at = line % lines.length;
        const text = lines[at] ?? '';
        lines[at] = text.slice(0, from) + by + text.slice(from + length);
        files[file] = lines.join('\n');
      }
      const { findings, files: texts, workspaces } = checkTree(treeOf(files));
      jsonReport(findings, texts);
      for (const workspace of workspaces) predict(workspace);
    }),
    { numRuns: 100 },
  );
});
