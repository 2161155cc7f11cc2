import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { Edit, JsonValue } from '../../model/edit.ts';
import type { Finding, Fix } from '../../model/finding.ts';
import type { Location, PropertyPath } from '../../model/source-file.ts';
import { valueAt } from '../../model/value-at.ts';
import type { Workspace } from '../../model/workspace.ts';
import { referenceEdits, uidGuard } from '../datasource-fixes.ts';
import { linksOf } from '../datasource-links.ts';
import { stableUid } from '../stable-uid.ts';

/** Gives a datasource a legal uid made of the old one, and takes all that the tree shows to refer to it along. */
export function legalUidFix(workspace: Workspace, datasource: ProvisionedDatasource, old: string): Fix {
  const uid = stableUid(old);
  const { file, path = [] } = datasource.at;
  const links = workspace.datasources.flatMap(linksOf).filter((link) => link.uid === old);
  return {
    title: `Give "${datasource.name}" a legal uid made of the old one, also where it is referred to`,
    // What is made by hand in the user interface may have the old one too.
    safety: 'unsafe',
    edits: [
      { kind: 'set', file, path: [...path, 'uid'], value: uid },
      ...links.map(({ at }): Edit => ({ kind: 'set', file: at.file, path: at.path ?? [], value: uid })),
      ...referenceEdits(workspace, old, uid),
      ...uidGuard(workspace, datasource),
    ],
  };
}

/** Moves a secret to where Grafana reads it from, unless there is one already. */
export function moveSecretFix(
  entry: Readonly<Record<string, unknown>>,
  at: Location,
  path: PropertyPath,
): Pick<Finding, 'fix'> {
  const key = String(path.at(-1));
  const own = at.path ?? [];
  const value = valueAt(entry, path) as JsonValue;
  const { secureJsonData } = entry;
  if (typeof secureJsonData === 'object' && secureJsonData !== null && Object.hasOwn(secureJsonData, key))
    return {};
  return {
    fix: {
      title: `Move \`${key}\` to \`secureJsonData\``,
      safety: 'safe',
      edits: [
        { kind: 'set', file: at.file, path: [...own, 'secureJsonData', key], value },
        { kind: 'delete', file: at.file, path: [...own, ...path] },
      ],
    },
  };
}
