/**
 * panelproof as a library: what definitions are made of (`dashboard`, `datasource`, `row`, `section`, typed queries), and
 * the commands as functions (`build`, `check`) for those who want a script rather than a CLI.
 *
 * @packageDocumentation
 */
import type { BuildOptions, BuildResult } from './build/build-result.ts';
import type { CheckOptions, CheckResult } from './doctor/check.ts';

export type { BuildOptions, BuildResult, OutputState } from './build/build-result.ts';
export {
  type Builder,
  type DashboardDefinition,
  type DashboardOptions,
  dashboard,
  emptyInHealth,
} from './definition/dashboard.ts';
export {
  type Datasource,
  datasource,
  type LokiDatasource,
  type PrometheusDatasource,
  type TempoDatasource,
} from './definition/datasource.ts';
export {
  grid,
  type Layout,
  type LayoutBlock,
  type LayoutCell,
  type LayoutGrid,
  type LayoutPlace,
  type LayoutRow,
  type LayoutSection,
  type Place,
  row,
  type SectionOptions,
  section,
} from './definition/layout.ts';
export { fromJson, override, type Patch } from './definition/override.ts';
export type {
  CatalogueJob,
  LabelValues,
  Metric,
  MetricCatalogue,
  MetricType,
} from './model/metric-catalogue.ts';
export * from './promql/index.ts';

/**
 * Compiles the definitions of a workspace into provisioned JSON, as `panelproof build` does, and prints nothing. Nothing
 * is written while there are findings; does nothing when all that the last build read and wrote is as it was.
 *
 * @throws UsageError when the root or its `dashboards/` is no folder
 * @throws WriteError when a file cannot be written
 * @example
 * ```ts
 * const { findings, written } = await build({ root: 'monitoring' });
 * for (const { at, message } of findings) console.error(`${at.file}: ${message}`);
 * ```
 */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  // Definitions import this module too: what builds is loaded only when it is called.
  return (await import('./build/build.ts')).build(options);
}

/**
 * Says why dashboards of a tree will not load, or will show nothing, as `panelproof check` does. Reads files only.
 *
 * @throws UsageError when the root is no readable folder
 * @example
 * ```ts
 * const { findings } = await check({ root: '.' });
 * ```
 */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  return (await import('./doctor/check.ts')).check(options);
}
