import type { DatasourceUse, ProvisionedDatasource } from '../model/datasource.ts';
import type { Edit } from '../model/edit.ts';
import type { Fix } from '../model/finding.ts';
import { isAtLeast } from '../model/grafana-version.ts';
import type { PropertyPath } from '../model/source-file.ts';
import type { ProvisioningFile, Workspace } from '../model/workspace.ts';
import { mostUsedUid, type UidUses, uidUses } from './dead-uids.ts';

/**
 * Mends a reference to a uid that nobody provisions, at its cause: where the datasource that is meant has no uid and
 * most dashboards agree on this one, the datasource takes it, which is one line for all of them. Otherwise the
 * reference takes the uid of the datasource. Undefined when it is not certain which datasource is meant.
 */
export function deadUidFix(workspace: Workspace, use: DatasourceUse): Fix | undefined {
  if (use.ref.kind !== 'uid') return undefined;
  const { uid } = use.ref;
  const meant = uidUses(workspace).get(uid)?.meant;
  if (!meant) return undefined;
  return wantedUid(workspace, meant) === uid
    ? pinnedUidFix(workspace, meant)
    : referenceFix(workspace, use, meant);
}

/** Gives a datasource without uid the one that most dashboards use or, where none does, the one that it has already. */
export function pinnedUidFix(workspace: Workspace, datasource: ProvisionedDatasource): Fix | undefined {
  if (!takesUid(workspace, datasource)) return undefined;
  const { name, effectiveUid } = datasource;
  const uid = wantedUid(workspace, datasource);
  return {
    title:
      uid === effectiveUid
        ? `Write down the uid that Grafana makes of the name "${name}", so that nothing moves`
        : `Give "${name}" the uid "${uid}", which ${referrers(uidUses(workspace).get(uid))} refer to${caveat(workspace)}`,
    safety: 'safe',
    edits: [
      {
        kind: 'set',
        file: datasource.at.file,
        path: [...(datasource.at.path ?? []), 'uid'],
        value: uid,
        after: 'name',
      },
      ...(uid === effectiveUid ? [] : uidGuard(workspace, datasource)),
    ],
  };
}

/**
 * Makes a reference name the datasource by type and uid. A type that is there stays: it may be the newer name of the
 * plugin (`grafana-postgresql-datasource` for `postgres`), and Grafana goes by the uid.
 */
export function referenceFix(
  workspace: Workspace,
  { ref, at, by }: DatasourceUse,
  datasource: ProvisionedDatasource,
): Fix | undefined {
  const { name, type } = datasource;
  if (generatedFiles(workspace).has(at.file)) return undefined;
  const path = at.path ?? [];
  const isWrittenOut = ref.kind === 'uid' && ref.type !== undefined;
  const uid = wantedUid(workspace, datasource);
  const edit: Edit =
    isWrittenOut || by === 'alert rule'
      ? { kind: 'set', file: at.file, path: uidPath({ at, by }), value: uid }
      : { kind: 'set', file: at.file, path, value: type === undefined ? { uid } : { type, uid } };
  return { title: `Refer to "${name}" by its uid "${uid}"`, safety: 'safe', edits: [edit] };
}

/** Where the uid of a reference by uid stands. */
function uidPath({ at, by }: Pick<DatasourceUse, 'at' | 'by'>): PropertyPath {
  const path = at.path ?? [];
  return by === 'alert rule' ? path : [...path, 'uid'];
}

/** Who refers to a uid. */
export function referrers(uses: UidUses | undefined): string {
  if (!uses || uses.alertRules === 0) return 'dashboards';
  return uses.dashboards === 0 ? 'alert rules' : 'dashboards and alert rules';
}

/** Puts another uid in all references of alert rules and hand-written dashboards to this one; the build does the rest. */
export function referenceEdits(workspace: Workspace, from: string, to: string): Edit[] {
  const generated = generatedFiles(workspace);
  const { uses = [] } = uidUses(workspace).get(from) ?? {};
  return uses.flatMap(({ at, by }): Edit[] =>
    generated.has(at.file) ? [] : [{ kind: 'set', file: at.file, path: uidPath({ at, by }), value: to }],
  );
}

/**
 * Lets a datasource be deleted and made again at each start: without it Grafana 12 looks the row of that name up by
 * the new uid, finds none and stops. Empty when nothing outlives a restart or the entry is there already.
 */
export function uidGuard(workspace: Workspace, datasource: ProvisionedDatasource): Edit[] {
  const { grafana } = workspace;
  const { orgId, at } = datasource;
  if (!grafana.persistsDatabase || !isAtLeast(grafana.version, '12.0')) return [];
  if (isGuarded(workspace, datasource)) return [];
  return [guardEdit(workspace, at.file, { name: writtenName(workspace, datasource), orgId })];
}

/** Whether the row of a name is deleted by the datasource's own file, or by one that is read before it. */
export function isGuarded(
  { deletions, datasourceFiles }: Workspace,
  { name, orgId, at }: Pick<ProvisionedDatasource, 'name' | 'orgId' | 'at'>,
): boolean {
  const order = (path: string) => datasourceFiles.findIndex(({ file }) => file.path === path);
  return deletions.some(
    (deletion) =>
      deletion.name === name && deletion.orgId === orgId && order(deletion.at.file) <= order(at.file),
  );
}

/** What must be known where the tree does not show how Grafana is started. */
function caveat({ grafana }: Workspace): string {
  return grafana.at === undefined && isAtLeast(grafana.version, '12.0')
    ? '; a database that outlives restarts needs deleteDatasources besides'
    : '';
}

/** Adds to `deleteDatasources` of a file, which then stands before `datasources`. */
export function guardEdit(
  workspace: Workspace,
  file: string,
  entry: { readonly name: string; readonly orgId: number },
): Edit {
  const path = ['deleteDatasources'];
  const value = fileOf(workspace, file)?.file.value;
  const list = (value as { deleteDatasources?: unknown } | undefined)?.deleteDatasources;
  return Array.isArray(list)
    ? { kind: 'append', file, path, value: entry }
    : { kind: 'set', file, path, value: [entry], after: 'apiVersion' };
}

/** The uid that a datasource has or, where the file does not say, shall have. */
function wantedUid(workspace: Workspace, datasource: ProvisionedDatasource): string {
  const used = takesUid(workspace, datasource) ? mostUsedUid(workspace, datasource) : undefined;
  return used !== undefined && LEGAL_UID.test(used) ? used : datasource.effectiveUid;
}

const LEGAL_UID = /^[A-Za-z0-9_-]{1,40}$/;

/**
 * Whether a line `uid:` does what it says: without `apiVersion` Grafana does not read it, of a name that comes from
 * the environment the tree does not know what uid it has, and two entries of one name must first be told apart.
 */
function takesUid(workspace: Workspace, datasource: ProvisionedDatasource): boolean {
  const file = fileOf(workspace, datasource.at.file);
  const isCurrent = file?.apiVersion !== undefined && file.apiVersion !== null;
  const isAlone = !workspace.datasources.some(
    (other) => other !== datasource && isSameRow(other, datasource),
  );
  const hasKnownName = isAlone && !writtenName(workspace, datasource).includes('$');
  return datasource.uid === undefined && isCurrent && hasKnownName;
}

/** Grafana has one row for each name in an organisation. */
function isSameRow(one: ProvisionedDatasource, other: ProvisionedDatasource): boolean {
  return one.name === other.name && one.orgId === other.orgId;
}

/** The name as the file has it, before variables are put in. */
function writtenName(workspace: Workspace, { name, at }: ProvisionedDatasource): string {
  const { datasources } = (fileOf(workspace, at.file)?.file.value ?? {}) as {
    datasources?: readonly ({ readonly name?: unknown } | null)[];
  };
  return String(datasources?.[Number(at.path?.[1])]?.name ?? name);
}

function fileOf({ datasourceFiles }: Workspace, path: string): ProvisioningFile | undefined {
  return datasourceFiles.find(({ file }) => file.path === path);
}

function generatedFiles({ dashboards }: Workspace): ReadonlySet<string> {
  return new Set(dashboards.flatMap(({ file, origin }) => (origin.kind === 'definition' ? [file] : [])));
}
