import type { ProvisionedDatasource } from '../model/datasource.ts';
import { datasourceRef } from '../model/datasource-uid.ts';

/**
 * A copy of a compiled dashboard in which each datasource that the provisioning has, under that name and with that
 * type, stands by type and uid. One that it does not have stays named; a rule reports it with the nearest name.
 */
export function resolveDatasources<Json>(json: Json, datasources: readonly ProvisionedDatasource[]): Json {
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const ref = datasourceRef(value);
    if (ref.kind !== 'defined')
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner)]));
    const found = datasources.find(({ name, type }) => name === ref.name && type === ref.type);
    // The handle of a definition has a name and methods too; a reference is type and uid, nothing else.
    return { type: ref.type, uid: found?.effectiveUid ?? (value as { uid: string }).uid };
  };
  return resolve(json) as Json;
}
