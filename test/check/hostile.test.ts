import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { check, checkTree } from '../../src/doctor/check.ts';
import { treeOf } from '../../src/load/tree-of.ts';
import { jsonReport } from '../../src/report/json.ts';
import { prettyReport } from '../../src/report/pretty.ts';
import { sarifReport } from '../../src/report/sarif.ts';
import { cpuSeconds } from '../cpu-seconds.ts';
import fc from '../fast-check.ts';

const PROVIDER = `apiVersion: 1
providers:
  - {name: all, type: file, updateIntervalSeconds: 30, options: {path: /etc/grafana/provisioning/dashboards}}
`;
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function onDisk(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-hostile-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({ 'provisioning/dashboards/p.yaml': PROVIDER, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Checks a tree and prints what was found in every way, so that reports meet hostile input too. */
function checked(root: string): string[] {
  const { findings, files } = check({ root, style: true });
  prettyReport(findings, files, { color: true });
  sarifReport(findings, files);
  return jsonReport(findings, files).findings.map(({ rule }) => rule);
}

describe('hostile input gives a finding or nothing, in bounded time', () => {
  it('a dashboard of 50 MB', () => {
    const panels = Array.from({ length: 12 }, (_, id) => ({
      id,
      type: 'stat',
      title: 'x'.repeat(4_000_000),
    }));
    const root = onDisk({
      'provisioning/dashboards/big.json': JSON.stringify({ uid: 'u', title: 'T', panels }),
    });
    expect(checked(root)).not.toContain('json-invalid');
  }, 120_000);

  it('a file of a megabyte with thousands of findings', () => {
    const panels = Array.from({ length: 3000 }, (_, id) => ({
      id,
      type: 'stat',
      title: 'x'.repeat(200),
      datasource: { type: 'prometheus', uid: 'p' },
      targets: [{ refId: 'A', expr: `sum(a${id}` }],
    }));
    const root = onDisk({
      'provisioning/dashboards/wrong.json': JSON.stringify({ uid: 'u', title: 'T', panels }, undefined, 2),
    });
    let rules: readonly string[] = [];
    expect(
      cpuSeconds(() => {
        rules = checked(root);
      }),
    ).toBeLessThan(20);
    expect(rules.filter((rule) => rule === 'query-syntax')).toHaveLength(3000);
  }, 120_000);

  it('100,000 files', () => {
    const many = Array.from({ length: 100_000 }, (_, file) => [`many/${file % 100}/${file}`, ''] as const);
    const tree = treeOf({ 'provisioning/dashboards/p.yaml': PROVIDER, ...Object.fromEntries(many) });
    expect(cpuSeconds(() => checkTree(tree))).toBeLessThan(20);
  }, 120_000);

  it('more files than are looked at, and says so', () => {
    const file = { name: 'x', kind: 'file', isLink: false } as const;
    const tree = treeOf({});
    const many = { ...tree, list: (path: string) => (path === '' ? Array(1_000_000).fill(file) : []) };
    expect(checkTree(many).isCut).toBe(true);
    expect(checkTree(tree).isCut).toBe(false);
  }, 120_000);

  it('links that go in circles or lead out of the tree', () => {
    const root = onDisk({ 'provisioning/dashboards/a.json': '{"uid": "a", "title": "A"}' });
    const outside = onDisk({ 'secret.json': '{"uid": "b", "title": "A secret title"}' });
    symlinkSync('.', join(root, 'provisioning/dashboards/loop'));
    symlinkSync(join(outside, 'secret.json'), join(root, 'provisioning/dashboards/out.json'));
    symlinkSync('gone.json', join(root, 'provisioning/dashboards/dangling.json'));
    const { workspaces } = check({ root });
    expect(workspaces.flatMap(({ dashboards }) => dashboards.map(({ title }) => title))).toEqual(['A']);
  });

  it('binary files, invalid UTF-8, UTF-16 and names with line breaks', () => {
    const root = onDisk({
      'provisioning/dashboards/binary.json': Buffer.from([0, 1, 2, 255, 254, 0]),
      'provisioning/dashboards/utf16.json': Buffer.from('\uFEFF{"title": "T"}', 'utf16le'),
      'provisioning/dashboards/latin1.json': Buffer.from('{"uid": "l", "title": "caf\xe9"}', 'latin1'),
      'provisioning/dashboards/line\nbreak.json': '{',
    });
    expect(checked(root).filter((rule) => rule === 'json-invalid')).toHaveLength(3);
  });

  it('keys named __proto__ and constructor', () => {
    const hostile =
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "title": "T", "uid": "u", "panels": [{"__proto__": {"type": "row"}, "type": "__proto__"}]}';
    checked(
      onDisk({
        'provisioning/dashboards/a.json': hostile,
        'provisioning/datasources/a.yaml':
          'apiVersion: 1\n__proto__: {polluted: 1}\ndatasources:\n  - {name: __proto__, uid: constructor, type: toString, __proto__: {polluted: 1}}\n',
        'compose.yaml':
          'services:\n  __proto__: {image: grafana/grafana}\n  constructor: {image: grafana/grafana:12.2.0, environment: {__proto__: x}}\n',
      }),
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('an alias bomb in every file that is YAML', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`),
    ].join('\n');
    const root = onDisk({
      'compose.yaml': `services:\n  grafana: {image: grafana/grafana, volumes: ["./provisioning:/etc/grafana/provisioning"]}\n${bomb}\n`,
      'provisioning/datasources/a.yaml': `apiVersion: 1\n${bomb}\n`,
      'provisioning/dashboards/b.yaml': `apiVersion: 1\n${bomb}\n`,
      'prometheus.yml': `scrape_configs: []\n${bomb}\n`,
    });
    expect(cpuSeconds(() => checked(root))).toBeLessThan(5);
  });

  it('JSON nested 100,000 deep and expressions of a megabyte', () => {
    const deep = `${'{"panels":['.repeat(50_000)}${']}'.repeat(50_000)}`;
    const expr = `sum(${'rate(x[1m]) + '.repeat(70_000)}1)`;
    checked(
      onDisk({
        'provisioning/dashboards/deep.json': `{"uid": "d", "title": "D", "panels": [${deep}]}`,
        'provisioning/dashboards/long.json': JSON.stringify({
          uid: 'l',
          title: 'L',
          panels: [{ type: 'stat', targets: [{ expr, datasource: { type: 'prometheus', uid: 'p' } }] }],
        }),
        'provisioning/datasources/d.yaml':
          'apiVersion: 1\ndatasources: [{name: P, uid: p, type: prometheus}]\n',
      }),
    );
  }, 120_000);
});

describe('any bytes at all', () => {
  const yamlish = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.stringMatching(
      /^(?:(?:apiVersion|datasources|providers|services|image|volumes|uid|name)?[:\-[\]{} \n"'&*!|>#]{1,4}){0,20}$/,
    ),
  );
  const dashboardish = fc.oneof(
    fc.string(),
    fc.json({ maxDepth: 6 }),
    fc
      .record(
        {
          uid: fc.jsonValue(),
          title: fc.jsonValue(),
          panels: fc.array(
            fc.record(
              {
                type: fc.jsonValue(),
                gridPos: fc.jsonValue(),
                datasource: fc.jsonValue(),
                targets: fc.jsonValue(),
                fieldConfig: fc.jsonValue(),
              },
              { requiredKeys: [] },
            ),
          ),
          templating: fc.jsonValue(),
          annotations: fc.jsonValue(),
          rows: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  );

  it('never make the checker throw', () => {
    fc.assert(
      fc.property(yamlish, yamlish, yamlish, dashboardish, (compose, datasources, providers, dashboard) => {
        const tree = treeOf({
          'compose.yaml': compose,
          'provisioning/datasources/ds.yaml': `apiVersion: 1\n${datasources}`,
          'provisioning/dashboards/p.yaml': providers,
          'provisioning/dashboards/q.yaml': PROVIDER,
          'provisioning/dashboards/d.json': dashboard,
          'prometheus.yml': providers,
          'metrics.ts': `export const catalogue = { catalogueVersion: 1, ${datasources}`,
        });
        const { findings, files } = checkTree(tree, { style: true });
        prettyReport(findings, files);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
    );
  }, 120_000);
});
