import type { ProvisionedDatasource } from '../model/datasource.ts';
import { datasourceRef } from '../model/datasource-uid.ts';

/**
 * The text of a printed dashboard in which each datasource that the provisioning has, under that name and with that
 * type, stands by type and uid. One that it does not have stays named; a rule reports it with the nearest name.
 */
export function resolveDatasources(text: string, datasources: readonly ProvisionedDatasource[]): string {
  return text.replace(DEFINED_UID, (whole, uid: string, at: number) => {
    const type = TYPE_LINE.exec(lineBefore(text, at))?.[1];
    if (type === undefined) return whole;
    const ref = datasourceRef({ type: JSON.parse(type), uid: JSON.parse(uid) });
    if (ref.kind !== 'defined') return whole;
    const found = datasources.find(
      (datasource) => datasource.name === ref.name && datasource.type === ref.type,
    );
    return found ? `"uid": ${JSON.stringify(found.effectiveUid)}` : whole;
  });
}

/** A reference by name as it is printed, behind its type; searched for by its first letters, which is quick. */
const DEFINED_UID = /"uid": ("panelproof datasource: (?:[^"\\\n]|\\.)*")$/gm;

/** A line can begin so in no string, where a line break is `\\n`. */
const TYPE_LINE = /^ *"type": ("(?:[^"\\\n]|\\.)*"),\n *$/;

/** The line above a place and the beginning of its own. */
function lineBefore(text: string, at: number): string {
  const ownLine = text.lastIndexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', ownLine - 1) + 1, at);
}
