import type { GrafanaVersion } from './grafana-version.ts';
import type { Location } from './source-file.ts';

/** What one Grafana will do with the tree when it starts with an empty database. */
export interface Prediction {
  /** Name of the instance. */
  readonly instance: string;
  readonly grafanaVersion: GrafanaVersion;
  /** Why and where it ends by itself; then it lists nothing. */
  readonly serverStops: { readonly why: string; readonly at: Location } | undefined;
  /** What it will list after its first look, in the order of its walk. */
  readonly dashboards: readonly PredictedDashboard[];
  /** Files that were meant for it and have no effect, with the reason. */
  readonly notLoaded: readonly { readonly file: string; readonly why: string }[];
  /** Paths of its container that the tree does not show: what lies there may be listed as well. */
  readonly unknown: readonly { readonly path: string; readonly why: string }[];
}

/** One dashboard that Grafana will list. */
export interface PredictedDashboard {
  /** Undefined when Grafana makes up a random one. */
  readonly uid: string | undefined;
  readonly title: string;
  /** Title of its folder; `''` is General. */
  readonly folder: string;
  readonly file: string;
}
