import type { Location, PropertyPath } from '../model/source-file.ts';
import type { ProvisioningFile, Workspace } from '../model/workspace.ts';

/** Texts of provisioning files in which Grafana puts variables, as they are written. */
export function provisioningTexts({ datasourceFiles, providerFiles }: Workspace): {
  readonly text: string;
  readonly at: Location & { readonly path: PropertyPath };
}[] {
  return [...datasourceFiles, ...providerFiles]
    .filter(isCurrent)
    .flatMap(({ file }) =>
      textsIn(file.value, []).map(({ text, path }) => ({ text, at: { file: file.path, path } })),
    );
}

/** Whether a file is in the current shape, with `apiVersion: 1`; older ones have other keys and no variables. */
export function isCurrent({ apiVersion }: ProvisioningFile): boolean {
  return typeof apiVersion === 'number' && apiVersion >= 1;
}

function textsIn(value: unknown, path: PropertyPath): { text: string; path: PropertyPath }[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
