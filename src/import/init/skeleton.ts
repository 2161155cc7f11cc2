import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { literal } from '../code/code.ts';
import { flat } from '../code/print-code.ts';
import { nameFrom } from '../write/panel-key.ts';
import type { PackageManager } from './package-manager.ts';

/** Where a skeleton finds what it refers to. */
export interface SkeletonPlaces {
  /** The provisioning folder below the root. */
  readonly provisioning: string;
  /** Version of panelproof to depend on. */
  readonly version: string;
  readonly manager: PackageManager;
}

/** The SDK that definitions import from. */
export const SDK_PACKAGE = { name: '@grafana/grafana-foundation-sdk', version: '0.0.21' };

/** `package.json` of a repository of dashboards. */
export function packageJson({ provisioning, version }: SkeletonPlaces): string {
  const manifest = {
    private: true,
    type: 'module',
    scripts: {
      build: `panelproof build${provisioningFlag(provisioning)}`,
      check: 'panelproof check',
      diff: 'panelproof diff',
    },
    devDependencies: { [SDK_PACKAGE.name]: SDK_PACKAGE.version, panelproof: version },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** `tsconfig.json` for editors and the build's check of types; `preserve` is right in packages of CommonJS, too. */
export const TSCONFIG = `{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "module": "preserve",
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "erasableSyntaxOnly": true,
    "verbatimModuleSyntax": true,
    "allowImportingTsExtensions": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["dashboards"]
}
`;

/** What a repository of dashboards does not commit. */
export const GITIGNORE = 'node_modules/\n';

/** A Prometheus beside Grafana, for a repository without any datasource. */
export const DATASOURCES = `# The only place where a datasource uid is decided. Definitions in dashboards/ use the names.
apiVersion: 1

datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    access: proxy
    url: http://prometheus:9090
    isDefault: true
`;

/** A provider of the folder General. */
export const PROVIDERS = `# One provider a folder. The JSON files they walk are written by \`panelproof build\`.
apiVersion: 1

providers:
  - name: general
    folder: ''
    type: file
    allowUiUpdates: false
    # From Grafana 12.3 on, 10 or less means watching for file events, which never come on network mounts.
    updateIntervalSeconds: 30
    options:
      path: /etc/grafana/provisioning/dashboards/general
`;

/** The module that names the datasources of the provisioning. */
export function datasourceModule(
  datasources: readonly Pick<ProvisionedDatasource, 'name' | 'type'>[],
): string {
  const taken = new Set(['datasource']);
  const lines = datasources.flatMap(({ name, type }) => {
    if (type === undefined) return [];
    let constant = nameFrom(name) || 'data';
    for (let count = 2; taken.has(constant); count++) constant = `${nameFrom(name) || 'data'}${count}`;
    taken.add(constant);
    return [`export const ${constant} = datasource(${flat(literal(name))}, ${flat(literal(type))});\n`];
  });
  return `import { datasource } from 'panelproof';

/** The datasources by the names they have in the provisioning. Their uids stand there and nowhere else. */
${lines.join('')}`;
}

/** A first definition; `constant` is the name of a Prometheus datasource in the module above. */
export function firstDefinition(constant: string): string {
  return `import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { dashboard, promql, row } from 'panelproof';
import { ${constant} } from './lib/datasources.ts';

export default dashboard({
  uid: 'first',
  title: 'First dashboard',
  panels: {
    up: new TimeSeries()
      .title('Targets that answer')
      .withTarget(${constant}.query(promql.raw('sum by (job) (up)'), { legend: '{{job}}' })),
  },
  layout: [row(8, 'up')],
});
`;
}

/** A workflow that refuses a change whose JSON is stale or will not load. */
export function workflow({ provisioning, manager }: SkeletonPlaces): string {
  const steps = [
    ...manager.ci,
    `${manager.run} panelproof build${provisioningFlag(provisioning)} --check`,
    `${manager.run} panelproof check --format github`,
  ];
  return `name: Dashboards
on:
  pull_request:
  push:
    branches: [main]

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - uses: actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0
        with:
          node-version: 22
${steps.map((step) => `      - run: ${step}\n`).join('')}`;
}

/** What follows `panelproof build` where the provisioning does not lie where it is expected. */
export function provisioningFlag(provisioning: string): string {
  return provisioning === 'provisioning' ? '' : ` --provisioning ${provisioning}`;
}
