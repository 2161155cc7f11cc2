import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { Workspace } from '../../model/workspace.ts';

/** A datasource as its file has it, before variables are put in. */
export function writtenEntry(
  { datasourceFiles }: Workspace,
  { at }: ProvisionedDatasource,
): Readonly<Record<string, unknown>> {
  const file = datasourceFiles.find((provisioning) => provisioning.file.path === at.file)?.file;
  const entry = (at.path ?? []).reduce<unknown>((value, part) => Object(value)[part], file?.value);
  return Object(entry);
}
