/** A tree as texts by path. */
export type Texts = Readonly<Record<string, string>>;

/** A stack without fault: two datasources that know each other, two providers, three dashboards. */
export const FAULTLESS: Texts = {
  'compose.yaml': `services:
  grafana:
    image: grafana/grafana:13.0.1
    volumes:
      - ./provisioning:/etc/grafana/provisioning:ro
      - ./dashboards:/dashboards:ro
`,
  'provisioning/datasources/ds.yaml': `# Where the data is.
apiVersion: 1
datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    access: proxy
    url: http://prometheus:9090
    isDefault: true
  - name: Loki
    uid: loki
    type: loki
    url: http://loki:3100
    jsonData:
      derivedFields:
        - name: trace
          matcherRegex: trace=(\\w+)
          url: '$\${__value.raw}'
`,
  'provisioning/dashboards/p.yaml': `apiVersion: 1
providers:
  - name: first
    folder: First
    type: file
    updateIntervalSeconds: 30
    options:
      path: /dashboards/first
  - name: second
    folder: Second
    type: file
    updateIntervalSeconds: 30
    options:
      path: /dashboards/second
`,
  'dashboards/first/a.json': dashboard('a', 'A', 'prometheus', 'up'),
  'dashboards/first/b.json': dashboard('b', 'B', 'loki', '{job="x"}'),
  'dashboards/second/c.json': dashboard('c', 'C', 'prometheus', 'up'),
};

const DS = 'provisioning/datasources/ds.yaml';
const P = 'provisioning/dashboards/p.yaml';
const A = 'dashboards/first/a.json';
const B = 'dashboards/first/b.json';
const C = 'dashboards/second/c.json';

/** Ways to break the tree; where one finds nothing to break (another was there before), the tree stays. */
export const MISTAKES: Readonly<Record<string, (tree: Texts) => Texts>> = {
  'uid line dropped': edit(DS, '    uid: prometheus\n', ''),
  'both uid lines dropped': (tree) =>
    edit(DS, '    uid: loki\n', '')(edit(DS, '    uid: prometheus\n', '')(tree)),
  'datasource uid changed': edit(DS, 'uid: loki', 'uid: logs'),
  'datasource uid illegal': edit(DS, 'uid: prometheus', 'uid: my prometheus'),
  'no apiVersion for datasources': edit(DS, 'apiVersion: 1\n', ''),
  'quoted apiVersion for providers': edit(P, 'apiVersion: 1', 'apiVersion: "1"'),
  'upper-case ending of the providers': rename(P, 'provisioning/dashboards/p.YAML'),
  'lost dollar': edit(DS, '$${__value', '${__value'),
  'misspelled key': edit(DS, 'isDefault', 'is_default'),
  'default as a word': edit(DS, 'isDefault: true', 'isDefault: "yes"'),
  'unknown access': edit(DS, 'access: proxy', 'access: server'),
  'short interval': edit(P, 'updateIntervalSeconds: 30', 'updateIntervalSeconds: 5'),
  'interval with a unit': edit(P, 'updateIntervalSeconds: 30', 'updateIntervalSeconds: 30s'),
  'wrong path': edit(P, '/dashboards/first', '/var/lib/grafana/dashboards'),
  'misspelled path': edit(P, '/dashboards/second', '/dashboards/secnd'),
  'one provider name twice': edit(P, 'name: second', 'name: first'),
  'folder General': edit(P, 'folder: First', 'folder: General'),
  'unknown provider type': edit(P, 'type: file', 'type: git'),
  'dashboard without title': edit(A, '"title": "A"', '"title": ""'),
  'dashboard uid illegal': edit(B, '"uid": "b"', '"uid": "b/b"'),
  'dashboard uid too long': edit(B, '"uid": "b"', `"uid": "${'b'.repeat(60)}"`),
  'dashboard uid twice': edit(C, '"uid": "c"', '"uid": "a"'),
  'title twice in a folder': edit(B, '"title": "B"', '"title": "A"'),
  'file copied': (tree) => ({
    ...tree,
    ...(tree[A] === undefined ? {} : { 'dashboards/first/a2.json': tree[A] }),
  }),
  'wrapped by the API': (tree) => {
    const text = tree[C];
    return text === undefined ? tree : { ...tree, [C]: `{"dashboard": ${text.trim()}, "meta": {}}\n` };
  },
  'byte order mark': (tree) => (tree[A] === undefined ? tree : { ...tree, [A]: `\uFEFF${tree[A]}` }),
  'comma too much': edit(A, ']\n}', '],\n}'),
  comment: edit(B, '{', '{ // mine'),
  'upper-case ending of a dashboard': rename(C, 'dashboards/second/c.JSON'),
  'references by name': replaceAll(A, '{"type":"prometheus","uid":"prometheus"}', '"Prometheus"'),
  'unfilled input': (tree) =>
    replaceAll(
      C,
      '"uid":"prometheus"',
      '"uid":"${DS_PROM}"',
    )(
      edit(
        C,
        '{\n',
        '{\n  "__inputs": [{"name": "DS_PROM", "type": "datasource", "pluginId": "prometheus"}],\n',
      )(tree),
    ),
};

function edit(path: string, from: string, to: string): (tree: Texts) => Texts {
  return (tree) => {
    const text = tree[path];
    return text?.includes(from) ? { ...tree, [path]: text.replace(from, () => to) } : tree;
  };
}

function replaceAll(path: string, from: string, to: string): (tree: Texts) => Texts {
  return (tree) =>
    tree[path] === undefined ? tree : { ...tree, [path]: tree[path].replaceAll(from, () => to) };
}

function rename(from: string, to: string): (tree: Texts) => Texts {
  return (tree) => {
    const { [from]: text, ...others } = tree;
    return text === undefined ? tree : { ...others, [to]: text };
  };
}

function dashboard(uid: string, title: string, type: string, expr: string): string {
  const datasource = JSON.stringify({ type, uid: type });
  return `{
  "uid": "${uid}",
  "title": "${title}",
  "schemaVersion": 39,
  "panels": [
    {
      "id": 1,
      "title": "Panel",
      "type": "timeseries",
      "gridPos": {"x": 0, "y": 0, "w": 24, "h": 8},
      "datasource": ${datasource},
      "targets": [{"refId": "A", "datasource": ${datasource}, "expr": ${JSON.stringify(expr)}}]
    }
  ]
}
`;
}
