import { expect, test } from 'vitest';
import { writtenPaths } from './written-paths.ts';

test.each([
  [
    'mkdir -p /etc/grafana/x && cat <<EOF > /etc/grafana/x/ds.yaml\napiVersion: 1\nEOF\n/run.sh',
    ['/etc/grafana/x/ds.yaml'],
  ],
  [
    'curl -sSL https://host/d/1860.json -o /var/lib/grafana/dashboards/node.json',
    ['/var/lib/grafana/dashboards/node.json'],
  ],
  ['cd /var/lib/grafana/dashboards/ && wget http://host/a.json', ['/var/lib/grafana/dashboards']],
  ['cp /tmp/a.json /d/; sed -i "s/x/y/" /d/b.json', ['/d', '/d/b.json']],
  ['chown -R 472:472 /etc/grafana /var/lib/grafana', []],
  ['grafana-cli plugins install x && exec /run.sh', []],
  ['/custom/start.sh /etc/x', []],
])('%j may fill %j', (script, paths) => {
  expect(writtenPaths(script)).toEqual(paths);
});
