import { objectOf, textOf } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { findDatasource } from '../../model/datasource-uid.ts';

/** What is provisioned, and what was decided. */
export interface References {
  readonly datasources: readonly ProvisionedDatasource[];
  readonly notes: Set<string>;
}

/** A reference by type and uid where the provisioning knows it; nothing for the default one, unless it is asked for. */
export function datasourceOf(
  ref: unknown,
  { datasources, notes }: References,
  isAsked = false,
): { datasource?: unknown } {
  if (ref === null || ref === undefined || ref === '' || ref === 'default') {
    const usual = isAsked && ref !== undefined ? datasources.find(({ isDefault }) => isDefault) : undefined;
    if (!usual?.type) return {};
    notes.add(`Where no datasource was named stands ${usual.name}, the default one.`);
    return { datasource: { type: usual.type, uid: usual.effectiveUid } };
  }
  if (typeof ref === 'string') {
    const found = findDatasource(datasources, ref);
    if (found?.type) notes.add(`Datasource ${JSON.stringify(ref)}, a name, became a reference by uid.`);
    return { datasource: found?.type ? { type: found.type, uid: found.effectiveUid } : { uid: ref } };
  }
  const json = objectOf(ref);
  const uid = textOf(json?.uid);
  if (uid === undefined) return { datasource: ref };
  const found = findDatasource(datasources, uid);
  return {
    datasource: found?.type
      ? { type: found.type, uid: found.effectiveUid }
      : { ...(json?.type ? { type: json.type } : {}), uid },
  };
}
