import { patched } from '../../definition/override.ts';
import { type Json, objectOf } from '../../diff/json.ts';
import { type BuilderMethod, methodsOf } from '../sdk/method-effects.ts';
import type { BuilderClass, SdkPackage } from '../sdk/sdk-package.ts';
import { type ChainCall, type Code, call, chain, construct, literal, text } from './code.ts';
import { type Expressed, express, expressJson, type Writing } from './express.ts';
import { at, residual } from './residual.ts';
import { unitName } from './unit-name.ts';

/** What is to be built, and with which builder. */
export interface ChainWanted {
  readonly package: SdkPackage;
  readonly className: string;
  readonly wanted: Json;
  /** What Grafana fills in where nothing is said. */
  readonly defaults: Json | undefined;
  readonly writing: Writing;
  /** Methods that are not to be called. */
  readonly without?: ReadonlySet<string>;
  /** Begin with these instead of `new Builder()`: the code, and the builder it makes. */
  readonly start?: { readonly code: Code; readonly builder: { build(): unknown } };
}

/** The code for it and what that code builds. */
export interface BuiltChain {
  readonly code: Code;
  readonly built: Json;
}

/** Code that builds what is wanted; what no method says is laid over it with `override`. */
export function buildChain(wanted: ChainWanted): BuiltChain {
  const { head, calls, built } = chooseCalls(wanted);
  const { code, built: whole } = withResidual(chain(head, calls), built, wanted);
  return { code, built: whole };
}

/** The calls of a chain, one by one, and what they build. */
export function chooseCalls({
  package: sdk,
  className,
  wanted,
  defaults,
  writing,
  without,
  start,
}: ChainWanted): {
  readonly head: Code;
  readonly calls: readonly ChainCall[];
  readonly built: Json;
} {
  const { code: head, builder } = start ?? construction(sdk, className, wanted, writing);
  const live = builder.build() as Json;
  const methods = methodsOf(sdk, className).filter(({ name }) => !without?.has(name));
  const lists = new Set(
    methods.flatMap(({ effect }) => (effect.kind === 'adds' ? [effect.path.join('.')] : [])),
  );
  const calls: ChainCall[] = [];
  const apply = ({ name }: BuilderMethod, expressed: Expressed | undefined) => {
    try {
      const invoke = (builder as Record<string, unknown>)[name] as (...args: unknown[]) => unknown;
      invoke.apply(builder, expressed ? [expressed.value] : []);
      calls.push({ name, args: expressed ? [expressed.code] : [] });
    } catch {
      // The SDK refuses some numbers that dashboards have: they are laid over.
    }
  };
  for (const method of methods) {
    const { effect } = method;
    if (effect.kind === 'fixed') {
      const isWanted = effect.values.every(({ path, value }) => at(wanted, path) === value);
      const isThere = effect.values.every(({ path, value }) => at(live, path) === value);
      if (isWanted && !isThere) apply(method, undefined);
      continue;
    }
    const usual = at(defaults, effect.path);
    const [made, want] = [at(live, effect.path), at(wanted, effect.path)];
    if (writing.likeness.same(made, want, usual)) continue;
    const isEmpty = made === undefined || (Array.isArray(made) && made.length === 0);
    if (effect.kind === 'adds') {
      if (!isEmpty || !Array.isArray(want)) continue;
      const items = want.map((item) => express(item, effect.type, writing));
      if (items.every((item) => item !== undefined)) for (const item of items) apply(method, item);
      continue;
    }
    const isBetterAdded =
      Array.isArray(want) && want.length > 0 && lists.has(effect.path.join('.')) && isEmpty;
    const value = want ?? usual;
    if (isBetterAdded || value === undefined) continue;
    const expressed =
      method.name === 'unit' && typeof value === 'string'
        ? { code: unitCode(value, writing), value }
        : express(value, effect.type, writing, objectOf(usual));
    if (expressed) apply(method, expressed);
  }
  return { head, calls, built: plain(live) };
}

/** Wraps code in `override` when what it builds is not all that is wanted. */
function withResidual(
  code: Code,
  built: Json,
  { wanted, defaults, writing }: Pick<ChainWanted, 'wanted' | 'defaults' | 'writing'>,
): BuiltChain {
  const patch = residual(built, wanted, defaults, writing.likeness);
  if (!patch) return { code, built };
  const override = writing.names.use('panelproof', 'override');
  return { code: call(override, code, expressJson(patch, writing)), built: patched(built, patch) as Json };
}

/** A copy without the functions that the SDK leaves in its objects. */
export function plain(built: unknown): Json {
  return JSON.parse(JSON.stringify(built)) as Json;
}

/** The constant of a unit where the SDK has one. */
export function unitCode(unit: string, { names }: Writing): Code {
  const name = unitName(unit);
  return name === undefined ? literal(unit) : text(names.useSdk('units', name));
}

/** `new Builder()`, with the one text that some want: a name or a title. */
function construction(sdk: SdkPackage, className: string, wanted: Json, { names }: Writing) {
  const Builder = sdk.exports[className] as BuilderClass;
  const declared = sdk.classes.get(className)?.find(({ name }) => name === 'constructor');
  const callee = names.useSdk(sdk.name, className);
  if (declared?.parameters.length !== 1) return { code: construct(callee), builder: new Builder() };
  const marker = '\u0000';
  const key = Object.entries(plain(new Builder(marker).build())).find(([, value]) => value === marker)?.[0];
  const given = key === undefined ? '' : wanted[key];
  const argument = typeof given === 'string' ? given : '';
  return { code: construct(callee, literal(argument)), builder: new Builder(argument) };
}
