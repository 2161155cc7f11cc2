import { expect, test } from 'vitest';
import { grafanaIni } from './grafana-ini.ts';

test('reads paths, the database and plugins, not what is commented out', () => {
  const text =
    '# c\n[paths]\n;data = /none\nprovisioning = /opt/p ; or so\n[database]\ntype = postgres\nhost=db:5432\n[plugins]\npreinstall_sync = a-panel, b-panel\n';
  expect(grafanaIni(text)).toEqual({
    provisioning: '/opt/p',
    data: undefined,
    hasDatabaseServer: true,
    preinstall: ['a-panel, b-panel'],
  });
});

test.each([
  ['[database]\nurl = mysql://u:p@db/grafana', true],
  ['[database]\ntype = sqlite3\npath = grafana.db', false],
  ['[database]\ntype =', false],
  ['', false],
  ['\0[[[\n=', false],
])('the database of %j is a server: %s', (text, expected) => {
  expect(grafanaIni(text).hasDatabaseServer).toBe(expected);
});
