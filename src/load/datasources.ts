import { z } from 'zod';
import type {
  DatasourceDeletion,
  DatasourceName,
  DatasourceUid,
  ProvisionedDatasource,
} from '../model/datasource.ts';
import { generatedUid } from '../model/datasource-uid.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { ProvisioningFile, ShapeError } from '../model/workspace.ts';
import { property, readList, readShape, yamlBoolean, yamlInteger, yamlText } from './provisioning-yaml.ts';

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

/** Reads a datasource file as Grafana does. Entries without a usable name are left to the rules. */
export function readDatasourceFile(file: SourceFile): DatasourceFile {
  const apiVersion = property(file.value, 'apiVersion');
  // Without apiVersion Grafana reads an older shape that has no uid at all.
  const hasUids = apiVersion !== undefined && apiVersion !== null;
  const list = readList(file, 'datasources');
  const deleted = readList(file, 'deleteDatasources');
  const shapeErrors: ShapeError[] = [...list.shapeErrors, ...deleted.shapeErrors];
  const datasources: ProvisionedDatasource[] = [];
  for (const [index, item] of list.items.entries()) {
    const entry = readShape(file, ['datasources', index], item, datasourceShape);
    shapeErrors.push(...entry.shapeErrors);
    if (entry.value?.name === undefined) continue;
    const { name, uid, type, url, isDefault, orgId } = entry.value;
    datasources.push({
      name: name as DatasourceName,
      uid: hasUids && uid !== '' ? (uid as DatasourceUid | undefined) : undefined,
      effectiveUid: hasUids && uid ? (uid as DatasourceUid) : generatedUid(name),
      type,
      url,
      isDefault: isDefault ?? false,
      orgId: orgId || 1,
      jsonData: property(item, 'jsonData'),
      at: { file: file.path, path: ['datasources', index] },
    });
  }
  const deletions: DatasourceDeletion[] = [];
  for (const [index, item] of deleted.items.entries()) {
    const at = { file: file.path, path: ['deleteDatasources', index] };
    const entry = readShape(file, at.path, item, deletionShape);
    shapeErrors.push(...entry.shapeErrors);
    if (entry.value?.name) deletions.push({ name: entry.value.name, orgId: entry.value.orgId || 1, at });
  }
  return { file: { file, apiVersion, shapeErrors }, datasources, deletions };
}
