import type { Location, PropertyPath } from '../model/source-file.ts';
import type { ProvisioningFile, Workspace } from '../model/workspace.ts';

/** A text of a provisioning file, as it is written. */
export interface ProvisioningText {
  readonly text: string;
  readonly at: Location & { readonly path: PropertyPath };
}

/** Texts of datasources and providers, in which Grafana puts variables. */
export function provisioningTexts({ datasourceFiles, providerFiles }: Workspace): ProvisioningText[] {
  return [...datasourceFiles, ...providerFiles]
    .filter(isCurrent)
    .flatMap(({ file }) =>
      textsIn(file.value, []).map(({ text, path }) => ({ text, at: { file: file.path, path } })),
    );
}

/** Texts of alerting in which Grafana puts variables: not those of queries, annotations, templates and mute times. */
export function alertingTexts({ alerting }: Workspace): ProvisioningText[] {
  return alerting.files.flatMap(({ file }) =>
    textsIn(file.value, []).flatMap(({ text, path }) =>
      ['groups', 'contactPoints', 'policies'].includes(String(path[0])) &&
      !path.includes('model') &&
      path[4] !== 'annotations'
        ? [{ text, at: { file: file.path, path } }]
        : [],
    ),
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
