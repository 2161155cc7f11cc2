import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A provisioning tree in short. */
export interface TreeText {
  /** Entries of `datasources`; default: Prometheus with the uid `prometheus`. */
  readonly datasources?: readonly object[];
  readonly folder?: string;
  /** Dashboards by file name. */
  readonly dashboards: Readonly<Record<string, object>>;
}

/** The datasource that most trees have. */
export const PROMETHEUS = { name: 'Prometheus', uid: 'prometheus', type: 'prometheus', isDefault: true };

/** Writes a tree to a new temporary folder and gives its path. */
export function writeTree({ datasources = [PROMETHEUS], folder = '', dashboards }: TreeText): string {
  const root = mkdtempSync(join(tmpdir(), 'panelproof-verify-'));
  const write = (path: string, value: unknown) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), JSON.stringify(value));
  };
  write('provisioning/datasources/all.yaml', { apiVersion: 1, datasources });
  const options = { path: '/etc/grafana/provisioning/dashboards/all' };
  write('provisioning/dashboards/all.yaml', {
    apiVersion: 1,
    providers: [{ name: 'all', folder, type: 'file', options }],
  });
  for (const [name, json] of Object.entries(dashboards)) write(`provisioning/dashboards/all/${name}`, json);
  return root;
}

/** A dashboard of panels with one query each, by panel title. */
export function dashboardOf(
  queries: Readonly<Record<string, string>>,
  datasource: object = { type: 'prometheus', uid: 'prometheus' },
): object {
  return {
    uid: 'lab',
    title: 'Lab',
    schemaVersion: 39,
    panels: Object.entries(queries).map(([title, expr], index) => ({
      id: index + 1,
      type: 'timeseries',
      title,
      datasource,
      gridPos: { x: 0, y: index, w: 24, h: 1 },
      targets: [{ refId: 'A', datasource, expr, range: true }],
    })),
  };
}
