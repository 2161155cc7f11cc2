import type { ArrayExpression, Node, ObjectExpression } from '@babel/types';
import { type Json, objectOf } from '../../diff/json.ts';
import { sameJson } from '../../diff/same-json.ts';
import { propertyName } from '../code/code.ts';
import { type Expressed, express } from '../code/express.ts';
import { byMeaning } from '../code/residual.ts';
import { builderOf } from '../sdk/sdk-package.ts';
import type { SdkType } from '../sdk/sdk-type.ts';
import { chainOf } from './chain.ts';
import { follow, propertyOf } from './definition-source.ts';
import { editBuilder } from './edit-builder.ts';
import { type Editing, isLiteral, replace, type Wish } from './editing.ts';
import { insertItems, type NewItem, removeItem } from './list-edits.ts';
import { fieldOf, itemOf } from './sdk-fields.ts';

/** Wishes that make an expression of a type say another value; none when what it says is computed elsewhere. */
export function editValue(
  node: Node,
  type: SdkType,
  before: unknown,
  after: unknown,
  editing: Editing,
): readonly Wish[] {
  const found = follow(editing.source, node);
  const [from, to] = [objectOf(before), objectOf(after)];
  const built = type.kind === 'builder' ? builderOf(type.of) : undefined;
  if (built && from && to && chainOf(found).head.type !== 'ObjectExpression')
    return editBuilder(found, { ...built, before: from, after: to, defaults: undefined }, editing);
  if (found.type === 'ObjectExpression' && from && to) return editObject(found, type, from, to, editing);
  if (found.type === 'ArrayExpression' && Array.isArray(before) && Array.isArray(after))
    return editArray(found, type, before, after, editing);
  const expressed = expressAs(after, type, editing);
  return expressed && isLiteral(editing.source, found) ? [[[replace(editing, found, expressed.code)]]] : [];
}

/** Code for a value; of no particular type when that type has no such value, which the type checker will judge. */
export function expressAs(value: unknown, type: SdkType, { writing }: Editing): Expressed | undefined {
  return (
    express(value, type, writing) ??
    (type.kind === 'builder' ? undefined : express(value, { kind: 'any' }, writing))
  );
}

/** The same for a property that is to be there (a new one at `index`), to be gone or to say something else. */
export function editProperty(
  object: ObjectExpression,
  key: string,
  type: SdkType,
  [before, after]: readonly [unknown, unknown],
  editing: Editing,
  index = object.properties.length,
): readonly Wish[] {
  const list = { container: object, items: object.properties };
  const property = propertyOf(object, key);
  if (property) {
    if (after !== undefined) return editValue(property.value, type, before, after, editing);
    return [[[removeItem(list, object.properties.indexOf(property), editing)]]];
  }
  const expressed = after === undefined ? undefined : expressAs(after, type, editing);
  if (!expressed) return [];
  const item = { key: propertyName(key), code: expressed.code };
  return [[insertItems(list, index, [item], editing)]];
}

function editObject(
  object: ObjectExpression,
  type: SdkType,
  before: Json,
  after: Json,
  editing: Editing,
): readonly Wish[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    const pair = [own(before, key), own(after, key)] as const;
    return byMeaning.same(...pair, undefined)
      ? []
      : editProperty(object, key, fieldOf(type, key), pair, editing);
  });
}

function own(json: Json, key: string): unknown {
  return Object.hasOwn(json, key) ? json[key] : undefined;
}

/** What is alike at both ends stays; items in between are edited when there are as many, else exchanged. */
function editArray(
  array: ArrayExpression,
  type: SdkType,
  before: readonly unknown[],
  after: readonly unknown[],
  editing: Editing,
): readonly Wish[] {
  const items = array.elements.flatMap((element) => (element ? [element] : []));
  const isPlain = items.length === before.length && items.every(({ type }) => type !== 'SpreadElement');
  if (!isPlain) return [];
  if (before.length === after.length)
    return before.flatMap((value, index) => {
      const item = items[index];
      if (!item || sameJson(value, after[index])) return [];
      return editValue(item, itemOf(type), value, after[index], editing);
    });
  let head = 0;
  while (head < Math.min(before.length, after.length) && sameJson(before[head], after[head])) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    sameJson(before.at(-1 - tail), after.at(-1 - tail))
  )
    tail++;
  const list = { container: array, items };
  const removed = items.slice(head, before.length - tail).map((_, index) => head + index);
  const added = codes(after.slice(head, after.length - tail), itemOf(type), editing);
  const whole = isLiteral(editing.source, array) ? codes(after, itemOf(type), editing) : undefined;
  const oneByOne = added && [
    ...removed.map((index) => removeItem(list, index, editing)),
    ...insertItems(list, before.length - tail, added, editing),
  ];
  const anew = whole && [replace(editing, array, { kind: 'list', items: whole.map(({ code }) => code) })];
  const isExchanged = removed.length === items.length || (removed.length > 0 && after.length > before.length);
  const ways = isExchanged ? [anew, oneByOne] : [oneByOne, anew];
  return [ways.flatMap((way) => (way ? [way] : []))];
}

/** Code for all values; undefined when there is none for one of them. */
function codes(values: readonly unknown[], type: SdkType, editing: Editing): readonly NewItem[] | undefined {
  const found = values.flatMap((value) => expressAs(value, type, editing) ?? []);
  return found.length === values.length ? found.map(({ code }) => ({ code })) : undefined;
}
