import { describe, expect, test } from 'vitest';
import { sourceFile } from '../load/source-file.ts';
import { compareProvisioning, looksLikeProvisioning, provisioningEntries } from './compare-provisioning.ts';
import { printText } from './print-text.ts';

const LOKI = `apiVersion: 1
datasources:
  - name: Loki
    uid: loki
    type: loki
    url: http://loki:3100
`;
const PROVIDER = `apiVersion: 1
providers:
  - name: general
    folder: Dice
    options: { path: /etc/grafana/provisioning/dashboards/general }
`;

test.each([
  [
    'comments, order and quotes',
    '# new\napiVersion: 1\ndatasources:\n  - {"url": "http://loki:3100", type: loki, uid: loki, name: Loki}\n',
  ],
  [
    'what Grafana takes anyway',
    `${LOKI}    access: proxy\n    orgId: 1\n    isDefault: false\n    version: 3\n    jsonData: {}\n`,
  ],
])('%s are no change', (_, after) => {
  expect(told(LOKI, after)).toBe('no change');
});

test.each([
  ['uid', LOKI.replace('uid: loki', 'uid: logs'), 'uid: loki → logs'],
  ['URL', LOKI.replace('3100', '3101'), 'url: http://loki:3100 → http://loki:3101'],
  ['default', `${LOKI}    isDefault: true\n`, 'isDefault: default → on'],
  ['setting', `${LOKI}    jsonData:\n      maxLines: 500\n`, 'jsonData maxLines: default → 500'],
])('the %s of a datasource', (_, after, line) => {
  expect(told(LOKI, after)).toBe(`1 datasource changed\n~ datasource "Loki" (p/x.yaml)\n    ${line}`);
});

test('a renamed datasource is known by its uid', () => {
  expect(told(LOKI, LOKI.replace('name: Loki', 'name: Logs'))).toBe(
    '1 datasource renamed\n~ datasource "Logs" (p/x.yaml)\n    renamed: Loki → Logs',
  );
});

test('one that came, one that went and one to be deleted', () => {
  const after = `apiVersion: 1\ndeleteDatasources:\n  - name: Loki\ndatasources:\n  - {name: Tempo, type: tempo}\n`;
  expect(told(LOKI, after)).toBe(
    '1 datasource added, 1 datasource removed, 1 deletion added\n+ datasource "Tempo" (p/x.yaml)\n- datasource "Loki" (p/x.yaml)\n+ deletion "Loki" (p/x.yaml)',
  );
});

test('the folder and path of a provider', () => {
  const after = PROVIDER.replace('Dice', 'Games').replace('general }', 'games }');
  expect(told(PROVIDER, after)).toBe(
    '1 provider changed\n~ provider "general" (p/x.yaml)\n    folder: Dice → Games\n    path: /etc/grafana/provisioning/dashboards/general → /etc/grafana/provisioning/dashboards/games',
  );
});

describe('secrets', () => {
  const secret = (value: string) =>
    `${LOKI}    secureJsonData:\n      token: ${value}\n    basicAuthPassword: ${value}\n`;

  test('that changed are told of and not shown', () => {
    expect(told(secret('hunter2'), secret('hunter3'))).toBe(
      '1 datasource changed\n~ datasource "Loki" (p/x.yaml)\n    basicAuthPassword: (hidden) → (hidden)\n    secureJsonData token: (hidden) → (hidden)',
    );
  });

  test('in a URL are not shown', () => {
    expect(told(LOKI, LOKI.replace('http://', 'http://me:hunter2@'))).toContain(
      'url: http://loki:3100 → http://me:(hidden)@loki:3100',
    );
  });
});

test('one name in the files of two environments is two datasources', () => {
  const file = (path: string, text: string) => provisioningEntries(path, sourceFile('x.yaml', text).value);
  const before = [...file('a.yaml', LOKI), ...file('b.yaml', LOKI)];
  const after = [...file('b.yaml', LOKI.replace('3100', '1')), ...file('a.yaml', LOKI)];
  const diffs = compareProvisioning(before, after);
  expect(diffs.map((diff) => diff.kind === 'changed' && diff.after.file)).toEqual(['b.yaml']);
});

test.each([
  [LOKI, true],
  ['apiVersion: v1\nkind: ConfigMap\n', false],
  ['datasources: []\n', false],
])('%j is provisioning: %j', (text, is) => {
  expect(looksLikeProvisioning(text)).toBe(is);
});

function told(before: string, after: string): string {
  const [one = [], other = []] = [before, after].map((text) =>
    provisioningEntries('p/x.yaml', sourceFile('x.yaml', text).value),
  );
  const provisioning = compareProvisioning(one, other);
  if (provisioning.length === 0) return 'no change';
  const [head = '', ...lines] = printText({
    before: '',
    after: '',
    stale: [],
    unreadable: [],
    dashboards: [],
    provisioning,
  }).split('\n');
  const body = lines.slice(0, lines.indexOf('')).map((line) => line.slice(2));
  return [head.replace('~ Provisioning: ', ''), ...body].join('\n');
}
