import { DataqueryBuilder as LokiQuery } from '@grafana/grafana-foundation-sdk/loki';
import { DataqueryBuilder as PrometheusQuery } from '@grafana/grafana-foundation-sdk/prometheus';
import { DataqueryBuilder as TempoQuery } from '@grafana/grafana-foundation-sdk/tempo';
import { QUERY_DEFAULTS } from '../../diff/filled-in.ts';
import { type Json, objectOf, textOf } from '../../diff/json.ts';
import { findDatasource } from '../../model/datasource-uid.ts';
import { readPromql } from '../../query/read-promql.ts';
import { buildChain } from '../code/build-chain.ts';
import { type Code, call, chain, literal, text } from '../code/code.ts';
import { expressJson } from '../code/express.ts';
import { type SdkPackage, sdkPackage } from '../sdk/sdk-package.ts';
import type { DashboardWriting } from './dashboard-writing.ts';

/** Packages of the SDK whose name is not the plugin's id. */
const PACKAGES: Readonly<Record<string, string>> = {
  'grafana-testdata-datasource': 'testdata',
  'grafana-athena-datasource': 'athena',
  'grafana-bigquery-datasource': 'bigquery',
  'grafana-pyroscope-datasource': 'grafanapyroscope',
};

/** Code for a query of a panel, and what it builds. The datasource is written in the query as a whole reference. */
export function writeQuery(query: Json, writing: DashboardWriting): { code: Code; built: Json } {
  const ref = objectOf(query.datasource);
  const type = textOf(ref?.type) ?? typeByShape(query);
  const named =
    type === 'prometheus' || type === 'loki' || type === 'tempo' ? handleOf(ref, writing) : undefined;
  const without = new Set(['datasource']);
  const sdk = querySdk(type);
  const wanted = query;
  if (sdk?.classes.has('DataqueryBuilder') && sdk.name !== 'datasource') {
    const common = { package: sdk, className: 'DataqueryBuilder', wanted, defaults: QUERY_DEFAULTS, writing };
    if (!named) return buildChain(common);
    const start = begin(type, named, ref, query, writing);
    if (start) return buildChain({ ...common, without, start });
  }
  const fromJson = writing.names.use('panelproof', 'fromJson');
  return { code: call(fromJson, expressJson(query, writing)), built: query };
}

/** The SDK's package for queries of a type of datasource. */
export function querySdk(type: string): SdkPackage | undefined {
  return sdkPackage((Object.hasOwn(PACKAGES, type) ? PACKAGES[type] : undefined) ?? type);
}

/** The handle of a provisioned datasource, which has `query`. */
function handleOf(ref: Json | undefined, { datasource, datasources }: DashboardWriting): Code | undefined {
  const uid = textOf(ref?.uid);
  const found = uid === undefined ? undefined : findDatasource(datasources, uid);
  return found?.effectiveUid === uid && found?.type === ref?.type ? datasource(ref) : undefined;
}

function begin(type: string, handle: Code, ref: Json | undefined, query: Json, writing: DashboardWriting) {
  const method = (...args: Code[]): Code => ({
    kind: 'chain',
    head: handle,
    calls: [{ name: 'query', args }],
  });
  const asked = type === 'tempo' ? query.query : query.expr;
  if (typeof asked !== 'string') return undefined;
  const legend = textOf(query.legendFormat);
  const options: readonly Code[] =
    legend === undefined ? [] : [{ kind: 'object', entries: [['legend', literal(legend)]] }];
  switch (type) {
    case 'prometheus': {
      const builder = new PrometheusQuery()
        .datasource(ref ?? {})
        .expr(asked)
        .range();
      if (legend !== undefined) builder.legendFormat(legend);
      return { code: method(promqlCode(asked, writing), ...options), builder };
    }
    case 'loki': {
      const builder = new LokiQuery()
        .datasource(ref ?? {})
        .expr(asked)
        .queryType('range');
      if (legend !== undefined) builder.legendFormat(legend);
      return { code: method(literal(asked), ...options), builder };
    }
    default:
      return {
        code: method(literal(asked)),
        builder: new TempoQuery()
          .datasource(ref ?? {})
          .query(asked)
          .queryType('traceql'),
      };
  }
}

/** A typed expression where the catalogue knows its metrics; text that is at least PromQL; or only text. */
function promqlCode(expr: string, writing: DashboardWriting): Code {
  return writing.promql(expr) ?? (readPromql(expr) ? rawPromql(expr, writing) : literal(expr));
}

/** `promql.raw('…')` */
export function rawPromql(expr: string, { names }: DashboardWriting): Code {
  return chain(text(names.use('panelproof', 'promql')), [{ name: 'raw', args: [literal(expr)] }]);
}

/** Without a type only the query itself says whose it is. */
function typeByShape({ expr, scenarioId }: Json): string {
  return typeof expr === 'string' ? 'prometheus' : typeof scenarioId === 'string' ? 'testdata' : '';
}
