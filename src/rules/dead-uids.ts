import type { DatasourceUse, ProvisionedDatasource } from '../model/datasource.ts';
import { findDatasource } from '../model/datasource-uid.ts';
import type { Workspace } from '../model/workspace.ts';

/** Uses of one uid in the dashboards of a workspace. */
export interface UidUses {
  readonly uid: string;
  readonly uses: readonly DatasourceUse[];
  /** Number of dashboards that have such a use. */
  readonly dashboards: number;
  /** Number of alert rules that have such a use. */
  readonly alertRules: number;
  /** What the uid resolves to; undefined when nobody provisions it. */
  readonly datasource: ProvisionedDatasource | undefined;
  /** For a uid that nobody provisions: the one datasource that can be meant, when there is exactly one. */
  readonly meant: ProvisionedDatasource | undefined;
}

const known = new WeakMap<Workspace, ReadonlyMap<string, UidUses>>();

/** Every uid that dashboards name in `{uid}` references, and alert rules, with its uses, in order of first use. */
export function uidUses(workspace: Workspace): ReadonlyMap<string, UidUses> {
  const found = known.get(workspace) ?? collect(workspace);
  known.set(workspace, found);
  return found;
}

/**
 * The uid that a datasource should have so that most dashboards and alert rules are right as they are; undefined when
 * none means it. They may use the one it has, or one that nobody provisions.
 */
export function mostUsedUid(workspace: Workspace, datasource: ProvisionedDatasource): string | undefined {
  const candidates = [...uidUses(workspace).values()].filter(
    (uses) =>
      (uses.datasource === datasource && uses.uid === datasource.effectiveUid) || uses.meant === datasource,
  );
  // Of equals the one it has already: nothing moves.
  const rank = (uses: UidUses) =>
    uses.dashboards + uses.alertRules + (uses.datasource === datasource ? 0.5 : 0);
  return candidates.sort((a, b) => rank(b) - rank(a) || b.uses.length - a.uses.length)[0]?.uid;
}

function collect(workspace: Workspace): ReadonlyMap<string, UidUses> {
  const uses = new Map<string, DatasourceUse[]>();
  const add = (use: DatasourceUse) => {
    if (use.ref.kind !== 'uid') return;
    const same = uses.get(use.ref.uid);
    if (same) same.push(use);
    else uses.set(use.ref.uid, [use]);
  };
  for (const { datasourceUses } of workspace.dashboards) datasourceUses.forEach(add);
  alertUses(workspace).forEach(add);
  return new Map(
    [...uses].map(([uid, own]) => {
      const datasource = findDatasource(workspace.datasources, uid);
      const inRules = own.filter(({ by }) => by === 'alert rule');
      const inDashboards = own.filter(({ by }) => by !== 'alert rule');
      const dashboards = new Set(inDashboards.map(({ at }) => at.file)).size;
      const alertRules = new Set(inRules.map(({ at }) => `${at.file} ${at.path?.slice(0, 4).join('.')}`))
        .size;
      const meant = datasource ? undefined : meantDatasource(workspace, uid, own);
      return [uid, { uid, uses: own, dashboards, alertRules, datasource, meant }];
    }),
  );
}

/** Where alert rules name a datasource. */
export function alertUses({ alerting }: Workspace): DatasourceUse[] {
  return alerting.groups.flatMap(({ rules }) => rules.flatMap(({ datasourceUses }) => datasourceUses));
}

/** The only datasource of the type that all references claim or, where they claim none, that the uid itself names. */
function meantDatasource(
  { datasources, datasourcesAreComplete }: Workspace,
  uid: string,
  uses: readonly DatasourceUse[],
): ProvisionedDatasource | undefined {
  if (!datasourcesAreComplete) return undefined;
  const claims = new Set(uses.flatMap(({ ref }) => (ref.kind === 'uid' ? (ref.type ?? []) : [])));
  const [type = uid.toLowerCase(), other] = claims;
  if (other !== undefined) return undefined;
  const [only, second] = datasources.filter((datasource) => datasource.type === type);
  return second === undefined ? only : undefined;
}
