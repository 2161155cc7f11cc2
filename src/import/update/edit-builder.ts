import type { Node } from '@babel/types';
import { type Json, objectOf } from '../../diff/json.ts';
import { unitCode } from '../code/build-chain.ts';
import type { Code } from '../code/code.ts';
import { type Expressed, express } from '../code/express.ts';
import { at, byMeaning, residual } from '../code/residual.ts';
import { type BuilderMethod, methodsOf } from '../sdk/method-effects.ts';
import type { SdkPackage } from '../sdk/sdk-package.ts';
import { builderIn, type WrittenChain } from './chain.ts';
import { follow, nodesOf } from './definition-source.ts';
import { editPatch, overrideWay, type Path } from './edit-override.ts';
import { editValue, expressAs } from './edit-value.ts';
import { type Editing, isLiteral, replace, type Way, type Wish } from './editing.ts';
import { insertCall } from './insert-call.ts';

/** What a builder makes, and what it is to make. */
export interface BuilderChange {
  readonly package: SdkPackage;
  readonly className: string;
  readonly before: Json;
  readonly after: Json;
  /** What Grafana fills in where nothing is said. */
  readonly defaults: Json | undefined;
  /** Methods that are another's to edit, and the properties that they set. */
  readonly without?: ReadonlySet<string>;
}

/** Behind these a call more is one of the whole expression. */
const HEADS = new Set(['CallExpression', 'NewExpression', 'Identifier', 'MemberExpression']);

/** Wishes that make a builder in the text make something else: one for each method whose effect differs. */
export function editBuilder(node: Node, change: BuilderChange, editing: Editing): readonly Wish[] {
  const written = builderIn(editing.source, node);
  if (!HEADS.has(written.chain.head.type)) return [];
  const { before, after, defaults, without } = change;
  const handled: Path[] = [];
  const wishes: Wish[] = [];
  const isHandled = (path: Path) =>
    handled.some((other) => startsWith(path, other) || startsWith(other, path));
  for (const patch of written.patches) wishes.push(...editPatch(patch, before, after, [], editing, handled));
  const called = new Set(written.chain.links.map(({ name }) => name));
  const methods = methodsOf(change.package, change.className)
    .filter(({ name }) => !without?.has(name))
    .toSorted((a, b) => Number(called.has(b.name)) - Number(called.has(a.name)));
  for (const method of methods) {
    const { effect } = method;
    if (effect.kind === 'fixed') {
      const isWanted = effect.values.every(({ path, value }) => at(after, path) === value);
      const isThere = effect.values.every(({ path, value }) => at(before, path) === value);
      if (isWanted === isThere || effect.values.some(({ path }) => isHandled(path))) continue;
      if (!isWanted && !called.has(method.name)) continue;
      handled.push(...effect.values.map(({ path }) => path));
      wishes.push(
        isWanted
          ? [insertCall(written.chain, method.name, undefined, editing)]
          : [removal(written.chain, method.name)],
      );
      continue;
    }
    if (isHandled(effect.path) || without?.has(effect.path[0] ?? '')) continue;
    const [made, wanted, usual] = [before, after, defaults].map((json) => at(json, effect.path));
    if (byMeaning.same(made, wanted, usual)) continue;
    const found =
      effect.kind === 'adds'
        ? editAdded(written.chain, method, [made, wanted], editing)
        : editSet(written.chain, method, [made, wanted, usual], editing);
    if (found.length === 0) continue;
    handled.push(effect.path);
    wishes.push(...found);
  }
  const rest = restOf(change, handled);
  return rest ? [...wishes, [overrideWay(written, rest, editing)]] : wishes;
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((key, index) => path[index] === key);
}

/** A method that sets a value: its last call is edited, or one is added. */
function editSet(
  chain: WrittenChain,
  { name, effect }: BuilderMethod,
  [made, wanted, usual]: readonly unknown[],
  editing: Editing,
): readonly Wish[] {
  if (effect.kind !== 'sets') return [];
  const link = chain.links.findLast((one) => one.name === name);
  const [argument] = link?.args ?? [];
  const value = wanted ?? usual;
  const expressed =
    value === undefined
      ? undefined
      : name === 'unit' && typeof value === 'string'
        ? { code: unitCode(value, editing.writing), value }
        : (express(value, effect.type, editing.writing, objectOf(usual)) ??
          expressAs(value, effect.type, editing));
  if (link && argument) {
    if (wanted === undefined) return [[removal(chain, name), ...asWay(argument, expressed, editing)]];
    if (name === 'unit')
      return isLiteral(editing.source, follow(editing.source, argument))
        ? [asWay(follow(editing.source, argument), expressed, editing)]
        : [];
    return editValue(argument, effect.type, made, value, editing);
  }
  if (!expressed) return [];
  return [
    [
      ...argumentsLike(chain.head, made, expressed.code, editing),
      insertCall(chain, name, expressed, editing),
    ],
  ];
}

function asWay(node: Node, expressed: Expressed | undefined, editing: Editing): Way[] {
  return expressed ? [[replace(editing, node, expressed.code)]] : [];
}

/** `stat('Up')`: a function that is given the value, as one of its arguments or somewhere in it. */
function argumentsLike(head: Node, value: unknown, code: Code, editing: Editing): readonly Way[] {
  if (head.type !== 'CallExpression' && head.type !== 'NewExpression') return [];
  const all = head.arguments.flatMap((argument) => [...nodesOf(follow(editing.source, argument))]);
  const same = all.filter(
    (node) =>
      (node.type === 'StringLiteral' || node.type === 'NumericLiteral' || node.type === 'BooleanLiteral') &&
      node.value === value,
  );
  return same.map((node) => [replace(editing, node, code)]);
}

/** A method that adds to a list: a call for each item. */
function editAdded(
  chain: WrittenChain,
  { name, effect }: BuilderMethod,
  [made, wanted]: readonly unknown[],
  editing: Editing,
): readonly Wish[] {
  if (effect.kind !== 'adds') return [];
  const links = chain.links.filter((one) => one.name === name);
  const [from, to] = [Array.isArray(made) ? made : [], Array.isArray(wanted) ? wanted : []];
  if (links.length !== from.length) return [];
  const wishes = from.slice(0, to.length).flatMap((value, index): readonly Wish[] => {
    const argument = links[index]?.args[0];
    if (!argument || byMeaning.same(value, to[index], undefined)) return [];
    return editValue(argument, effect.type, value, to[index], editing);
  });
  const more = to.slice(from.length).flatMap((value) => express(value, effect.type, editing.writing) ?? []);
  const added = more.flatMap((one) => insertCall(chain, name, one, editing));
  const removed = links.slice(to.length).map(({ start, end }) => ({ start, end, text: '' }));
  const counted = [...added, ...removed];
  return counted.length === 0 ? wishes : [...wishes, [counted]];
}

function removal({ links }: WrittenChain, name: string): Way {
  return links.filter((link) => link.name === name).map(({ start, end }) => ({ start, end, text: '' }));
}

/** What no method says, given that the handled places will be as they are wanted. */
function restOf(
  { before, after, defaults, without }: BuilderChange,
  handled: readonly Path[],
): Json | undefined {
  const others = [...(without ?? [])].map((key) => [key]);
  const settled = [...handled, ...others].reduce(
    (json, path) => withValue(json, path, at(after, path)),
    before,
  );
  return residual(settled, after, defaults, byMeaning);
}

function withValue(json: Json, [key, ...rest]: Path, value: unknown): Json {
  if (key === undefined) return json;
  if (rest.length > 0) {
    const inner = objectOf(json[key]);
    return inner || value !== undefined ? { ...json, [key]: withValue(inner ?? {}, rest, value) } : json;
  }
  const { [key]: _, ...others } = json;
  return value === undefined ? others : { ...json, [key]: value };
}
