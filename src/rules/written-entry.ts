import type { ProvisionedDatasource } from '../model/datasource.ts';
import { valueAt } from '../model/value-at.ts';
import type { Workspace } from '../model/workspace.ts';

/** A datasource as its file has it, before variables are put in. */
export function writtenEntry(
  { datasourceFiles }: Pick<Workspace, 'datasourceFiles'>,
  { at }: Pick<ProvisionedDatasource, 'at'>,
): Readonly<Record<string, unknown>> {
  const file = datasourceFiles.find((provisioning) => provisioning.file.path === at.file)?.file;
  const entry = valueAt(file?.value, at.path ?? []);
  return Object(entry);
}
