import type { Json } from '../../diff/json.ts';
import { builderOf, sdkPackage } from '../sdk/sdk-package.ts';
import type { SdkType } from '../sdk/sdk-type.ts';
import { buildChain } from './build-chain.ts';
import { type Code, literal, text } from './code.ts';
import type { Names } from './names.ts';
import type { Likeness } from './residual.ts';

/** What every piece of code that is written shares. */
export interface Writing {
  readonly names: Names;
  readonly likeness: Likeness;
  /** The name under which the module knows a datasource; undefined for a reference that stays as it is. */
  datasource(ref: unknown): Code | undefined;
}

/** Code for a value, and what it evaluates to; a builder for what a builder makes. */
export interface Expressed {
  readonly code: Code;
  readonly value: unknown;
}

/**
 * Code of a type for a value of JSON: members of enums by name, builders where the SDK wants one. Undefined when no
 * code of that type has exactly this value.
 */
export function express(
  value: unknown,
  type: SdkType,
  writing: Writing,
  defaults?: Json,
): Expressed | undefined {
  switch (type.kind) {
    case 'any':
      return { code: expressJson(value, writing), value };
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type.kind ? { code: literal(value as string), value } : undefined;
    case 'null':
      return value === null ? { code: literal(null), value } : undefined;
    case 'literal':
      return value === type.value ? { code: literal(type.value), value } : undefined;
    case 'array':
      return Array.isArray(value) ? expressAll(value, type.of, writing) : undefined;
    case 'union':
      return firstOf(type.of, (one) => express(value, one, writing, defaults));
    case 'record':
      return isObject(value)
        ? expressObject(Object.entries(value).map(([key, inner]) => [key, express(inner, type.of, writing)]))
        : undefined;
    case 'object':
      return isObject(value) ? expressFields(value, type, writing) : undefined;
    case 'builder':
      return isObject(value) ? expressBuilt(value, type.of, writing, defaults) : undefined;
    case 'named':
      return expressNamed(value, type, writing);
    default:
      return type satisfies never;
  }
}

/** Code for any JSON, with the names of datasources. */
export function expressJson(value: unknown, writing: Writing): Code {
  if (value === undefined) return text('undefined');
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => expressJson(item, writing)) };
  if (!isObject(value)) return literal(value as string | number | boolean | null);
  const { type, uid } = value;
  const isReference = typeof type === 'string' && typeof uid === 'string' && Object.keys(value).length === 2;
  const known = isReference ? writing.datasource(value) : undefined;
  const entries = Object.entries(value).map(([key, inner]) => [key, expressJson(inner, writing)] as const);
  return known ?? { kind: 'object', entries };
}

/** What the SDK writes into a link of a panel, where only title, URL and target count. */
export const PANEL_LINK: Json = {
  type: 'link',
  icon: '',
  tooltip: '',
  tags: [],
  asDropdown: false,
  placement: 'inControlsMenu',
  targetBlank: false,
  includeVars: false,
  keepTime: false,
};

type Named = Extract<SdkType, { kind: 'named' }>;

function expressNamed(value: unknown, type: Named, writing: Writing): Expressed | undefined {
  if (type.name === 'DataSourceRef')
    return isObject(value)
      ? { code: writing.datasource(value) ?? expressJson(value, writing), value }
      : undefined;
  const found = sdkPackage(type.package);
  const exported = found?.exports[type.name];
  if (isObject(exported)) {
    const member = Object.keys(exported).find(
      (key) => exported[key] === value && !/^\d+$/.test(key) && (type.member ?? key) === key,
    );
    if (member === undefined) return undefined;
    return { code: text(`${writing.names.useSdk(type.package, type.name)}.${member}`), value };
  }
  const declared = found?.types.get(type.name);
  return declared && express(value, declared, writing);
}

function expressBuilt(
  value: Json,
  type: SdkType,
  writing: Writing,
  defaults: Json | undefined,
): Expressed | undefined {
  const builder = builderOf(type);
  if (!builder) return undefined;
  const usual = defaults ?? (type.kind === 'named' && type.name === 'DashboardLink' ? PANEL_LINK : undefined);
  const { code, built } = buildChain({ ...builder, wanted: value, defaults: usual, writing });
  return { code, value: { build: () => built } };
}

function expressFields(
  value: Json,
  { fields }: Extract<SdkType, { kind: 'object' }>,
  writing: Writing,
): Expressed | undefined {
  for (const [name, { optional }] of fields) if (!optional && !Object.hasOwn(value, name)) return undefined;
  return expressObject(
    Object.entries(value).map(([key, inner]) => {
      const field = fields.get(key);
      return [key, field && express(inner, field.type, writing)];
    }),
  );
}

function expressObject(
  entries: readonly (readonly [string, Expressed | undefined])[],
): Expressed | undefined {
  const known = entries.flatMap(([key, inner]) => (inner ? [[key, inner] as const] : []));
  if (known.length < entries.length) return undefined;
  return {
    code: { kind: 'object', entries: known.map(([key, { code }]) => [key, code]) },
    value: Object.fromEntries(known.map(([key, { value }]) => [key, value])),
  };
}

function expressAll(values: readonly unknown[], type: SdkType, writing: Writing): Expressed | undefined {
  const items = values.flatMap((value) => express(value, type, writing) ?? []);
  if (items.length < values.length) return undefined;
  return {
    code: { kind: 'list', items: items.map(({ code }) => code) },
    value: items.map(({ value }) => value),
  };
}

function firstOf<In, Out>(items: readonly In[], find: (item: In) => Out | undefined): Out | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
