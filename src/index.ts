/**
 * panelproof as a library. Definitions take `dashboard`, `datasource`, `row`, `section` and the typed queries from here.
 *
 * @packageDocumentation
 */
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
