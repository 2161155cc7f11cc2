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
  type Layout,
  type LayoutCell,
  type LayoutRow,
  type LayoutSection,
  row,
  section,
} from './definition/layout.ts';
export type {
  CatalogueJob,
  LabelValues,
  Metric,
  MetricCatalogue,
  MetricType,
} from './model/metric-catalogue.ts';
export * from './promql/index.ts';
