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
  [`sh -c "sed -i 's/x/y/' /d/*.json && /run.sh"`, ['/d']],
  ['/bin/sh -c cd /d\nsed -i s,x,y, *.json\n/run.sh', ['/d']],
  ["find /d -name '*.json' -exec sed -i s,x,y, {} +", ['/d']],
  ['find /d -name "*.json" | xargs -n 1 sed -i s,x,y,', ['/d']],
  ['find /d -name "*.json" | wc -l', []],
  ['if [ -f /d/a.json ]; then cp /e/a.json /d/; fi', ['/e/a.json', '/d']],
  ['DIR=/d; for f in $DIR/*.json; do envsubst < $f > /tmp/x; done', ['/d']],
])('%j may fill %j', (script, paths) => {
  expect(writtenPaths(script)).toEqual(paths);
});
