import type { DatasourceUse } from '../../model/datasource.ts';
import type { Fix } from '../../model/finding.ts';
import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { deadUidFix } from '../datasource-fixes.ts';
import { type UidUses, uidUses } from '../dead-uids.ts';
import { groupBy } from '../walked-dashboards.ts';
import { causeOf } from './cause.ts';

/** Places that are named with a finding; the rest is counted. */
const MAX_RELATED = 5;

/** Dashboards or alert rules refer to a datasource uid that nobody provisions. */
export const datasourceUidUnknown: Rule = {
  id: 'datasource-uid-unknown',
  summary: 'Dashboards or alert rules refer to a datasource that nobody provisions',
  severity: 'data',
  fix: 'safe',
  related: ['datasource-uid-missing', 'datasource-name-reference', 'datasource-input-placeholder'],
  grafanaLogs: [
    'Datasource … was not found',
    'Data source not found',
    'failed to build query … data source not found',
  ],
  check(workspace, report) {
    const { datasources, datasourcesAreComplete } = workspace;
    // Without any, they are made by hand or elsewhere.
    if (!datasourcesAreComplete || datasources.length === 0) return;
    for (const uses of uidUses(workspace).values()) {
      if (uses.datasource) continue;
      const [first] = uses.uses;
      const cause = causeOf(workspace, uses);
      if (cause && first) {
        const fix = deadUidFix(workspace, first);
        report({
          message: `Expected datasource "${cause.name}" to have the uid "${uses.uid}", which ${counted(uses)} to; without one Grafana makes "${cause.effectiveUid}" of its name`,
          at: cause.at,
          related: related(uses.uses),
          grafanaLog: `Datasource ${uses.uid} was not found`,
          ...(fix && { fix }),
        });
        continue;
      }
      const hint = nearestHint(
        uses.uid,
        datasources.map(({ effectiveUid }) => effectiveUid),
      );
      for (const inFile of groupBy(uses.uses, ({ at }) => at.file).values())
        reportUses(workspace, inFile, `Unknown datasource uid "${uses.uid}"`, hint, report);
    }
    for (const inFile of unknownNames(workspace)) {
      const name = nameIn(inFile);
      const hint = nearestHint(
        name,
        datasources.map((datasource) => datasource.name),
      );
      reportUses(workspace, inFile, `Unknown datasource "${name}"`, hint, report);
    }
  },
};

function reportUses(
  workspace: Workspace,
  uses: readonly DatasourceUse[],
  what: string,
  hint: string,
  report: Parameters<Rule['check']>[1],
): void {
  const [first, ...others] = uses;
  if (!first) return;
  const fix = together(uses.map((use) => deadUidFix(workspace, use)));
  report({
    message: `${what}${hint}${others.length > 0 ? ` (in ${uses.length} places)` : ''}`,
    at: first.at,
    related: related(others),
    grafanaLog:
      first.by === 'alert rule'
        ? 'data source not found'
        : `Datasource ${first.ref.kind === 'uid' ? first.ref.uid : nameIn(uses)} was not found`,
    ...(fix && { fix }),
  });
}

/** One fix of several, when there is one for each. */
function together(fixes: readonly (Fix | undefined)[]): Fix | undefined {
  const [first] = fixes;
  if (!first || fixes.some((fix) => fix === undefined)) return undefined;
  return { ...first, edits: fixes.flatMap((fix) => fix?.edits ?? []) };
}

/** Bare strings that are no uid and no name, not even in another case, by dashboard. */
function unknownNames({ dashboards, datasources }: Workspace): DatasourceUse[][] {
  return dashboards.flatMap(({ datasourceUses }) => {
    const unknown = datasourceUses.filter(
      ({ ref }) =>
        ref.kind === 'name' &&
        !datasources.some(
          ({ name, effectiveUid }) =>
            effectiveUid === ref.name || name.toLowerCase() === ref.name.toLowerCase(),
        ),
    );
    return [...groupBy(unknown, ({ ref }) => (ref.kind === 'name' ? ref.name : '')).values()];
  });
}

function nameIn([use]: readonly DatasourceUse[]): string {
  return use?.ref.kind === 'name' ? use.ref.name : '';
}

function counted({ uses, dashboards, alertRules }: UidUses): string {
  const owners = [number(dashboards, 'dashboard'), number(alertRules, 'alert rule')].flatMap(
    (text) => text ?? [],
  );
  return `${number(uses.length, 'reference')} of ${owners.join(' and ')} point${uses.length === 1 ? 's' : ''}`;
}

function number(count: number, what: string): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function related(uses: readonly DatasourceUse[]) {
  return uses.slice(0, MAX_RELATED).map(({ at }) => ({ at, message: 'refers to it' }));
}
