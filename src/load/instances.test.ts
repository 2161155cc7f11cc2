import { describe, expect, test } from 'vitest';
import { cpuSeconds } from '../../test/cpu-seconds.ts';
import { type GrafanaInstance, placeOf } from '../model/grafana-instance.ts';
import { printGrafanaVersion } from '../model/grafana-version.ts';
import { findInstances } from './instances.ts';
import { treeOf } from './tree-of.ts';

const PROVISIONED = {
  'grafana/provisioning/datasources/ds.yaml': 'apiVersion: 1\ndatasources: []\n',
  'grafana/provisioning/dashboards/p.yaml': 'apiVersion: 1\nproviders: []\n',
  'grafana/dashboards/a.json': '{"title": "A"}',
};

describe('compose services', () => {
  test('an ordinary stack: mounts, version, database, place', () => {
    const [grafana, ...rest] = found({
      ...PROVISIONED,
      'compose.yaml': `services:
  prometheus: {image: prom/prometheus}
  grafana:
    image: grafana/grafana:12.2.0
    environment: {GF_AUTH_ANONYMOUS_ENABLED: true}
    volumes:
      - ./grafana/provisioning:/etc/grafana/provisioning:ro
      - ./grafana/dashboards:/var/lib/grafana/dashboards
      - grafana-data:/var/lib/grafana
`,
    });
    expect(rest).toEqual([]);
    expect(grafana).toMatchObject({
      name: 'compose.yaml service grafana',
      version: { major: 12, minor: 2, patch: 0, from: 'image' },
      provisioningPath: '/etc/grafana/provisioning',
      persistsDatabase: true,
      environmentIsOpen: false,
      environment: { GF_AUTH_ANONYMOUS_ENABLED: 'true' },
      at: { file: 'compose.yaml', path: ['services', 'grafana'] },
    });
    expect(places(grafana, '/var/lib/grafana/dashboards/a.json', '/var/lib/grafana/x', '/etc/other')).toEqual(
      ['grafana/dashboards/a.json', 'unknown: filled at run time: volume grafana-data', 'unmounted'],
    );
    expect(grafana?.mounts.map(({ target }) => target)).toEqual([
      '/etc/grafana/provisioning',
      '/var/lib/grafana',
      '/var/lib/grafana/dashboards',
    ]);
  });

  test('an override file changes image, a mount and the environment', () => {
    const [grafana] = found({
      ...PROVISIONED,
      'docker-compose.yml': `services:
  grafana:
    image: grafana/grafana:9.5.2
    volumes: ["./old:/etc/grafana/provisioning"]`,
      'docker-compose.override.yml': `services:
  grafana:
    image: grafana/grafana:\${GRAFANA_VERSION:-12.2.0}
    volumes: ["./grafana/provisioning:/etc/grafana/provisioning"]`,
    });
    expect(grafana && printGrafanaVersion(grafana.version)).toBe('12.2.0');
    expect(places(grafana, '/etc/grafana/provisioning')).toEqual(['grafana/provisioning']);
  });

  test('variables come from .env; what it does not set is unknown', () => {
    const [grafana] = found({
      '.env': 'GRAFANA_VERSION=10.4.1\nCONFIG=./grafana',
      'compose.yml': `services:
  grafana:
    image: grafana/grafana-oss:\${GRAFANA_VERSION}
    volumes:
      - \${CONFIG}/provisioning:/etc/grafana/provisioning
      - \${DASHBOARDS}:/var/lib/grafana/dashboards`,
    });
    expect(grafana && printGrafanaVersion(grafana.version)).toBe('10.4.1');
    expect(places(grafana, '/etc/grafana/provisioning', '/var/lib/grafana/dashboards')).toEqual([
      'grafana/provisioning',
      'unknown: DASHBOARDS is not set in the tree',
    ]);
  });

  test('several stacks and variants are several instances, in the order of files and services', () => {
    const service = 'image: grafana/grafana, volumes: ["./p:/etc/grafana/provisioning"]';
    const tree = {
      'b/compose.yaml': `services: {two: {${service}}, one: {${service}}}`,
      'a/docker-compose.yml': `services: {grafana: {${service}}}`,
      'a/docker-compose.prod.yml': `services: {grafana: {${service}}}`,
    };
    expect(found(tree).map(({ name }) => name)).toEqual([
      'a/docker-compose.prod.yml service grafana',
      'a/docker-compose.yml service grafana',
      'b/compose.yaml service two',
      'b/compose.yaml service one',
    ]);
    expect(places(found(tree)[2], '/etc/grafana/provisioning')).toEqual(['b/p']);
  });

  test('texts in the compose file are files of the container', () => {
    const [grafana] = found({
      'compose.yaml': `services:
  grafana:
    image: grafana/grafana
    configs: [{source: ds, target: /etc/grafana/provisioning/datasources/ds.yaml}]
configs:
  ds: {content: "url: $\${PROM_URL}"}`,
    });
    expect(places(grafana, '/etc/grafana/provisioning/datasources/ds.yaml')).toEqual([
      'inline: url: ${PROM_URL}',
    ]);
  });

  test.each([
    ['grafana/grafana-enterprise:11.0.0', '', 1],
    ['registry.local:5000/hub/grafana/grafana', '', 1],
    ['ours/dashboards:1', 'volumes: ["./p:/etc/grafana/provisioning"], environment: {GF_X: 1},', 1],
    ['ours/grafana:1', 'environment: [GF_SECURITY_ADMIN_PASSWORD=x],', 1],
    ['ours/grafana:1', '', 0],
    ['grafana/loki:3', 'environment: [GF_SECURITY_ADMIN_PASSWORD=x],', 0],
    ['alpine', 'volumes: ["./p:/etc/grafana/provisioning"], environment: {GF_X: 1},', 0],
    ['grafana/grafana-image-renderer', 'environment: {GF_X: 1},', 0],
    ['ours/backend', 'environment: {GF_SECURITY_ADMIN_PASSWORD: x},', 0],
  ])('image %s with %j makes %i instances', (image, more, count) => {
    expect(found({ 'compose.yaml': `services: {s: {${more} image: "${image}"}}` })).toHaveLength(count);
  });

  test('what an image of somebody else holds is unknown', () => {
    const [grafana] = found({
      'compose.yaml':
        'services: {grafana: {image: ours/grafana, volumes: ["./p:/etc/grafana/provisioning/dashboards"]}}',
    });
    expect(
      places(grafana, '/etc/grafana/provisioning/dashboards/x', '/etc/grafana/provisioning/datasources'),
    ).toEqual(['p/x', 'unknown: what image ours/grafana holds is not in the tree']);
  });

  test('grafana/otel-lgtm looks in its own folder and brings files', () => {
    const [grafana] = found({
      'compose.yaml':
        'services: {lgtm: {image: grafana/otel-lgtm:0.11, volumes: ["./d:/otel-lgtm/grafana/conf/provisioning/dashboards", "x:/data"]}}',
    });
    expect(grafana).toMatchObject({
      provisioningPath: '/otel-lgtm/grafana/conf/provisioning',
      persistsDatabase: true,
    });
    expect(places(grafana, '/otel-lgtm/grafana/conf/provisioning/datasources')).toEqual([
      'unknown: grafana/otel-lgtm has provisioning files of its own',
    ]);
  });

  test('the flag wins over tags', () => {
    const tree = treeOf({
      'compose.yaml': 'services: {g: {image: grafana/grafana:9.5.2}}',
    });
    const grafanaVersion = { major: 11, minor: 0, patch: 0, from: 'flag' } as const;
    expect(findInstances(tree, { grafanaVersion }).map(({ version }) => version)).toEqual([grafanaVersion]);
  });

  test('a compose file that does not parse makes an instance that never starts when it names Grafana', () => {
    const refused = found({
      'a/compose.yaml': 'services: {grafana: {image: grafana/grafana}',
      'b/compose.yaml': 'services: {postgres: {image: postgres}',
      'c/compose.yaml': 'services:\n  {% if grafana %}\n  grafana: {image: grafana/grafana}\n',
    });
    expect(refused.map(({ name, isRefused }) => [name, isRefused])).toEqual([['a/compose.yaml', true]]);
  });
});

describe('the provisioning path', () => {
  const path = (service: string, files: Record<string, string> = {}) =>
    found({ 'compose.yaml': `services: {grafana: {${service}}}`, ...files })[0]?.provisioningPath;

  test('GF_PATHS_PROVISIONING moves it, relative to the home of Grafana', () => {
    expect(path('image: grafana/grafana, environment: [GF_PATHS_PROVISIONING=/p/]')).toBe('/p');
    expect(path('image: grafana/grafana, environment: [GF_PATHS_PROVISIONING=conf/p]')).toBe(
      '/usr/share/grafana/conf/p',
    );
  });

  test('the command line wins', () => {
    expect(
      path(
        'image: grafana/grafana, command: ["cfg:paths.provisioning=/c"], environment: [GF_PATHS_PROVISIONING=/p]',
      ),
    ).toBe('/c');
  });

  test('grafana.ini has no say in the official image, and has one elsewhere', () => {
    const ini = { 'g.ini': '[paths]\nprovisioning = /from/ini' };
    const mount = 'volumes: ["./g.ini:/etc/grafana/grafana.ini"]';
    expect(path(`image: grafana/grafana, ${mount}`, ini)).toBe('/etc/grafana/provisioning');
    expect(path(`image: ours/grafana, ${mount}`, ini)).toBe('/from/ini');
  });

  test('set outside the tree, nothing of the container is known', () => {
    const [grafana] = found({
      'compose.yaml':
        'services: {grafana: {image: grafana/grafana, environment: [GF_PATHS_PROVISIONING], volumes: ["./p:/etc/grafana/provisioning"]}}',
    });
    expect(places(grafana, '/etc/grafana/provisioning')).toEqual([
      'unknown: GF_PATHS_PROVISIONING is set outside the tree',
    ]);
  });

  test('bitnami has its own', () => {
    expect(path('image: bitnami/grafana:11')).toBe('/opt/bitnami/grafana/conf/provisioning');
  });
});

test.each([
  ['volumes: ["data:/var/lib/grafana"]', true],
  ['volumes: ["./data:/var/lib/grafana/"]', true],
  ['volumes: ["${DATA}:/var/lib/grafana"]', true],
  ['volumes: ["data:/var/lib"]', true],
  ['volumes: ["data:/d"], environment: {GF_PATHS_DATA: /d/grafana}', true],
  ['environment: {GF_DATABASE_TYPE: postgres}', true],
  ['environment: {GF_DATABASE_URL: "mysql://u:p@db/g"}', true],
  ['environment: {GF_DATABASE_TYPE: sqlite3}', false],
  ['volumes: ["./dashboards:/var/lib/grafana/dashboards"]', false],
  ['volumes: ["/var/lib/grafana"]', false],
  ['tmpfs: /var/lib/grafana', false],
  ['volumes: ["data:/var/lib/grafana"], environment: {GF_PATHS_DATA: /d}', false],
])('with %s the database persists: %s', (section, persists) => {
  const [grafana] = found({ 'compose.yaml': `services: {grafana: {image: grafana/grafana, ${section}}}` });
  expect(grafana?.persistsDatabase).toBe(persists);
});

describe('images that are built', () => {
  const dockerfile = `ARG VERSION=latest
FROM grafana/grafana:\${VERSION}
ENV GF_PATHS_PROVISIONING=/p
COPY provisioning /p
COPY dashboards /var/lib/grafana/dashboards
`;

  test('a service with build: copies, arguments, environment; the Dockerfile is no instance of its own', () => {
    const instances = found({
      ...PROVISIONED,
      'grafana/Dockerfile': dockerfile,
      'compose.yaml': 'services: {g: {build: {context: grafana, args: {VERSION: 11.1.0}}, image: ours:1}}',
    });
    expect(instances.map(({ name, provisioningPath }) => [name, provisioningPath])).toEqual([
      ['compose.yaml service g', '/p'],
    ]);
    expect(instances[0] && printGrafanaVersion(instances[0].version)).toBe('11.1.0');
    expect(places(instances[0], '/p/datasources', '/var/lib/grafana/dashboards', '/etc/x')).toEqual([
      'grafana/provisioning/datasources',
      'grafana/dashboards',
      'unmounted',
    ]);
  });

  test('a named volume over copies leaves them, a bind hides them', () => {
    const [volume] = found({
      'g/Dockerfile': dockerfile,
      'compose.yaml': 'services: {g: {build: g, volumes: ["d:/var/lib/grafana"]}}',
    });
    expect(places(volume, '/var/lib/grafana/dashboards')).toEqual(['g/dashboards']);
    expect(volume?.shadowed).toEqual([]);
    const [bound] = found({
      'g/Dockerfile': dockerfile,
      'compose.yaml': 'services: {g: {build: g, volumes: ["./d:/var/lib/grafana"]}}',
    });
    expect(places(bound, '/var/lib/grafana/dashboards')).toEqual(['d/dashboards']);
    expect(bound?.shadowed?.map(({ target }) => target)).toEqual(['/var/lib/grafana/dashboards']);
  });

  test('an inline Dockerfile, and one that is not there', () => {
    const [inline] = found({
      'compose.yaml':
        'services:\n  g:\n    build:\n      dockerfile_inline: |\n        FROM grafana/grafana:10.0.0\n        COPY p /etc/grafana/provisioning\n',
    });
    expect(places(inline, '/etc/grafana/provisioning')).toEqual(['p']);
    const [missing] = found({
      'compose.yaml': 'services: {grafana: {build: ./none, environment: {GF_X: 1}}}',
    });
    expect(places(missing, '/etc/grafana/provisioning')[0]).toContain('unknown');
  });

  test('a Dockerfile alone, built from its folder or from the root', () => {
    const [own] = found({ ...PROVISIONED, 'grafana/Dockerfile': dockerfile });
    expect(own?.name).toBe('grafana/Dockerfile');
    expect(places(own, '/p/datasources', '/etc/x')).toEqual([
      'grafana/provisioning/datasources',
      'unmounted',
    ]);
    const [root] = found({
      ...PROVISIONED,
      'docker/grafana.Dockerfile':
        'FROM grafana/grafana\nCOPY grafana/provisioning/dashboards /etc/grafana/provisioning/dashboards',
    });
    expect(
      places(root, '/etc/grafana/provisioning/dashboards', '/etc/grafana/provisioning/datasources'),
    ).toEqual([
      'grafana/provisioning/dashboards',
      'unknown: what is mounted when the image is run is not in the tree',
    ]);
  });

  test('a Dockerfile that only adds plugins knows nothing of what is mounted', () => {
    const [grafana] = found({ Dockerfile: 'FROM grafana/grafana:12.2.0\nRUN grafana cli plugins install x' });
    expect(places(grafana, '/etc/grafana/provisioning', '/x')).toEqual(
      Array(2).fill('unknown: what is mounted when the image is run is not in the tree'),
    );
  });
});

test('what the start of the container writes is unknown, and so is the folder around it', () => {
  const [grafana] = found({
    'compose.yaml': `services:
  grafana:
    image: grafana/grafana
    volumes: ["./start.sh:/start.sh"]
    entrypoint:
      - sh
      - -euc
      - |
        mkdir -p /etc/grafana/provisioning/datasources
        cat <<EOF > /etc/grafana/provisioning/datasources/ds.yaml
        apiVersion: 1
        EOF
        /start.sh`,
    'start.sh': 'curl -o /var/lib/grafana/dashboards/a.json https://host/a.json\n',
  });
  expect(
    places(
      grafana,
      '/etc/grafana/provisioning/datasources',
      '/var/lib/grafana/dashboards/a.json',
      '/var/lib/grafana/dashboards',
      '/etc/grafana/provisioning/dashboards',
    ).map((place) => place.replace(/:.*/, '')),
  ).toEqual(['unknown', 'unknown', 'unknown', 'unmounted']);
});

describe('provisioning folders without compose', () => {
  test('each one that nobody mounts is an instance of which nothing else is known', () => {
    const instances = found({
      'environments/prod/datasources/a.yaml': 'apiVersion: 1\ndatasources: []',
      'environments/dev/dashboards/a.yml': 'apiVersion: 1\nproviders: []',
      'monitoring/provisioning/datasources/broken.yaml': 'datasources: [',
      'docs/dashboards/other.yaml': 'title: no',
      'chart/datasources/a.yaml': '{{ if .x }}\napiVersion: 1\ndatasources: []\n{{ end }}',
    });
    expect(instances.map(({ name }) => name)).toEqual([
      'environments/dev',
      'environments/prod',
      'monitoring/provisioning',
    ]);
    expect(
      places(instances[1], '/etc/grafana/provisioning/datasources', '/var/lib/grafana/dashboards'),
    ).toEqual([
      'environments/prod/datasources',
      'unknown: no compose file or Dockerfile shows what is mounted there',
    ]);
  });

  test.each([
    './grafana/provisioning:/p',
    './grafana:/g',
    './grafana/provisioning/datasources:/d',
    '.:/all',
    './grafana/provisioning/datasources/ds.yaml:/x.yaml',
  ])('one that is mounted by %s is none of its own', (volume) => {
    const instances = found({
      ...PROVISIONED,
      'compose.yaml': `services: {g: {image: grafana/grafana, volumes: ["${volume}"]}}`,
    });
    expect(instances.map(({ name }) => name)).toEqual(['compose.yaml service g']);
  });
});

test('hostile names and values crash nothing', () => {
  const services =
    '__proto__: {image: grafana/grafana}\n  constructor: {image: [1], volumes: 7, environment: [[1]], build: [], extends: 5}\n  x:\n  y: [1]';
  expect(
    found({
      // The tag keeps it from being refused before any of this is read.
      'compose.yaml': `x-tag: !reset null\nservices:\n  ${services}\n  g: {image: grafana/grafana, volumes: [null, 1, {}, [2], "::", ":"], configs: {a: 1}, env_file: {a: 1}, networks: [a], command: {a: 1}}`,
      'b/compose.yaml': 'services: [1, 2]',
      'c/compose.yaml': 'services: text\ninclude: {path: {}}',
      'd/compose.yaml': Buffer.from([0xff, 0xfe, 0, 1, 2]).toString('latin1'),
    }).some(({ name }) => name === 'compose.yaml service g'),
  ).toBe(true);
});

function found(files: Record<string, string>): GrafanaInstance[] {
  return findInstances(treeOf(files));
}

function places(instance: GrafanaInstance | undefined, ...paths: string[]): string[] {
  return paths.map((path) => {
    const place = placeOf(instance ?? { mounts: [] }, path);
    if (place.kind === 'tree') return place.path;
    if (place.kind === 'unknown') return `unknown: ${place.why}`;
    return place.kind === 'inline' ? `inline: ${place.text}` : place.kind;
  });
}

test.each<[string, Record<string, string>]>([
  ['braces that never close', { 'compose.yaml': `services: {s: {image: "${'${A'.repeat(20_000)}"}}` }],
  ['a Dockerfile of blank lines', { Dockerfile: `${'\n'.repeat(200_000)}FROM x` }],
  [
    'a Dockerfile of a hundred thousand copies',
    { Dockerfile: `FROM grafana/grafana\n${'COPY a /b\n'.repeat(100_000)}` },
  ],
  ['copies that meet', { Dockerfile: `FROM grafana/grafana\n${'COPY a /b/\n'.repeat(900)}` }],
  ['brackets in brackets', { 'compose.yaml': `services: ${'{a: '.repeat(10_000)}` }],
])('%s take little time', (_, files) => {
  expect(cpuSeconds(() => found(files))).toBeLessThan(5);
});
