import { describe, expect, it } from 'vitest';
import { printLock } from './generated-lock.ts';
import { treeOf } from './tree-of.ts';
import { loadWorkspaces } from './workspaces.ts';

const PROVIDER = `apiVersion: 1
providers:
  - name: general
    type: file
    options: {path: /etc/grafana/provisioning/dashboards/general}
`;

function load(files: Record<string, string | Buffer>) {
  const [workspace] = loadWorkspaces(
    treeOf({ 'provisioning/dashboards/p.yaml': PROVIDER, ...prefixed(files) }),
  ).workspaces;
  if (!workspace) throw new Error('no workspace');
  return workspace;
}

const prefixed = (files: Record<string, string | Buffer>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`provisioning/${path}`, text]));

const board = (inside: object) => JSON.stringify({ uid: 'u', title: 'T', ...inside });

describe('datasources', () => {
  it('without a uid get the one that Grafana makes from the name', () => {
    const { datasources } = load({
      'datasources/ds.yaml': 'apiVersion: 1\ndatasources:\n  - {name: Prometheus, type: prometheus}\n',
    });
    expect(datasources.map(({ uid, effectiveUid }) => [uid, effectiveUid])).toEqual([
      [undefined, 'PBFA97CFB590B2093'],
    ]);
  });

  it.each(['utf16le', 'UTF-16BE'])('are read from %s too, as Grafana reads them', (encoding) => {
    const text = '\uFEFFapiVersion: 1\ndatasources:\n  - {name: Prometheus, uid: prometheus}\n';
    const bytes = Buffer.from(text, 'utf16le');
    const { datasources, datasourceFiles } = load({
      'datasources/ds.yaml': encoding === 'utf16le' ? bytes : bytes.swap16(),
    });
    expect(datasources.map(({ name, uid }) => [name, uid])).toEqual([['Prometheus', 'prometheus']]);
    expect(datasourceFiles[0]?.file.syntaxErrors).toEqual([]);
  });

  it('have no uid in a file without apiVersion, whatever it says', () => {
    const { datasources } = load({
      'datasources/ds.yaml': 'datasources:\n  - {name: Prometheus, uid: prometheus}\n',
    });
    expect(datasources[0]?.effectiveUid).toBe('PBFA97CFB590B2093');
  });

  it('come from files in order of their names, and only from .yaml and .yml directly in the folder', () => {
    const named = (name: string) => `apiVersion: 1\ndatasources: [{name: ${name}, uid: ${name}}]\n`;
    const { datasources } = load({
      'datasources/b.yml': named('b'),
      'datasources/a.yaml': named('a'),
      'datasources/c.yaml.bak': named('c'),
      'datasources/sub/d.yaml': named('d'),
    });
    expect(datasources.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('are read as far as they can be; what is wrong is named with its place', () => {
    const { datasources, datasourceFiles } = load({
      'datasources/ds.yaml': 'apiVersion: 1\ndatasources:\n  - {name: A, uid: a, isDefault: maybe}\n  - B\n',
    });
    expect(datasources.map(({ uid, isDefault }) => [uid, isDefault])).toEqual([['a', false]]);
    expect(datasourceFiles[0]?.shapeErrors.map(({ message }) => message)).toEqual([
      'Expected `isDefault` to be true or false, found "maybe"',
      'Expected `datasources.1` to be a mapping, found "B"',
    ]);
  });
});

describe('dashboards', () => {
  it('are what the providers walk: .json files in any depth, not in dot folders', () => {
    const { walks, dashboards } = load({
      'dashboards/general/a.json': board({}),
      'dashboards/general/deep/b.json': board({ uid: 'b' }),
      'dashboards/general/.hidden/c.json': board({ uid: 'c' }),
      'dashboards/general/d.JSON': board({ uid: 'd' }),
      'dashboards/general/e.json.bak': board({ uid: 'e' }),
      'elsewhere/f.json': board({ uid: 'f' }),
    });
    expect(dashboards.map(({ uid }) => uid)).toEqual(['u', 'b']);
    expect(walks[0]?.skipped.map(({ path, why }) => [path.split('/').at(-1), why])).toEqual([
      ['.hidden', 'dot-folder'],
      ['d.JSON', 'upper-case-ending'],
    ]);
  });

  it('know which definition they come from by the lock file', () => {
    const lock = printLock({ 'dashboards/general/a.json': { definition: 'dashboards/a.ts', sha256: 'x' } });
    const { dashboards } = load({ 'dashboards/general/a.json': board({}), 'generated.lock': lock });
    expect(dashboards[0]?.origin).toEqual({ kind: 'definition', file: 'dashboards/a.ts' });
  });

  it('know it also where Grafana has only parts of the provisioning folder mounted', () => {
    const lock = printLock({ 'dashboards/general/a.json': { definition: 'dashboards/a.ts', sha256: 'x' } });
    const { workspaces } = loadWorkspaces(
      treeOf({
        'compose.yaml':
          'services: {g: {image: grafana/grafana, volumes: ["./p/dashboards:/etc/grafana/provisioning/dashboards"]}}',
        'p/dashboards/p.yaml': PROVIDER,
        'p/dashboards/general/a.json': board({}),
        'p/generated.lock': lock,
      }),
    );
    expect(workspaces[0]?.dashboards.map(({ origin }) => origin)).toEqual([
      { kind: 'definition', file: 'dashboards/a.ts' },
    ]);
  });

  it('have the panels inside rows, new and old, and do not query rows', () => {
    const { dashboards } = load({
      'dashboards/general/a.json': board({
        panels: [
          {
            type: 'row',
            title: 'R',
            datasource: { uid: 'dead' },
            panels: [{ type: 'stat', title: 'folded' }],
          },
          { type: 'stat', title: 'open' },
        ],
        rows: [{ panels: [{ type: 'graph', title: 'old' }] }],
      }),
    });
    const [dashboard] = dashboards;
    expect(dashboard?.panels.map(({ title, collapsed }) => [title, collapsed])).toEqual([
      ['folded', true],
      ['open', false],
      ['old', false],
    ]);
    expect(dashboard?.datasourceUses).toEqual([]);
  });

  const language = (
    panel: object,
    datasources = '[{name: P, uid: p, type: prometheus}, {name: L, uid: l, type: loki}]',
  ) =>
    load({
      'datasources/ds.yaml': `apiVersion: 1\ndatasources: ${datasources}\n`,
      'dashboards/general/a.json': board({ panels: [panel] }),
    }).dashboards[0]?.panels[0]?.queries[0]?.language;

  it("take a query's language from the datasource it really goes to", () => {
    const query = (uid: string) => ({ targets: [{ expr: 'up', datasource: { uid } }] });
    expect(language({ type: 'stat', ...query('l') })).toBe('logql');
    expect(language({ type: 'stat', datasource: { uid: 'p' }, ...query('l') })).toBe('promql');
    expect(language({ type: 'stat', datasource: { uid: '-- Mixed --' }, ...query('l') })).toBe('logql');
    expect(language({ type: 'stat', datasource: { uid: 'dead' }, ...query('l') })).toBe('logql');
    expect(language({ type: 'stat', targets: [{ expr: 'up' }] })).toBe('unknown');
    expect(
      language(
        { type: 'stat', targets: [{ expr: 'up' }] },
        '[{name: L, uid: l, type: loki, isDefault: true}]',
      ),
    ).toBe('logql');
  });

  it('do not take MetricsQL for PromQL: only the URL tells what is behind the plugin', () => {
    const stat = { type: 'stat', targets: [{ expr: 'up', datasource: { type: 'prometheus', uid: 'v' } }] };
    const at = (url: string) => `[{name: V, uid: v, type: prometheus, url: "${url}"}]`;
    expect(language(stat, at('http://victoriametrics:8428'))).toBe('unknown');
    expect(language(stat, at('http://vmauth/select/0/prometheus'))).toBe('unknown');
    expect(language(stat, at('http://prometheus:9090'))).toBe('promql');
  });

  it('do not take the LogQL of SkyWalking, which has strings in single quotes, for that of Loki', () => {
    const logs = { type: 'logs', targets: [{ expr: '{}', datasource: { type: 'loki', uid: 'v' } }] };
    const at = (url: string) => `[{name: V, uid: v, type: loki, url: "${url}"}]`;
    expect(language(logs, at('http://oap:3100'))).toBe('unknown');
    expect(language(logs, at('http://loki:3100'))).toBe('logql');
  });

  it('of a type that is named like a property of every object speak no known language', () => {
    for (const type of ['constructor', 'toString', '__proto__']) {
      const stat = { type: 'stat', targets: [{ expr: 'up', datasource: { type, uid: 'v' } }] };
      expect(language(stat, `[{name: V, uid: v, type: ${type}, url: "http://v"}]`)).toBe('unknown');
    }
  });

  it('of any shape are read without an error', () => {
    for (const odd of [
      [],
      null,
      1,
      { panels: {} },
      { panels: [null, 1, []] },
      { templating: null, annotations: { list: {} } },
    ])
      expect(() => load({ 'dashboards/general/a.json': JSON.stringify(odd) })).not.toThrow();
  });
});

describe('the workspaces of a tree', () => {
  it('share one view of its files, so that git is asked once', () => {
    const service = 'services:\n  grafana:\n    image: grafana/grafana\n';
    const { workspaces } = loadWorkspaces(treeOf({ 'a/compose.yaml': service, 'b/compose.yaml': service }));
    expect(new Set(workspaces.map(({ files }) => files)).size).toBe(1);
    expect(workspaces).toHaveLength(2);
  });
});
