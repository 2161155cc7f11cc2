import type { Dashboard } from '../model/dashboard.ts';
import type { Edit, JsonValue } from '../model/edit.ts';
import type { Fix } from '../model/finding.ts';
import type { PropertyPath } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';

/**
 * Does what the import dialog would have done with a dashboard that was exported "for sharing": each `${DS_X}` becomes
 * the one datasource of its plugin or, where there are several, a variable that lets the viewer choose; constants are
 * put in; `__inputs` and `__requires` go. Undefined when for one of them it is not known what to put in.
 */
export function placeholderFix(workspace: Workspace, dashboard: Dashboard): Fix | undefined {
  const { file, json, origin } = dashboard;
  if (origin.kind === 'definition') return undefined;
  const inputs = inputsOf(json);
  const own = new Set(dashboard.variables.map(({ name }) => name));
  const places = placeholdersIn(json, []).filter(({ name }) => !own.has(name));
  const edits: Edit[] = [];
  const added = new Set<string>();
  for (const { path, text, name } of places) {
    const input = inputs.get(name);
    if (input?.type === 'constant' && input.value !== undefined) {
      edits.push({ kind: 'set', file, path, value: withConstants(text, inputs) });
      continue;
    }
    if (!isDatasourcePlace(path)) continue;
    const plugin = input?.pluginId ?? typeBeside(json, path);
    const ofPlugin = workspace.datasources.filter(({ type }) => type === plugin);
    const [datasource, second] = ofPlugin;
    if (plugin === undefined || !datasource) return undefined;
    if (second === undefined) edits.push(referenceEdit(file, path, plugin, datasource.effectiveUid));
    else if (!added.has(name)) {
      added.add(name);
      edits.push(variableEdit(file, json, name, input?.label ?? name, plugin));
    }
  }
  for (const key of ['__inputs', '__requires'])
    if (Object.hasOwn(json, key)) edits.push({ kind: 'delete', file, path: [key] });
  const what = added.size > 0 ? 'datasource variables' : 'the provisioned datasources';
  return edits.length === 0
    ? undefined
    : { title: `Put ${what} in for what the export left open`, safety: 'safe', edits };
}

/** What an export asks the importer for. */
interface Input {
  readonly type: string;
  readonly label: string | undefined;
  readonly pluginId: string | undefined;
  /** The text of a constant. */
  readonly value: string | undefined;
}

function inputsOf(json: Dashboard['json']): ReadonlyMap<string, Input> {
  const inputs = Array.isArray(json.__inputs) ? (json.__inputs as readonly unknown[]) : [];
  return new Map(
    inputs.flatMap((item): [string, Input][] => {
      if (typeof item !== 'object' || item === null) return [];
      const { name, type, label, pluginId, value } = item as Partial<Record<string, unknown>>;
      return typeof name === 'string'
        ? [[name, { type: String(type), label: text(label), pluginId: text(pluginId), value: text(value) }]]
        : [];
    }),
  );
}

interface Placeholder {
  readonly path: PropertyPath;
  /** The whole text that it stands in. */
  readonly text: string;
  readonly name: string;
}

/** Texts with `${DS_X}` or `${VAR_X}`, outside of what the export says of itself. */
function placeholdersIn(value: unknown, path: PropertyPath): Placeholder[] {
  if (typeof value === 'string') {
    const name = /\$\{?((?:DS|VAR)_\w+)\}?/.exec(value)?.[1];
    return name === undefined ? [] : [{ path, text: value, name }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    path.length === 0 && key.startsWith('__')
      ? []
      : placeholdersIn(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function withConstants(whole: string, inputs: ReadonlyMap<string, Input>): string {
  return whole.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const input = inputs.get(name);
    return input?.type === 'constant' ? (input.value ?? placeholder) : placeholder;
  });
}

/** `datasource: "${DS_X}"` or `datasource: {uid: "${DS_X}"}`. */
function isDatasourcePlace(path: PropertyPath): boolean {
  return path.at(-1) === 'datasource' || (path.at(-1) === 'uid' && path.at(-2) === 'datasource');
}

function typeBeside(json: unknown, path: PropertyPath): string | undefined {
  const parent = path.slice(0, -1).reduce<unknown>((value, part) => (value as never)?.[part], json);
  return text((parent as { type?: unknown } | undefined)?.type);
}

function referenceEdit(file: string, path: PropertyPath, type: string, uid: string): Edit {
  return path.at(-1) === 'uid'
    ? { kind: 'set', file, path, value: uid }
    : { kind: 'set', file, path, value: { type, uid } };
}

function variableEdit(
  file: string,
  json: Dashboard['json'],
  name: string,
  label: string,
  plugin: string,
): Edit {
  const value: JsonValue = {
    name,
    label,
    type: 'datasource',
    query: plugin,
    current: {},
    hide: 0,
    includeAll: false,
    multi: false,
    options: [],
    refresh: 1,
    regex: '',
  };
  const templating = json.templating as { list?: unknown } | null | undefined;
  return Array.isArray(templating?.list)
    ? { kind: 'append', file, path: ['templating', 'list'], value }
    : { kind: 'set', file, path: ['templating'], value: { list: [value] } };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
