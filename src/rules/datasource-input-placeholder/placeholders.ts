import type { Dashboard } from '../../model/dashboard.ts';
import { datasourceRef } from '../../model/datasource-uid.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import type { DashboardInput } from './dashboard-inputs.ts';

/** A text of a dashboard in which an import would put something. */
export interface Placeholder {
  readonly path: PropertyPath;
  readonly text: string;
  /** What it waits for: one datasource, or constants. */
  readonly names: readonly string[];
}

/**
 * The places of `${DS_X}` where datasources are named, and of constants in any text; variables of the dashboard itself
 * are none, and neither is what the export says of itself.
 */
export function placeholdersIn(
  { json, variables }: Dashboard,
  inputs: ReadonlyMap<string, DashboardInput>,
): Placeholder[] {
  const own = new Set(variables.map(({ name }) => name));
  const isConstant = (name: string) => inputs.get(name)?.type === 'constant' && !own.has(name);
  return textsIn(json, []).flatMap(({ path, text }): Placeholder[] => {
    if (path.length > 0 && String(path[0]).startsWith('__')) return [];
    const ref = isDatasourcePlace(path) ? datasourceRef(text) : undefined;
    if (ref?.kind === 'variable' && !own.has(ref.name) && !ref.name.startsWith('__'))
      return [{ path, text, names: [ref.name] }];
    const names = [...text.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name = '']) =>
      isConstant(name) ? [name] : [],
    );
    return names.length > 0 ? [{ path, text, names }] : [];
  });
}

/** `datasource: "${DS_X}"` or `datasource: {uid: "${DS_X}"}`. */
function isDatasourcePlace(path: PropertyPath): boolean {
  return path.at(-1) === 'datasource' || (path.at(-1) === 'uid' && path.at(-2) === 'datasource');
}

function textsIn(
  value: unknown,
  path: PropertyPath,
): { readonly path: PropertyPath; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    textsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
