import type { Dashboard } from '../../model/dashboard.ts';
import type { Edit, JsonValue } from '../../model/edit.ts';
import type { Fix } from '../../model/finding.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';

/** One item of `__inputs`. */
export interface DashboardInput {
  readonly name: string;
  readonly type: string;
  readonly pluginId: string | undefined;
  readonly value: unknown;
  readonly index: number;
}

/** What "export for sharing" asks the importer for. */
export function inputsOf({ json }: Dashboard): DashboardInput[] {
  if (!Array.isArray(json.__inputs)) return [];
  return json.__inputs.map((item: Partial<Record<string, unknown>> | null, index) => ({
    name: String(item?.name ?? ''),
    type: String(item?.type ?? ''),
    pluginId: typeof item?.pluginId === 'string' ? item.pluginId : undefined,
    value: item?.value,
    index,
  }));
}

/**
 * Puts the uid of the only datasource of the plugin in the placeholder's places; where there are several or none, adds
 * a datasource variable of that name. What only the import dialog reads goes when this was the last input.
 */
export function placeholderFix(workspace: Workspace, dashboard: Dashboard, name: string): Fix | undefined {
  const { file, json } = dashboard;
  const plugin = pluginOf(dashboard, name);
  if (plugin === undefined || dashboard.origin.kind === 'definition') return undefined;
  const [only, second] = workspace.datasources.filter(({ type }) => type === plugin);
  const leftovers: Edit[] = inputsOf(dashboard).every((input) => input.name === name)
    ? ['__inputs', '__requires']
        .filter((key) => Object.hasOwn(json, key))
        .map((key) => ({ kind: 'delete', file, path: [key] }))
    : [];
  if (only && !second) {
    const uid: string = only.effectiveUid;
    const edits = placesOf(json, name, []).map(
      ({ path, isObject }): Edit =>
        isObject
          ? { kind: 'set', file, path: [...path, 'uid'], value: uid }
          : { kind: 'set', file, path, value: { type: plugin, uid } },
    );
    return {
      title: `Refer to "${only.name}", the only datasource of type ${plugin}`,
      safety: 'safe',
      edits: [...edits, ...leftovers],
    };
  }
  const variable: JsonValue = { type: 'datasource', name, query: plugin, label: plugin };
  return {
    title: `Add a variable "${name}" that stands for a datasource of type ${plugin}`,
    safety: 'safe',
    edits: [{ kind: 'append', file, path: ['templating', 'list'], value: variable }, ...leftovers],
  };
}

function pluginOf(dashboard: Dashboard, name: string): string | undefined {
  const input = inputsOf(dashboard).find((candidate) => candidate.name === name);
  if (input?.pluginId !== undefined) return input.pluginId;
  const types = new Set(
    dashboard.datasourceUses.flatMap(({ ref }) =>
      ref.kind === 'variable' && ref.name === name ? (ref.type ?? []) : [],
    ),
  );
  const [type, other] = types;
  return other === undefined ? type : undefined;
}

function placesOf(
  value: unknown,
  name: string,
  path: PropertyPath,
): { readonly path: PropertyPath; readonly isObject: boolean }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const inner = [...path, Array.isArray(value) ? Number(key) : key];
    if (key !== 'datasource') return placesOf(item, name, inner);
    if (isPlaceholder(item, name)) return [{ path: inner, isObject: false }];
    const { uid } = (item ?? {}) as { uid?: unknown };
    return isPlaceholder(uid, name) ? [{ path: inner, isObject: true }] : [];
  });
}

function isPlaceholder(value: unknown, name: string): boolean {
  return value === `\${${name}}` || value === `$${name}`;
}
