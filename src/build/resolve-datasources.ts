import type { ProvisionedDatasource } from '../model/datasource.ts';
import { datasourceRef } from '../model/datasource-uid.ts';

/**
 * The text of a printed dashboard in which each datasource that the provisioning has, under that name and with that
 * type, stands by type and uid. One that it does not have stays named; a rule reports it with the nearest name.
 */
export function resolveDatasources(text: string, datasources: readonly ProvisionedDatasource[]): string {
  return text.replace(REFERENCE, (whole, before: string, type: string, uid: string) => {
    const ref = datasourceRef({ type: JSON.parse(type), uid: JSON.parse(uid) });
    if (ref.kind !== 'defined') return whole;
    const found = datasources.find(
      (datasource) => datasource.name === ref.name && datasource.type === ref.type,
    );
    return found ? `${before}${JSON.stringify(found.effectiveUid)}` : whole;
  });
}

/** A reference as it is printed; a line can begin so in no string, where a line break is `\\n`. */
const REFERENCE =
  /(^ *"type": ("(?:[^"\\\n]|\\.)*"),\n *"uid": )("panelproof datasource: (?:[^"\\\n]|\\.)*")$/gm;
