import type { Dashboard } from '../../model/dashboard.ts';
import type { DatasourceUse } from '../../model/datasource.ts';
import type { Rule } from '../../model/rule.ts';
import { groupBy } from '../walked-dashboards.ts';
import { inputsOf } from './dashboard-inputs.ts';
import { placeholderFix } from './placeholder-fix.ts';

/** A placeholder of "export for sharing", which only the import dialog fills in. */
export const datasourceInputPlaceholder: Rule = {
  id: 'datasource-input-placeholder',
  summary: 'A dashboard holds a placeholder such as ${DS_PROMETHEUS} that nothing fills in',
  severity: 'data',
  fix: 'safe',
  related: ['datasource-uid-unknown'],
  grafanaLogs: ['Datasource ${… was not found'],
  check(workspace, report) {
    for (const dashboard of workspace.dashboards) {
      for (const [name, [first, ...others]] of groupBy(unfilled(dashboard), ({ ref }) => nameOf(ref))) {
        if (!first) continue;
        const fix = placeholderFix(workspace, dashboard, name);
        const places = others.length > 0 ? ` (in ${others.length + 1} places)` : '';
        report({
          message: isInput(dashboard, name)
            ? `Unfilled input "\${${name}}": only importing by hand fills it in${places}`
            : `Unknown variable "\${${name}}" for a datasource: the dashboard has none of that name${places}`,
          at: first.at,
          grafanaLog: `Datasource \${${name}} was not found`,
          ...(fix && { fix }),
        });
      }
      for (const { name, value, index } of unfilledConstants(dashboard)) {
        const fix = placeholderFix(workspace, dashboard, name);
        report({
          message: `Unfilled input "\${${name}}": only importing by hand fills it in`,
          at: { file: dashboard.file, path: ['__inputs', index] },
          ...(fix ? { fix } : { suggestions: [`Write ${JSON.stringify(value)} in its places.`] }),
        });
      }
    }
  },
};

function unfilled({ datasourceUses, variables }: Dashboard): DatasourceUse[] {
  const known = new Set(variables.map(({ name }) => name));
  return datasourceUses.filter(
    ({ ref }) => ref.kind === 'variable' && !known.has(ref.name) && !ref.name.startsWith('__'),
  );
}

function nameOf(ref: DatasourceUse['ref']): string {
  return ref.kind === 'variable' ? ref.name : '';
}

function isInput(dashboard: Dashboard, name: string): boolean {
  return /^DS_/.test(name) || inputsOf(dashboard).some((input) => input.name === name);
}

function unfilledConstants(dashboard: Dashboard) {
  const constants = inputsOf(dashboard).filter(({ type }) => type === 'constant');
  if (constants.length === 0) return [];
  const { __inputs: _, ...rest } = dashboard.json;
  const text = JSON.stringify(rest);
  return constants.filter(
    ({ name }) =>
      name !== '' &&
      text.includes(`\${${name}}`) &&
      !dashboard.variables.some((variable) => variable.name === name),
  );
}
