import { isAtLeast } from '../../model/grafana-version.ts';
import type { Rule } from '../../model/rule.ts';
import { defaultQueries } from '../default-queries.ts';
import { groupBy } from '../walked-dashboards.ts';

/** Places that are named with a finding. */
const MAX_RELATED = 5;

/** Nobody is the default while panels rely on one. Grafana 12 then draws random numbers, without any error. */
export const datasourceDefaultMissing: Rule = {
  id: 'datasource-default-missing',
  summary: 'Panels rely on a default datasource, and no datasource is the default',
  severity: 'data',
  fix: 'safe',
  related: ['datasource-default-mismatch'],
  check(workspace, report) {
    const { datasources, datasourcesAreComplete, grafana } = workspace;
    if (!datasourcesAreComplete) return;
    for (const queries of groupBy(defaultQueries(workspace), ({ orgId }) => String(orgId)).values()) {
      const [first] = queries;
      const ours = datasources.filter(({ orgId }) => orgId === first?.orgId);
      const [only, second] = ours;
      if (!first || !only || ours.some(({ isDefault }) => isDefault)) continue;
      const panels = new Set(queries.map(({ panel }) => panel)).size;
      const outcome = isAtLeast(grafana.version, '12.0')
        ? 'from the second start on they draw random numbers'
        : 'they show nothing';
      report({
        message: `Expected one datasource to be the default, since ${panels === 1 ? '1 panel names' : `${panels} panels name`} none: ${outcome}`,
        at: second ? { file: only.at.file, path: ['datasources'] } : only.at,
        related: queries
          .slice(0, MAX_RELATED)
          .map(({ query }) => ({ at: query.at, message: 'names no datasource' })),
        ...(second
          ? { suggestions: ours.map(({ name }) => `Make "${name}" the default.`) }
          : {
              fix: {
                title: `Make "${only.name}", the only datasource, the default`,
                safety: 'safe',
                edits: [
                  {
                    kind: 'set',
                    file: only.at.file,
                    path: [...(only.at.path ?? []), 'isDefault'],
                    value: true,
                  },
                ],
              },
            }),
      });
    }
  },
};
