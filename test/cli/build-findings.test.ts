import { describe, expect, it } from 'vitest';
import { definition, makeWorkspace, type TestWorkspace } from './workspace.ts';

/** `rule file: message` of each finding. */
async function findingsOf(workspace: TestWorkspace): Promise<string[]> {
  const { exitCode, stdout, stderr } = await workspace.panelproof('build', '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string; message: string }[] };
  return findings.map(({ rule, file, message }) => `${rule} ${file}: ${message}`);
}

const YAML = 'provisioning/datasources/datasources.yaml';
const one = (name: string, more = '') =>
  `  - name: ${name}\n    type: prometheus\n    url: http://p:9090\n${more}`;
const head = 'apiVersion: 1\ndatasources:\n';
const others =
  '  - { name: Loki, uid: loki, type: loki, url: "http://l:3100" }\n  - { name: Tempo, uid: tempo, type: tempo, url: "http://t:3200" }\n';

describe('what the rules say of definitions', () => {
  it('is said with the dashboard, the panel and the nearest right thing, and nothing is written', async () => {
    const workspace = makeWorkspace({
      'dashboards/lib/datasources.ts': [
        "import { datasource } from 'panelproof';",
        "export const prometheus = datasource('Promethius', 'prometheus');",
        "export const loki = datasource('Tempo', 'loki');",
        "export const right = datasource('Loki', 'loki');",
        '',
      ].join('\n'),
      'dashboards/a-typo.ts': definition('typo'),
      'dashboards/b-type.ts': definition('type', { query: 'loki.query(\'{job="x"}\')' }),
      'dashboards/c-language.ts': definition('language', { query: "right.query('rate(up[5m])')" }).replace(
        'loki, ',
        'loki, right, ',
      ),
      'dashboards/d-title.ts': definition('title', { title: '' }),
      'dashboards/e-uid.ts': definition('no blanks, please'),
      'dashboards/f-twice.ts': definition('twice'),
      'dashboards/g-twice.ts': definition('twice'),
      'dashboards/h-list.ts': definition('list')
        .replace('export default dashboard({', 'const make = (title: string) => dashboard({')
        .replace('title: "Dashboard list"', 'title')
        .concat("export default [make('One'), make('Two')];\n"),
    });
    const said = await findingsOf(workspace);
    expect(said).toEqual(
      expect.arrayContaining([
        'datasource-unknown-name dashboards/lib/datasources.ts: Unknown datasource "Promethius", nearest is "Prometheus"',
        'datasource-unknown-name dashboards/lib/datasources.ts: Expected datasource "Tempo" to be of type loki, as the definition says; it is provisioned with type tempo',
        'query-language-mismatch dashboards/c-language.ts: Wrong datasource for a PromQL query: it goes to one that takes LogQL (panel "Up")',
        'dashboard-title-missing dashboards/d-title.ts: Expected the dashboard to have a title, found ""',
        expect.stringMatching(/^dashboard-uid-invalid dashboards\/e-uid.ts: .*no blanks, please/),
        'dashboard-uid-duplicate dashboards/g-twice.ts: Duplicate dashboard uid "twice": it is defined by dashboards/f-twice.ts too, and both would be provisioning/dashboards/general/twice.json',
        'dashboard-uid-duplicate dashboards/h-list.ts: Duplicate dashboard uid "list": it is defined twice there, and both would be provisioning/dashboards/general/list.json',
      ]),
    );
    // Six definitions import the wrong name; it is wrong in one place.
    expect(said.filter((text) => text.includes('Promethius'))).toHaveLength(1);
    expect(workspace.exists('provisioning/dashboards/general')).toBe(false);
  });

  it('stands at the uid when that is wrong', async () => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('no blanks') });
    const { stdout } = await workspace.panelproof('build');
    expect(stdout).toMatch(
      /^dashboards\/a\.ts:\d+:\d+ {2}load {2}dashboard-uid-invalid\n.*\n.*\n *> .*"no blanks"/m,
    );
  });

  it('stands where the wrong text is written, if that is one place', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts': definition('a', { query: "prometheus.query('sum(up')" }),
      'dashboards/b.ts': definition('B'),
      'dashboards/c.ts': definition('b'),
    });
    const { stdout } = await workspace.panelproof('build');
    expect(stdout).toMatch(/^dashboards\/a.ts:.*query-syntax[^>]*\n.*\n *> .*'sum\(up'.*\n.*\| +\^{8}$/m);
    expect(stdout).toMatch(
      /^dashboards\/c.ts:\d+:\d+ .*\n {2}Duplicate dashboard uid "b", letter case aside: /m,
    );
  });

  it('does not include datasources of a file that cannot be read, nor folders that stay empty for a bad definition', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts': definition('a'),
      [YAML]: 'apiVersion: 1\ndatasources:\n\t- name: Prometheus\n',
    });
    expect(await findingsOf(workspace)).toEqual([expect.stringMatching(/^provisioning-yaml-invalid /)]);
    const other = makeWorkspace({ 'dashboards/a.ts': 'export {};\n' });
    other.write({ 'provisioning/dashboards/general/.gitkeep': '' });
    expect(await findingsOf(other)).toEqual([expect.stringMatching(/^definition-failed /)]);
  });

  it('includes one uid in two folders', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts': definition('same'),
      'dashboards/b.ts': definition('same', { more: "folder: 'Two'," }),
    });
    workspace.write({
      'provisioning/dashboards/two.yaml':
        'apiVersion: 1\nproviders:\n  - name: two\n    folder: Two\n    type: file\n    options: { path: /etc/grafana/provisioning/dashboards/two }\n',
    });
    expect((await findingsOf(workspace)).join('\n')).toMatch(/dashboard-uid-duplicate dashboards\/[ab].ts/);
  });
});

describe('a folder without a provider', () => {
  it('is an error that prints the lines to add; with them it works', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts': definition('a', { more: 'folder: \'Team A: "x"\',' }),
      'dashboards/b.ts': definition('b'),
    });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Unknown folder "Team A: \\"x\\"": no provider puts dashboards there');
    expect(stdout).toContain('Add to provisioning/dashboards/providers.yaml:');
    const lines = /Add to .*\n((?:.+\n)+?)\n/.exec(stdout)?.[1]?.replace(/^ {2}/gm, '') ?? '';
    const yaml = workspace.read('provisioning/dashboards/providers.yaml');
    workspace.write({ 'provisioning/dashboards/providers.yaml': `${yaml}${lines}` });
    const mended = await workspace.panelproof('build');
    expect(mended.stdout).toContain('written    provisioning/dashboards/team-a-x/a.json');
    expect(mended.exitCode).toBe(0);
  });

  it('hides no other mistake of its dashboard, and makes none up', async () => {
    const wrong = { query: "prometheus.query('rate(up[5m)')" };
    const workspace = makeWorkspace({
      'dashboards/lib/datasources.ts': `import { datasource } from 'panelproof';
export const prometheus = datasource('Prometheus', 'prometheus');
export const loki = datasource('Lokki', 'loki');
`,
      'dashboards/a.ts': definition('a', { ...wrong, more: "folder: 'Team'," }),
      'dashboards/b.ts': definition('b', wrong),
      'dashboards/c.ts': definition('c', { more: "folder: 'Team'," }),
      'dashboards/d.ts': definition('d', { query: 'loki.query(\'{a="b"}\')', more: "folder: 'Team'," }),
      'dashboards/e.ts': definition('e', { query: 'loki.query(\'{a="b"}\')' }),
    });
    const found = await findingsOf(workspace);
    const of = (name: string) => found.filter((line) => line.includes(`dashboards/${name}.ts`));
    const mistakes = of('b').map((line) => line.replaceAll('dashboards/b.ts', 'dashboards/a.ts'));
    expect(mistakes).toHaveLength(1);
    expect(of('a')).toEqual(expect.arrayContaining(mistakes));
    expect(of('a')).toHaveLength(2);
    expect(of('c')).toEqual([expect.stringMatching(/^folder-without-provider dashboards\/c.ts: /)]);
    expect(found.filter((line) => line.includes('Lokki'))).toHaveLength(1);
    expect(found).toHaveLength(6);
    expect(workspace.exists('provisioning/dashboards/a.json')).toBe(false);
  });

  it('is one too where there is no provisioning at all', async () => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a'), provisioning: undefined });
    const { exitCode, stdout } = await workspace.panelproof('build');
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'Add to provisioning/dashboards/providers.yaml:\n  apiVersion: 1\n  providers:\n',
    );
  });
});

describe('what the rules say of datasources', () => {
  it.each([
    [
      'a tab',
      `${head}${one('Prometheus')}\tuid: prometheus\n${others}`,
      /^provisioning-yaml-invalid .*tab/im,
    ],
    [
      'a duplicate key',
      `${head}${one('Prometheus', '    name: Again\n')}${others}`,
      /^provisioning-yaml-invalid /m,
    ],
    [
      'a duplicate name',
      `${head}${one('Prometheus', '    uid: a\n')}${one('Prometheus', '    uid: b\n')}${others}`,
      /^datasource-invalid .*"Prometheus"/m,
    ],
    ['no uid', `${head}${one('Prometheus')}${others}`, /^datasource-uid-missing .*Prometheus/m],
    [
      'two defaults',
      `${head}${one('Prometheus', '    uid: a\n    isDefault: true\n')}${one('Second', '    uid: b\n    isDefault: true\n')}${others}`,
      /^datasource-invalid .*default/m,
    ],
  ])('covers %s: nothing is written, and the YAML is named', async (_, yaml, expected) => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a'), [YAML]: yaml });
    const said = (await findingsOf(workspace)).join('\n');
    expect(said).toMatch(expected);
    expect(said).toContain(YAML);
    expect(workspace.exists('provisioning/dashboards/general')).toBe(false);
  });
});
