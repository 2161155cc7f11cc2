import { findDatasource } from '../../model/datasource-uid.ts';
import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { linkedType, linksOf } from '../datasource-links.ts';
import { datasourcesToName } from '../datasource-uid-unknown/cause.ts';
import { reportFaults } from '../fault.ts';
import { correlationFaults } from './faults.ts';

/** Uids that every Grafana resolves. */
const BUILT_IN = new Set(['grafana', '-- Grafana --', '-- Dashboard --', '-- Mixed --']);

/** A datasource links traces, logs or metrics to a datasource that nobody provisions. */
export const datasourceLinkUnknown: Rule = {
  id: 'datasource-link-unknown',
  summary: 'A datasource links to another that nobody provisions',
  severity: 'load',
  fix: 'safe',
  related: ['datasource-uid-unknown', 'datasource-name-reference'],
  check(workspace, report) {
    reportFaults(correlationFaults(workspace), report);
    const { datasources, datasourcesAreComplete } = workspace;
    if (!datasourcesAreComplete) return;
    // One that dashboards miss too is mended there.
    const told = new Set(datasourcesToName(workspace).values());
    for (const datasource of datasources)
      for (const { uid, feature, at } of linksOf(datasource)) {
        if (findDatasource(datasources, uid) || BUILT_IN.has(uid) || told.has(uid)) continue;
        const [only, second] = datasources.filter(({ type }) => type === linkedType(feature));
        report({
          severity: 'data',
          message: `Unknown datasource uid "${uid}" in \`${feature}\` of "${datasource.name}"${nearestHint(
            uid,
            datasources.map(({ effectiveUid }) => effectiveUid),
          )}: the link leads nowhere`,
          at,
          ...(only &&
            !second && {
              fix: {
                title: `Link to "${only.name}", the only datasource of type ${only.type}`,
                safety: 'safe',
                edits: [
                  { kind: 'set', file: at.file, path: at.path ?? [], value: only.effectiveUid as string },
                ],
              },
            }),
        });
      }
  },
};
