import type { QueryLanguage, Variable } from '../model/dashboard.ts';
import type { DatasourceRef, ProvisionedDatasource } from '../model/datasource.ts';
import { datasourceRef, findDatasource } from '../model/datasource-uid.ts';

/** What decides where a query goes. */
export interface DatasourceContext {
  readonly datasources: readonly ProvisionedDatasource[];
  readonly variables: readonly Variable[];
}

/**
 * Which datasource a query goes to: its own where the panel is Mixed, says nothing, or names one that does not
 * exist; otherwise the panel's, whatever the query says.
 */
export function effectiveRef(
  context: DatasourceContext,
  panelDatasource: unknown,
  queryDatasource: unknown,
): { ref: DatasourceRef; own: boolean } {
  const ofPanel = datasourceRef(panelDatasource);
  const ofQuery = datasourceRef(queryDatasource);
  const panelSays = panelDatasource !== undefined && panelDatasource !== null;
  const querySays = queryDatasource !== undefined && queryDatasource !== null;
  if (!querySays) return { ref: ofPanel, own: false };
  const panelDecides = panelSays && ofPanel.kind !== 'built-in' && resolves(context, ofPanel);
  return panelDecides && !isSame(ofPanel, ofQuery)
    ? { ref: ofPanel, own: false }
    : { ref: ofQuery, own: true };
}

function isSame(a: DatasourceRef, b: DatasourceRef): boolean {
  return a.kind === b.kind && refText(a) === refText(b);
}

function refText(ref: DatasourceRef): string {
  return 'uid' in ref ? ref.uid : 'name' in ref ? ref.name : '';
}

function resolves(context: DatasourceContext, ref: DatasourceRef): boolean {
  return ref.kind === 'uid' || ref.kind === 'name'
    ? findDatasource(context.datasources, ref.kind === 'uid' ? ref.uid : ref.name) !== undefined
    : ref.kind !== 'default';
}

const LANGUAGE_OF_TYPE: ReadonlyMap<string, QueryLanguage> = new Map([
  ['prometheus', 'promql'],
  ['loki', 'logql'],
  ['tempo', 'traceql'],
]);

/** The language that a datasource speaks, as far as the files tell. */
export function languageOf(context: DatasourceContext, ref: DatasourceRef): QueryLanguage {
  const type = typeOf(context, ref) ?? '';
  const language = LANGUAGE_OF_TYPE.get(type) ?? 'unknown';
  return mayBeDialect(context, ref, type) ? 'unknown' : language;
}

/**
 * Other servers are used through Grafana's plugins too and take more than those that the plugins are named after. Only
 * the URL tells; behind a variable it may be any datasource of the type.
 */
function mayBeDialect(context: DatasourceContext, ref: DatasourceRef, type: string): boolean {
  const dialects = DIALECTS.get(type);
  if (!dialects) return false;
  const named =
    ref.kind === 'uid' || ref.kind === 'name' ? findDatasource(context.datasources, refText(ref)) : undefined;
  const candidates = named ? [named] : context.datasources.filter((datasource) => datasource.type === type);
  return candidates.some(({ url }) => dialects.test(url ?? ''));
}

/** SkyWalking's server answers all three. */
const SKYWALKING = '//(?:[\\w.-]*-)?oap\\b|skywalking';

const DIALECTS: ReadonlyMap<string, RegExp> = new Map([
  // MetricsQL of VictoriaMetrics: names of its programs, its default ports, the path of its cluster version.
  [
    'prometheus',
    new RegExp(
      `victoria|//vm(?:-|select|single|auth|proxy|cluster|\\b)|:(?:8428|8481|8427)\\b|/select/\\w+/prometheus|${SKYWALKING}`,
      'i',
    ),
  ],
  ['loki', new RegExp(SKYWALKING, 'i')],
  ['tempo', new RegExp(SKYWALKING, 'i')],
]);

function typeOf(context: DatasourceContext, ref: DatasourceRef): string | undefined {
  const { datasources } = context;
  switch (ref.kind) {
    case 'uid':
      return findDatasource(datasources, ref.uid)?.type ?? ref.type;
    case 'name':
      return findDatasource(datasources, ref.name)?.type;
    case 'defined':
      return ref.type;
    case 'variable': {
      const variable = context.variables.find(({ name }) => name === ref.name);
      return ref.type ?? (variable?.type === 'datasource' ? variable.query : undefined);
    }
    case 'built-in':
      return undefined;
    case 'default':
      // With a type and no uid the front end takes a datasource of that type, the default one only where it has none.
      return ref.type !== undefined && datasources.some(({ type }) => type === ref.type)
        ? ref.type
        : (datasources.find((datasource) => datasource.isDefault)?.type ?? ref.type);
    default:
      return ref satisfies never;
  }
}
