import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../live/lab.ts';

/** A panel of a generated dashboard, as far as tests ask. */
export interface GeneratedPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly targets?: readonly GeneratedTarget[];
  readonly panels?: readonly GeneratedPanel[];
  /** Why the panel is empty while all is well. */
  readonly panelproof?: { readonly emptyInHealth?: string };
}

/** A query of a panel. Prometheus and Loki have `expr`, Tempo has `query`. */
export interface GeneratedTarget {
  readonly refId: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly expr?: string;
  readonly query?: string;
  readonly exemplar?: boolean;
}

/** A dashboard that the build wrote. */
export interface GeneratedDashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly links: readonly {
    readonly type: string;
    readonly tags: readonly string[];
    readonly url?: string;
  }[];
  readonly panels: readonly GeneratedPanel[];
}

/** A Prometheus query of a generated dashboard with the titles around it. */
export interface PrometheusQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly refId: string;
  readonly expr: string;
  readonly exemplar: boolean;
  /** The reason that the definition gives, where it declares the panel empty while all is well. */
  readonly emptyInHealth: string | undefined;
}

/** The dashboards that the build wrote, by the lock file that names them. */
export function generatedDashboards(): readonly GeneratedDashboard[] {
  const { files } = readJson('generated.lock') as { files: Record<string, unknown> };
  return Object.keys(files).map((path) => readJson(path) as GeneratedDashboard);
}

/** All panels of a dashboard but its rows, those inside folded rows included. */
export function panelsOf({ panels }: Pick<GeneratedDashboard, 'panels'>): readonly GeneratedPanel[] {
  return panels.flatMap((panel) =>
    panel.type === 'row' ? panelsOf({ panels: panel.panels ?? [] }) : [panel],
  );
}

/** Every Prometheus query of every generated dashboard. */
export function prometheusQueries(): readonly PrometheusQuery[] {
  return generatedDashboards().flatMap((dashboard) =>
    panelsOf(dashboard).flatMap((panel) =>
      (panel.targets ?? [])
        .filter(({ datasource }) => datasource.type === 'prometheus')
        .map(({ refId, expr = '', exemplar = false }) => ({
          dashboard: dashboard.title,
          panel: panel.title,
          refId,
          expr,
          exemplar,
          emptyInHealth: panel.panelproof?.emptyInHealth,
        })),
    ),
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, 'provisioning', path), 'utf8'));
}
