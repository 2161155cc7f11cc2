import * as z from 'zod/mini';
import type {
  DatasourceDeletion,
  DatasourceName,
  DatasourceUid,
  ProvisionedDatasource,
} from '../model/datasource.ts';
import { generatedUid } from '../model/datasource-uid.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { ProvisioningFile, ShapeError } from '../model/workspace.ts';
import { expandValue, type VariableSource } from './expand-variables.ts';
import {
  asWritten,
  expectMapping,
  isCurrentShape,
  property,
  readList,
  readShape,
  yamlBoolean,
  yamlInteger,
  yamlText,
} from './provisioning-yaml.ts';

const datasourceShape = z.looseObject({
  name: yamlText,
  uid: yamlText,
  type: yamlText,
  url: yamlText,
  access: yamlText,
  isDefault: yamlBoolean,
  editable: yamlBoolean,
  basicAuth: yamlBoolean,
  orgId: yamlInteger,
  version: yamlInteger,
});

const deletionShape = z.looseObject({ name: yamlText, orgId: yamlInteger });

/** What one file of `provisioning/datasources` says. */
export interface DatasourceFile {
  readonly file: ProvisioningFile;
  readonly datasources: readonly ProvisionedDatasource[];
  readonly deletions: readonly DatasourceDeletion[];
}

/** Keys of the older shape, which has no uid, by their current names. */
const OLD_KEYS = {
  org_id: 'orgId',
  is_default: 'isDefault',
  basic_auth: 'basicAuth',
  json_data: 'jsonData',
} as const;

/** Reads a datasource file as Grafana does. Entries without a usable name are left to the rules. */
export function readDatasourceFile(file: SourceFile, variables: VariableSource): DatasourceFile {
  const apiVersion = property(file.value, 'apiVersion');
  const isCurrent = isCurrentShape(apiVersion);
  const list = readList(file, 'datasources');
  const deletionKey = isCurrent ? 'deleteDatasources' : 'delete_datasources';
  const deleted = readList(file, deletionKey);
  const shapeErrors: ShapeError[] = [...expectMapping(file), ...list.shapeErrors, ...deleted.shapeErrors];
  const datasources: ProvisionedDatasource[] = [];
  for (const [index, raw] of list.items.entries()) {
    const path = ['datasources', index];
    const written = asWritten(file, path, raw, ['name', 'uid', 'url']);
    const item = isCurrent ? expandValue(written, variables) : fromOldShape(written);
    const entry = readShape(file, path, item, datasourceShape);
    shapeErrors.push(...entry.shapeErrors);
    if (!entry.value?.name) continue;
    const { name, uid, type, url, isDefault, orgId } = entry.value;
    datasources.push({
      name: name as DatasourceName,
      uid: uid ? (uid as DatasourceUid) : undefined,
      effectiveUid: uid ? (uid as DatasourceUid) : generatedUid(name),
      type,
      url,
      isDefault: isDefault ?? false,
      orgId: orgId || 1,
      jsonData: property(item, 'jsonData'),
      at: { file: file.path, path },
    });
  }
  const deletions: DatasourceDeletion[] = [];
  for (const [index, raw] of deleted.items.entries()) {
    const at = { file: file.path, path: [deletionKey, index] };
    const item = isCurrent
      ? expandValue(asWritten(file, at.path, raw, ['name']), variables)
      : fromOldShape(raw);
    const entry = readShape(file, at.path, item, deletionShape);
    shapeErrors.push(...entry.shapeErrors);
    if (entry.value?.name) deletions.push({ name: entry.value.name, orgId: entry.value.orgId || 1, at });
  }
  return { file: { file, apiVersion, shapeErrors }, datasources, deletions };
}

function fromOldShape(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const { uid: _, orgId: __, isDefault: ___, jsonData: ____, ...rest } = item as Record<string, unknown>;
  const renamed = Object.entries(OLD_KEYS).flatMap(([old, key]) =>
    Object.hasOwn(rest, old) ? [[key, rest[old]] as const] : [],
  );
  return { ...rest, ...Object.fromEntries(renamed) };
}
