import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { Workspace } from '../../model/workspace.ts';
import { deadUidFix } from '../datasource-fixes.ts';
import { type UidUses, uidUses } from '../dead-uids.ts';

/** The datasource without uid that a dead uid was meant for, so that one line there mends all references. */
export function causeOf(workspace: Workspace, { uses, meant }: UidUses): ProvisionedDatasource | undefined {
  const [first] = uses;
  if (!first || meant?.uid !== undefined) return undefined;
  const edits = deadUidFix(workspace, first)?.edits ?? [];
  return edits[0]?.file === meant?.at.file ? meant : undefined;
}

/** The datasources whose missing uid is the cause of dead references, each with the uid it should have. */
export function datasourcesToName(workspace: Workspace): ReadonlyMap<ProvisionedDatasource, string> {
  const { datasources, datasourcesAreComplete } = workspace;
  if (!datasourcesAreComplete || datasources.length === 0) return new Map();
  return new Map(
    [...uidUses(workspace).values()].flatMap((uses) => {
      const cause = uses.datasource ? undefined : causeOf(workspace, uses);
      return cause ? [[cause, uses.uid] as const] : [];
    }),
  );
}
