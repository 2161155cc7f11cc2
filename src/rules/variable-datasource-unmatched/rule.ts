import type { Dashboard, Variable } from '../../model/dashboard.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { ReportedFinding, Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { nameTest } from './name-test.ts';

/** A variable to choose a datasource by, when there is none to choose. */
export const variableDatasourceUnmatched: Rule = {
  id: 'variable-datasource-unmatched',
  summary: 'A variable offers datasources of a type, or of names, that nobody provisions',
  severity: 'data',
  fix: 'none',
  related: ['datasource-uid-unknown', 'datasource-input-placeholder'],
  grafanaLogs: ['No data sources found'],
  check(workspace, report) {
    const { datasources, datasourcesAreComplete, dashboards } = workspace;
    // Without any, they are made by hand or elsewhere.
    if (!datasourcesAreComplete || datasources.length === 0) return;
    for (const dashboard of dashboards)
      for (const variable of dashboard.variables) {
        const message = isUsed(dashboard, variable) ? unmatched(workspace, variable) : undefined;
        if (message) report({ ...message, grafanaLog: 'No data sources found' });
      }
  },
};

/** Something is asked through it: a panel, a query or another variable. */
function isUsed({ datasourceUses }: Dashboard, { name, type }: Variable): boolean {
  return (
    type === 'datasource' &&
    datasourceUses.some(({ ref, by }) => ref.kind === 'variable' && ref.name === name && by !== 'annotation')
  );
}

function unmatched(
  { datasources }: Workspace,
  { name, query, regex, at }: Variable,
): Pick<ReportedFinding, 'message' | 'at'> | undefined {
  const path = at.path ?? [];
  // Without a plugin there is nothing to go by, and Grafana's own are always there.
  if (!query || query.includes('$') || BUILT_IN.has(query)) return undefined;
  if (datasources.some(({ type }) => type === undefined || type.includes('$'))) return undefined;
  const ofType = datasources.filter(({ type = '' }) => pluginOf(type) === pluginOf(query));
  if (ofType.length === 0)
    return {
      message: `Unmatched variable $${name}: no datasource of type ${query} is provisioned, there is ${listed(datasources.map(({ type }) => type ?? ''))}`,
      at: { ...at, path: [...path, 'query'] },
    };
  const test = regex ? nameTest(regex) : undefined;
  if (!test || ofType.some(({ name: candidate }) => test(candidate)) || offersDefault(ofType, test))
    return undefined;
  return {
    message: `Unmatched variable $${name}: no datasource of type ${query} has a name like ${regex}, there is ${listed(ofType.map((each) => each.name))}`,
    at: { ...at, path: [...path, 'regex'] },
  };
}

/** Older Grafanas offer "default" as well, where the default datasource is of the type. */
function offersDefault(
  datasources: readonly ProvisionedDatasource[],
  test: (name: string) => boolean,
): boolean {
  return datasources.some(({ isDefault }) => isDefault) && test('default');
}

const BUILT_IN = new Set(['grafana', 'mixed', 'dashboard', 'datasource', '__expr__']);

/** Plugins that were renamed answer to both names. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['postgres', 'grafana-postgresql-datasource'],
  ['phlare', 'grafana-pyroscope-datasource'],
  ['testdata', 'grafana-testdata-datasource'],
]);

function pluginOf(type: string): string {
  // Grafana offers Prometheus in the flavours of clouds, which are plugins of their own, wherever it is asked for one.
  // https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/utils/matchPluginId.ts
  if (/^grafana-[0-9a-z]+prometheus-datasource$/.test(type)) return 'prometheus';
  return RENAMED.get(type) ?? type;
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `"${name}"`).join(', ');
}
