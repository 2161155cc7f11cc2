import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeOf } from '../load/tree-of.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import { ALL_RULES } from './all-rules.ts';
import { runRules } from './run-rules.ts';

/** One row of a table of expressions: a bare text, or one with what stands around it. */
export type TableQuery =
  | string
  | {
      readonly expr: string;
      readonly panel?: string;
      readonly legend?: string;
      readonly unit?: string;
      readonly datasource?: string;
      readonly instant?: boolean;
    };

/** The tree around the table's dashboard. */
export interface TableTree {
  /** Text of prometheus.yml. */
  readonly prometheus?: string;
  /** Arguments of the server beside its configuration. */
  readonly flags?: readonly string[];
  readonly image?: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** Two catalogued services, and the stack that scrapes itself. */
export const SCRAPES = `global:
  scrape_interval: 15s
scrape_configs:
  - job_name: dice-roller-stage4
    static_configs:
      - targets: ['dice-roller:8000']
        labels: { service_name: dice-roller }
  - job_name: die-service-stage4
    static_configs:
      - targets: ['die-service:8000']
        labels: { service_name: die-service }
  - job_name: prometheus
    static_configs:
      - targets: ['localhost:9090']
`;

const METRICS = readFileSync(join(import.meta.dirname, '../../dice-roller/metrics.ts'), 'utf8');

const LOGS = `loki.relabel "containers" {
  rule {
    source_labels = ["__meta_docker_container_name"]
    target_label  = "container_name"
  }
}
`;

/** What all query rules say of each expression: `rule: message`, in the order of the table. */
export function queryFindings(queries: readonly TableQuery[], tree: TableTree = {}): string[][] {
  const { workspaces } = loadWorkspaces(treeOf(filesOf(queries, tree)));
  const findings = runRules(workspaces, {
    rules: ALL_RULES.filter(({ id }) => id.startsWith('query-')),
    style: true,
  });
  if (workspaces.length !== 1 || workspaces[0]?.dashboards.length !== 1)
    throw new Error('the table does not load as one dashboard');
  return queries.map((_, index) =>
    findings
      .filter(({ at }) => at.path?.[0] === 'panels' && at.path[1] === index)
      .map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`),
  );
}

function filesOf(queries: readonly TableQuery[], tree: TableTree): Record<string, string> {
  const { prometheus = SCRAPES, flags = [], image = 'prom/prometheus:v3.4.0', files } = tree;
  const compose = {
    services: {
      grafana: { image: 'grafana/grafana:12.2.0', volumes: ['./provisioning:/etc/grafana/provisioning'] },
      prometheus: {
        image,
        command: ['--config.file=/etc/prometheus/prometheus.yml', ...flags],
        volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml'],
      },
    },
  };
  return {
    'compose.yaml': JSON.stringify(compose),
    'prometheus.yml': prometheus,
    'dice-roller/metrics.ts': METRICS,
    'config.alloy': LOGS,
    'provisioning/datasources/all.yaml': DATASOURCES,
    'provisioning/dashboards/all.yaml':
      'apiVersion: 1\nproviders:\n  - name: all\n    type: file\n    options:\n      path: /etc/grafana/provisioning/dashboards\n',
    'provisioning/dashboards/table.json': JSON.stringify({
      uid: 'table',
      title: 'Table',
      panels: queries.map(panelOf),
    }),
    ...files,
  };
}

const DATASOURCES = `apiVersion: 1
datasources:
  - { name: Prometheus, uid: prometheus, type: prometheus, url: 'http://prometheus:9090', isDefault: true }
  - { name: Mimir, uid: mimir, type: prometheus, url: 'https://mimir.example.com/prometheus' }
  - { name: Loki, uid: loki, type: loki, url: 'http://loki:3100' }
  - { name: Tempo, uid: tempo, type: tempo, url: 'http://tempo:3200' }
`;

function panelOf(row: TableQuery, index: number) {
  const query = typeof row === 'string' ? { expr: row } : row;
  const datasource = { uid: query.datasource ?? 'prometheus' };
  const key = query.datasource === 'tempo' ? 'query' : 'expr';
  return {
    id: index + 1,
    type: query.panel ?? 'timeseries',
    title: `Row ${index}`,
    gridPos: { x: 0, y: 8 * index, w: 24, h: 8 },
    datasource,
    fieldConfig: { defaults: query.unit === undefined ? {} : { unit: query.unit }, overrides: [] },
    targets: [
      { refId: 'A', datasource, [key]: query.expr, legendFormat: query.legend, instant: query.instant },
    ],
  };
}
