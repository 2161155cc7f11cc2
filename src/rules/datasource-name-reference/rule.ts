import type { DatasourceUse, ProvisionedDatasource } from '../../model/datasource.ts';
import type { Fix } from '../../model/finding.ts';
import type { Report, Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { referenceFix } from '../datasource-fixes.ts';
import { linksOf } from '../datasource-links.ts';
import { alertUses } from '../dead-uids.ts';
import { groupBy } from '../walked-dashboards.ts';

/** A datasource is named where its uid belongs: it works until somebody renames it. */
export const datasourceNameReference: Rule = {
  id: 'datasource-name-reference',
  summary: 'A datasource is referred to by its name instead of its uid',
  severity: 'data',
  fix: 'safe',
  related: ['datasource-uid-unknown'],
  grafanaLogs: ['was not found'],
  check(workspace, report) {
    for (const { datasourceUses } of workspace.dashboards) {
      const named = datasourceUses.flatMap((use) => {
        const meant = byName(workspace, use);
        return meant ? [{ use, ...meant }] : [];
      });
      for (const group of groupBy(named, ({ datasource }) => datasource.name).values())
        reportGroup(workspace, group, report);
    }
    const inRules = alertUses(workspace).flatMap((use) => {
      const meant = byName(workspace, use);
      return meant ? [{ use, ...meant }] : [];
    });
    for (const group of groupBy(
      inRules,
      ({ use, datasource }) => `${use.at.file} ${datasource.name}`,
    ).values())
      reportGroup(workspace, group, report);
    reportLinks(workspace, report);
  },
};

interface NamedUse {
  readonly use: DatasourceUse;
  readonly datasource: ProvisionedDatasource;
  /** Grafana does not find it: the case of its letters is wrong, or it stands where only uids are looked up. */
  readonly isDead: boolean;
}

/** The datasource that a reference has by its name and not by its uid. */
function byName(
  { datasources, datasourcesAreComplete }: Workspace,
  { ref, by }: DatasourceUse,
): Omit<NamedUse, 'use'> | undefined {
  if (ref.kind !== 'name' && ref.kind !== 'uid') return undefined;
  const text = ref.kind === 'name' ? ref.name : ref.uid;
  if (datasources.some(({ effectiveUid }) => effectiveUid === text)) return undefined;
  const exact = datasources.find(({ name }) => name === text);
  if (exact) return { datasource: exact, isDead: by === 'alert rule' };
  if (ref.kind === 'uid' || !datasourcesAreComplete) return undefined;
  const near = datasources.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  const [only] = near;
  return only && near.length === 1 ? { datasource: only, isDead: true } : undefined;
}

function reportGroup(workspace: Workspace, group: readonly NamedUse[], report: Report): void {
  const [first] = group;
  if (!first) return;
  const dead = group.find(({ isDead }) => isDead);
  const { datasource, use } = dead ?? first;
  const { name, effectiveUid } = datasource;
  const written = use.ref.kind === 'name' ? use.ref.name : name;
  const places = group.length > 1 ? ` (in ${group.length} places)` : '';
  const fix = together(group.map((item) => referenceFix(workspace, item.use, item.datasource)));
  report({
    severity: dead ? 'data' : 'drift',
    message: dead
      ? `Expected the uid "${effectiveUid}" of datasource "${name}", found ${whyDead(dead)}${places}`
      : `Expected the uid "${effectiveUid}" of datasource "${name}", found its name${places}`,
    at: use.at,
    ...(dead && {
      grafanaLog: use.by === 'alert rule' ? 'data source not found' : `Datasource ${written} was not found`,
    }),
    ...(fix && { fix }),
  });
}

function whyDead({ use }: NamedUse): string {
  return use.ref.kind === 'name'
    ? `"${use.ref.name}", which differs from its name in case: Grafana does not find it`
    : 'its name, by which alert rules do not find it';
}

function together(fixes: readonly (Fix | undefined)[]): Fix | undefined {
  const [first] = fixes;
  if (!first || fixes.some((fix) => fix === undefined)) return undefined;
  return { ...first, edits: fixes.flatMap((fix) => fix?.edits ?? []) };
}

function reportLinks({ datasources }: Workspace, report: Report): void {
  for (const { uid, at } of datasources.flatMap(linksOf)) {
    if (datasources.some(({ effectiveUid }) => effectiveUid === uid)) continue;
    const named = datasources.find(({ name }) => name === uid);
    if (named)
      report({
        severity: 'drift',
        message: `Expected the uid "${named.effectiveUid}" of datasource "${uid}", found its name`,
        at,
        fix: {
          title: `Refer to "${uid}" by its uid "${named.effectiveUid}"`,
          safety: 'safe',
          edits: [{ kind: 'set', file: at.file, path: at.path ?? [], value: named.effectiveUid as string }],
        },
      });
  }
}
