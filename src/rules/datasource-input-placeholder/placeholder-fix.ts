import type { Dashboard } from '../../model/dashboard.ts';
import type { Edit, JsonValue } from '../../model/edit.ts';
import type { Fix } from '../../model/finding.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import { type DashboardInput, inputsOf } from './dashboard-inputs.ts';
import { type Placeholder, placeholdersIn } from './placeholders.ts';

/**
 * Does for the whole dashboard what the import dialog would have done: each `${DS_X}` becomes the one datasource of its
 * plugin or, where there are several, a variable by which people choose; constants are put in; what only the dialog
 * reads goes when nothing is left open. Undefined when it is not known what to put in for `name`.
 */
export function placeholderFix(workspace: Workspace, dashboard: Dashboard, name: string): Fix | undefined {
  const { file, json, origin } = dashboard;
  if (origin.kind === 'definition') return undefined;
  const inputs = new Map(inputsOf(dashboard).map((input) => [input.name, input]));
  const places = placeholdersIn(dashboard, inputs);
  const names = [...new Set(places.flatMap((place) => place.names))];
  const answers = new Map(
    names.map((wanted) => [wanted, answerTo(workspace, dashboard, inputs.get(wanted), wanted)]),
  );
  if (answers.get(name) === undefined) return undefined;
  const isAllKnown = [...answers.values()].every((answer) => answer !== undefined);
  const variables = [...answers.values()].flatMap((answer) =>
    answer?.kind === 'variable' ? [answer.value] : [],
  );
  // The variables of a resource stand elsewhere.
  if (variables.length > 0 && json.kind === 'Dashboard') return undefined;
  const leftovers = isAllKnown ? ['__inputs', '__requires'].filter((key) => Object.hasOwn(json, key)) : [];
  const edits: Edit[] = [
    ...places.flatMap((place) => editOf(file, place, answers) ?? []),
    ...variableEdits(file, json, variables),
    ...leftovers.map((key): Edit => ({ kind: 'delete', file, path: [key] })),
  ];
  return { title: titleOf([...answers.values()]), safety: 'safe', edits };
}

/** What a placeholder stands for. */
type Answer =
  | { readonly kind: 'datasource'; readonly name: string; readonly type: string; readonly uid: string }
  | { readonly kind: 'constant'; readonly value: string }
  /** People choose; the placeholder stays and gets a variable of its name. */
  | { readonly kind: 'variable'; readonly value: JsonValue };

function answerTo(
  { datasources }: Workspace,
  dashboard: Dashboard,
  input: DashboardInput | undefined,
  name: string,
): Answer | undefined {
  if (input?.type === 'constant')
    return typeof input.value === 'string' ? { kind: 'constant', value: input.value } : undefined;
  const type = input?.pluginId ?? claimedType(dashboard, name);
  const [only, second] = datasources.filter((datasource) => datasource.type === type);
  if (type === undefined || !only) return undefined;
  if (!second) return { kind: 'datasource', name: only.name, type, uid: only.effectiveUid };
  // A variable of such a name would not be found in its places.
  if (/\W/.test(name)) return undefined;
  const label = input?.label ?? name;
  return {
    kind: 'variable',
    value: { name, label, type: 'datasource', query: type, current: {}, refresh: 1 },
  };
}

/** The type that all references of this name claim. */
function claimedType({ datasourceUses }: Dashboard, name: string): string | undefined {
  const types = new Set(
    datasourceUses.flatMap(({ ref }) =>
      ref.kind === 'variable' && ref.name === name ? (ref.type ?? []) : [],
    ),
  );
  const [type, other] = types;
  return other === undefined ? type : undefined;
}

function editOf(
  file: string,
  { path, text, names }: Placeholder,
  answers: ReadonlyMap<string, Answer | undefined>,
): Edit | undefined {
  const answer = answers.get(names[0] ?? '');
  if (answer?.kind === 'datasource')
    return path.at(-1) === 'uid'
      ? { kind: 'set', file, path, value: answer.uid }
      : { kind: 'set', file, path, value: { type: answer.type, uid: answer.uid } };
  const value = text.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const constant = answers.get(name);
    return constant?.kind === 'constant' ? constant.value : placeholder;
  });
  return value === text ? undefined : { kind: 'set', file, path, value };
}

function variableEdits(file: string, json: Dashboard['json'], variables: readonly JsonValue[]): Edit[] {
  const path: PropertyPath = ['templating', 'list'];
  const { list } = (json.templating ?? {}) as { readonly list?: unknown };
  if (variables.length === 0) return [];
  // Two appends to one list would wait for each other.
  const all = [...(Array.isArray(list) ? (list as readonly JsonValue[]) : []), ...variables];
  const [first, second] = variables;
  return first !== undefined && second === undefined
    ? [{ kind: 'append', file, path, value: first }]
    : [{ kind: 'set', file, path, value: all }];
}

function titleOf(answers: readonly (Answer | undefined)[]): string {
  const named = answers.flatMap((answer) => (answer?.kind === 'datasource' ? [`"${answer.name}"`] : []));
  const done = [
    ...(named.length > 0 ? [`refer to ${[...new Set(named)].join(' and ')}, the only one of its type`] : []),
    ...(answers.some((answer) => answer?.kind === 'variable')
      ? ['let people choose the datasource by a variable']
      : []),
    ...(answers.some((answer) => answer?.kind === 'constant') ? ['put the constants in'] : []),
  ].join('; ');
  return done.charAt(0).toUpperCase() + done.slice(1);
}
