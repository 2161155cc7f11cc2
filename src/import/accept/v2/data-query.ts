import { type Json, objectOf, textOf } from '../../../diff/json.ts';
import type { V2Context } from './context.ts';

/** A query of a panel, a variable or an annotation, with the datasource where the classic form has it. */
export interface ClassicQuery {
  readonly datasource?: Json;
  readonly spec: Json;
}

/** Under this name v2 keeps a query that was only a string. */
const STRING_QUERY = '__legacyStringValue';

/** The datasources that every Grafana has, by type. */
const BUILT_IN: Readonly<Record<string, string>> = { grafana: '-- Grafana --', __expr__: '__expr__' };

/**
 * Reads a `DataQuery`. Since v2beta1 its `group` is the type and its datasource the uid; in v2alpha1 the kind is the type
 * and the datasource stands `beside` the query.
 */
export function classicQuery(query: unknown, beside: unknown, context: V2Context): ClassicQuery {
  const { kind, group, datasource, spec } = objectOf(query) ?? {};
  const [own, old] = [objectOf(datasource), objectOf(beside)];
  const type = textOf(group) ?? textOf(old?.type) ?? (kind === 'DataQuery' ? undefined : textOf(kind));
  const uid = textOf(own?.name) ?? textOf(own?.uid) ?? textOf(old?.uid);
  const ref = referenceTo(type, uid, context);
  return { ...(ref ? { datasource: ref } : {}), spec: objectOf(spec) ?? {} };
}

/** A query that was a string is one again. */
export function textOrQuery(spec: Json): unknown {
  return typeof spec[STRING_QUERY] === 'string' ? spec[STRING_QUERY] : spec;
}

/** Where only a type is named, Grafana takes the default datasource if it is of that type, or the first that is. */
function referenceTo(
  type: string | undefined,
  uid: string | undefined,
  { datasources, losses, notes }: V2Context,
): Json | undefined {
  if (uid !== undefined) return type === undefined ? { uid } : { type, uid };
  if (type === undefined) return undefined;
  const builtIn = Object.hasOwn(BUILT_IN, type) ? BUILT_IN[type] : undefined;
  if (builtIn !== undefined) return { type, uid: builtIn };
  const ofType = datasources.filter((one) => one.type === type);
  const chosen = ofType.find(({ isDefault }) => isDefault) ?? ofType[0];
  if (chosen) notes.add(`Where only the type ${type} was named stands the datasource ${chosen.name}.`);
  else
    losses.add(`A datasource by its type ${type}`, 'the provisioning has none, the type alone stands there');
  return chosen ? { type, uid: chosen.effectiveUid } : { type };
}
