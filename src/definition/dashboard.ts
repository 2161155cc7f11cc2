import type * as sdk from '@grafana/grafana-foundation-sdk/dashboard';
import type { Layout } from './layout.ts';
import type { Patch } from './override.ts';

/** Anything of the Foundation SDK that builds a `Built`. */
export interface Builder<Built> {
  build(): Built;
}

/** What a dashboard consists of. Panels, variables, links and annotations are the Foundation SDK's builders. */
export interface DashboardOptions<Key extends string> {
  /** Stable and unique: 1 to 40 of `[A-Za-z0-9_-]`. Names the JSON file too. */
  readonly uid: string;
  readonly title: string;
  /** Title of the Grafana folder; it needs a provider in `provisioning/dashboards/`. Default: `General`. */
  readonly folder?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Default: the last 15 minutes. */
  readonly time?: { readonly from: string; readonly to: string };
  /** How often the page asks again, such as `30s`; not below the scrape interval. Default: not by itself. */
  readonly refresh?: string;
  /** `browser` (default), `utc` or a name such as `Europe/Paris`. */
  readonly timezone?: string;
  /** Share the crosshair (1) or the tooltip too (2) between graphs. Default: 0. */
  readonly graphTooltip?: 0 | 1 | 2;
  readonly variables?: readonly Builder<sdk.VariableModel>[];
  readonly annotations?: readonly Builder<sdk.AnnotationQuery>[];
  readonly links?: readonly Builder<sdk.DashboardLink>[];
  /**
   * The panels by a key of your choice, in the order they stand in the file. A panel's id comes from its key, so adding
   * or moving one changes no other's.
   */
  readonly panels: Readonly<Record<Key, Builder<sdk.Panel>>>;
  /** Where each panel goes. Default: in order, from left to right, by each panel's own span and height. */
  readonly layout?: Layout<NoInfer<Key>>;
  /** What no option here says, such as `timepicker`: laid over the JSON. `undefined` takes a property away. */
  readonly override?: Patch;
}

/** A dashboard as a definition exports it; `build` turns it into JSON. */
export interface DashboardDefinition {
  readonly kind: 'panelproof dashboard';
  readonly options: DashboardOptions<string>;
}

/** Defines a dashboard. Export it (or an array of them) as the default of a file in `dashboards/`. */
export function dashboard<const Key extends string>(options: DashboardOptions<Key>): DashboardDefinition {
  return { kind: 'panelproof dashboard', options: options as DashboardOptions<string> };
}

/**
 * Declares that a panel shows nothing while all is well, such as one of errors, and why. `verify` then reports data
 * in it instead of the lack of it.
 */
export function emptyInHealth(reason: string, panel: Builder<sdk.Panel>): Builder<sdk.Panel> {
  return { build: () => Object.assign({ ...panel.build() }, { panelproof: { emptyInHealth: reason } }) };
}
