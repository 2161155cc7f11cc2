import { DataqueryBuilder as LokiQuery } from '@grafana/grafana-foundation-sdk/loki';
import { DataqueryBuilder as PrometheusQuery } from '@grafana/grafana-foundation-sdk/prometheus';
import { DataqueryBuilder as TempoQuery } from '@grafana/grafana-foundation-sdk/tempo';
import { definedUid } from '../model/datasource-uid.ts';
import type { LabelsOf, Legend, PromqlExpression } from '../promql/index.ts';

/**
 * A datasource by its provisioned name. It can stand wherever the Foundation SDK takes a reference
 * (`.datasource(prometheus)`); the build puts the provisioned uid in.
 */
export interface Datasource<Type extends string> {
  readonly name: string;
  /** Plugin id; the build compares it with the provisioning. */
  readonly type: Type;
  /** Stands for the uid until the build knows it. Never write a uid here: it is decided in `provisioning/`. */
  readonly uid: string;
}

/** A Prometheus (or Mimir, Thanos, …) datasource. */
export interface PrometheusDatasource extends Datasource<'prometheus'> {
  /** A query over the dashboard's time range: typed, or PromQL as text. The result is the SDK's own builder. */
  query<Expression extends string | PromqlExpression, Text extends string = string>(
    expression: Expression,
    options?: { readonly legend?: Legend<Text, LabelsOf<Expression>> },
  ): PrometheusQuery;
}

/** A Loki datasource. */
export interface LokiDatasource extends Datasource<'loki'> {
  /** A LogQL query over the dashboard's time range. The result is the SDK's own builder. */
  query(expression: string, options?: { readonly legend?: string }): LokiQuery;
}

/** A Tempo datasource. */
export interface TempoDatasource extends Datasource<'tempo'> {
  /** A TraceQL search. The result is the SDK's own builder. */
  query(expression: string): TempoQuery;
}

/**
 * Names a datasource once, by the name and type it has in `provisioning/datasources/`. The build fails with the
 * nearest name where there is none.
 */
export function datasource(name: string, type: 'prometheus'): PrometheusDatasource;
export function datasource(name: string, type: 'loki'): LokiDatasource;
export function datasource(name: string, type: 'tempo'): TempoDatasource;
export function datasource<Type extends string>(name: string, type: Type): Datasource<Type>;
export function datasource(name: string, type: string): Datasource<string> {
  const named = { name, type, uid: definedUid(name) };
  const ref = { type, uid: named.uid };
  switch (type) {
    case 'prometheus': {
      const query: PrometheusDatasource['query'] = (expression, { legend } = {}) => {
        const builder = new PrometheusQuery().datasource(ref).expr(String(expression)).range();
        return legend === undefined ? builder : builder.legendFormat(legend as string);
      };
      return Object.assign(named, { query });
    }
    case 'loki': {
      const query: LokiDatasource['query'] = (expression, { legend } = {}) => {
        const builder = new LokiQuery().datasource(ref).expr(expression).queryType('range');
        return legend === undefined ? builder : builder.legendFormat(legend as string);
      };
      return Object.assign(named, { query });
    }
    case 'tempo': {
      const query: TempoDatasource['query'] = (expression) =>
        new TempoQuery().datasource(ref).query(expression).queryType('traceql');
      return Object.assign(named, { query });
    }
    default:
      return named;
  }
}
