import type { DeclaredMethod } from './read-declarations.ts';
import type { BuilderClass, SdkPackage } from './sdk-package.ts';
import type { SdkType } from './sdk-type.ts';

/** What a method of a builder does to what is built. */
export type MethodEffect =
  /** Puts its argument at a place. */
  | { readonly kind: 'sets'; readonly path: readonly string[]; readonly type: SdkType }
  /** Adds its argument to a list. */
  | { readonly kind: 'adds'; readonly path: readonly string[]; readonly type: SdkType }
  /** Takes no argument and puts fixed values at places. */
  | {
      readonly kind: 'fixed';
      readonly values: readonly { readonly path: readonly string[]; readonly value: unknown }[];
    };

/** A method and its effect. */
export interface BuilderMethod {
  readonly name: string;
  readonly effect: MethodEffect;
}

const known = new WeakMap<SdkPackage, Map<string, readonly BuilderMethod[]>>();

/**
 * The methods of a builder whose effect is simple, found by calling each on an object that records what is assigned.
 * So the table is always that of the installed SDK.
 */
export function methodsOf(sdk: SdkPackage, className: string): readonly BuilderMethod[] {
  const ofPackage = known.get(sdk) ?? new Map<string, readonly BuilderMethod[]>();
  known.set(sdk, ofPackage);
  const found =
    ofPackage.get(className) ??
    (sdk.classes.get(className) ?? []).flatMap((method) => {
      const effect = effectOf(sdk.exports[className] as BuilderClass, method);
      return effect ? [{ name: method.name, effect }] : [];
    });
  ofPackage.set(className, found);
  return found;
}

interface Assignment {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly isAdded: boolean;
}

function effectOf(Builder: BuilderClass, { name, parameters }: DeclaredMethod): MethodEffect | undefined {
  if (name === 'constructor' || name === 'build' || parameters.length > 1) return undefined;
  const [type] = parameters;
  for (const value of samples(type)) {
    const seen = assignmentsOf(Builder, name, type ? [value] : []);
    if (seen) return effectOfAssignments(seen, type);
  }
  // A method that wants more than a sample value is not simple.
  return undefined;
}

/** What a call assigns; undefined when it throws. */
function assignmentsOf(
  Builder: BuilderClass,
  name: string,
  args: readonly unknown[],
): readonly Assignment[] | undefined {
  const seen: Assignment[] = [];
  const recording = Object.assign(Object.create(Builder.prototype) as Record<string, unknown>, {
    internal: recorder(seen, []),
  });
  try {
    (recording[name] as (...args: unknown[]) => unknown)(...args);
    return seen;
  } catch {
    return undefined;
  }
}

function effectOfAssignments(
  seen: readonly Assignment[],
  type: SdkType | undefined,
): MethodEffect | undefined {
  const [first, ...more] = seen;
  if (!first) return undefined;
  if (!type) {
    if (seen.some(({ isAdded, value }) => isAdded || typeof value === 'object')) return undefined;
    return { kind: 'fixed', values: seen.map(({ path, value }) => ({ path, value })) };
  }
  if (more.length > 0) return undefined;
  return { kind: first.isAdded ? 'adds' : 'sets', path: first.path, type };
}

/** Every property is there, and is a recorder again; what is assigned is noted. */
function recorder(seen: Assignment[], path: readonly string[]): object {
  return new Proxy(
    {},
    {
      get: (_, key) =>
        key === 'push'
          ? (value: unknown) => seen.push({ path, value, isAdded: true })
          : recorder(seen, [...path, String(key)]),
      set: (_, key, value) => {
        seen.push({ path: [...path, String(key)], value, isAdded: false });
        return true;
      },
    },
  );
}

/** Values of a type. Builders refuse numbers outside of their ranges: one of these is in each. */
function samples(type: SdkType | undefined): readonly unknown[] {
  return type?.kind === 'number' ? [1, 2, 0.5] : [type && sample(type)];
}

function sample(type: SdkType): unknown {
  switch (type.kind) {
    case 'string':
      return 'x';
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'literal':
      return type.value;
    case 'union':
      return type.of[0] && sample(type.of[0]);
    case 'builder':
      return { build: () => ({}) };
    default:
      return {};
  }
}
