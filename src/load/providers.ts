import * as z from 'zod/mini';
import type { DashboardProvider } from '../model/provider.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { ProvisioningFile, ShapeError } from '../model/workspace.ts';
import { expandValue, type VariableSource } from './expand-variables.ts';
import {
  asWritten,
  expectMapping,
  property,
  readList,
  readShape,
  yamlBoolean,
  yamlInteger,
  yamlText,
} from './provisioning-yaml.ts';

const providerShape = z.looseObject({
  name: yamlText,
  type: yamlText,
  orgId: yamlInteger,
  folder: yamlText,
  folderUid: yamlText,
  disableDeletion: yamlBoolean,
  editable: yamlBoolean,
  allowUiUpdates: yamlBoolean,
  updateIntervalSeconds: yamlInteger,
});

const optionsShape = z.looseObject({
  path: yamlText,
  folder: yamlText,
  foldersFromFilesStructure: yamlBoolean,
});

/** What one file of `provisioning/dashboards` says. */
export interface ProviderFile {
  readonly file: ProvisioningFile;
  readonly providers: readonly DashboardProvider[];
}

/** Seconds between two looks when a provider does not say. */
const DEFAULT_INTERVAL_SECONDS = 10;

/** Reads a provider file as Grafana does. Without `apiVersion` it is a bare list of providers. */
export function readProviderFile(file: SourceFile, variables: VariableSource): ProviderFile {
  const apiVersion = property(file.value, 'apiVersion');
  const isOld = Array.isArray(file.value);
  const list = isOld ? { items: file.value as unknown[], shapeErrors: [] } : readList(file, 'providers');
  const shapeErrors: ShapeError[] = [...(isOld ? [] : expectMapping(file)), ...list.shapeErrors];
  const providers: DashboardProvider[] = [];
  for (const [index, raw] of list.items.entries()) {
    const path = isOld ? [index] : ['providers', index];
    const written = asWritten(file, path, raw, ['name', 'folder', 'folderUid']);
    const item = isOld ? fromOldShape(written) : expandValue(written, variables);
    const entry = readShape(file, path, item, providerShape);
    shapeErrors.push(...entry.shapeErrors);
    if (!entry.value) continue;
    const options = readShape(file, [...path, 'options'], property(item, 'options') ?? {}, optionsShape);
    shapeErrors.push(...options.shapeErrors);
    providers.push({
      name: entry.value.name ?? '',
      folder: entry.value.folder ?? '',
      folderUid: entry.value.folderUid || undefined,
      orgId: entry.value.orgId || 1,
      type: entry.value.type || 'file',
      // `options.folder` is the old name of `options.path`.
      path: (options.value?.path ?? options.value?.folder) || undefined,
      foldersFromFilesStructure: options.value?.foldersFromFilesStructure ?? false,
      updateIntervalSeconds: entry.value.updateIntervalSeconds || DEFAULT_INTERVAL_SECONDS,
      at: { file: file.path, path },
    });
  }
  return { file: { file, apiVersion, shapeErrors }, providers };
}

function fromOldShape(item: unknown): unknown {
  return typeof item === 'object' && item !== null ? { ...item, orgId: property(item, 'org_id') } : item;
}
