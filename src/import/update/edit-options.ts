import type { Node, ObjectExpression } from '@babel/types';
import {
  ANNOTATION_DEFAULTS,
  DASHBOARD_DEFAULTS,
  DASHBOARD_NOTES,
  LINK_DEFAULTS,
  variableDefaults,
} from '../../diff/filled-in.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../diff/json.ts';
import { pairUp } from '../../diff/pair-up.ts';
import { expressJson } from '../code/express.ts';
import { byMeaning, residual } from '../code/residual.ts';
import { sdkPackage } from '../sdk/sdk-package.ts';
import { VARIABLE_BUILDERS, writeAnnotation, writeLink, writeVariable } from '../write/write-lists.ts';
import { follow, nameOf, propertyOf } from './definition-source.ts';
import { editBuilder } from './edit-builder.ts';
import { editProperty } from './edit-value.ts';
import type { Editing, Wish } from './editing.ts';
import { insertItems, removeItem } from './list-edits.ts';

/** Wishes for what a dashboard says of itself: title, time range, tags, and what no option has. */
export function editSettings(
  options: ObjectExpression,
  before: Json,
  after: Json,
  editing: Editing,
): readonly Wish[] {
  const [from, to] = [before, after].map(optionsOf);
  const settings = Object.keys(OPTIONS).flatMap((key) => {
    const pair = [from?.[key], to?.[key]] as const;
    return byMeaning.same(...pair, undefined)
      ? []
      : editProperty(options, key, { kind: 'any' }, pair, editing, placeOfOption(options, key));
  });
  const patch = residual(others(before), others(after), DASHBOARD_DEFAULTS, byMeaning);
  if (!patch) return settings;
  const property = propertyOf(options, 'override');
  const object = property && follow(editing.source, property.value);
  if (!property) {
    const list = { container: options, items: options.properties };
    const item = { key: 'override', code: expressJson(patch, editing.writing) };
    return [...settings, [insertItems(list, placeOfOption(options, 'override'), [item], editing)]];
  }
  if (object?.type !== 'ObjectExpression') return settings;
  const patched = Object.keys(patch).flatMap((key) =>
    editProperty(object, key, { kind: 'any' }, [before[key], after[key]], editing),
  );
  return [...settings, ...patched];
}

const ORDER = 'uid title folder description tags time refresh timezone graphTooltip'.split(' ');
const ORDER_OF_LISTS = 'variables annotations links panels layout override'.split(' ');

/** In front of which property a new option goes: where people look for it. */
export function placeOfOption({ properties }: ObjectExpression, key: string): number {
  const order = [...ORDER, ...ORDER_OF_LISTS];
  const before = order.slice(0, order.indexOf(key));
  return properties.findLastIndex((property) => before.includes(nameOf(property) ?? '')) + 1;
}

/** Options of `dashboard({ … })` that are settings, and what they say when they are left out. */
const OPTIONS: Json = {
  title: undefined,
  description: undefined,
  tags: undefined,
  time: undefined,
  refresh: undefined,
  timezone: 'browser',
  graphTooltip: undefined,
};

function optionsOf({ title, description, tags, time, refresh, timezone, graphTooltip }: Json): Json {
  return {
    title: textOf(title),
    description: textOf(description),
    tags: Array.isArray(tags) && tags.length > 0 ? tags : undefined,
    time: objectOf(time) && { from: objectOf(time)?.from, to: objectOf(time)?.to },
    refresh: textOf(refresh),
    timezone: textOf(timezone) ?? '',
    graphTooltip: graphTooltip === 1 || graphTooltip === 2 ? graphTooltip : undefined,
  };
}

const LISTS = ['panels', 'rows', 'templating', 'annotations', 'links'];

function others(dashboard: Json): Json {
  const apart = new Set([...Object.keys(OPTIONS), ...LISTS, ...DASHBOARD_NOTES, 'uid']);
  return Object.fromEntries(Object.entries(dashboard).filter(([key]) => !apart.has(key)));
}

/** Wishes for variables, annotations and links; each is the same one by its name or title. */
export function editLists(
  options: ObjectExpression,
  before: Json,
  after: Json,
  editing: Editing,
): readonly Wish[] {
  return (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((key) => {
    const { itemsOf, name, write, defaults } = KINDS[key];
    const [from, to] = [itemsOf(before), itemsOf(after)];
    const { both, removed, added } = pairUp(from, to, [
      name,
      ({ type, url, query }) => JSON.stringify([type, url, query]),
    ]);
    const changed = both.filter(([one, other]) => !byMeaning.same(one, other, undefined));
    if (changed.length + removed.length + added.length === 0) return [];
    const property = propertyOf(options, key);
    const array = property && follow(editing.source, property.value);
    if (!array) {
      const code = { kind: 'list', items: added.map((item) => write(item, editing.writing)) } as const;
      const list = { container: options, items: options.properties };
      const index = placeOfOption(options, key);
      return from.length > 0 ? [] : [[insertItems(list, index, [{ key, code }], editing)]];
    }
    const items =
      array.type === 'ArrayExpression' ? array.elements.flatMap((one): Node[] => (one ? [one] : [])) : [];
    if (items.length !== from.length) return [];
    const list = { container: array, items };
    const wishes = changed.flatMap(([one, other]): readonly Wish[] => {
      const node = items[from.indexOf(one)];
      const change = builderFor(key, other);
      return node && change
        ? editBuilder(node, { ...change, before: one, after: other, defaults: defaults(other) }, editing)
        : [];
    });
    const news = added.map((item) => ({ code: write(item, editing.writing) }));
    const way = [
      ...removed.map((item) => removeItem(list, from.indexOf(item), editing)),
      ...insertItems(list, items.length, news, editing),
    ];
    return way.length === 0 ? wishes : [...wishes, [way]];
  });
}

const KINDS = {
  variables: {
    itemsOf: ({ templating }: Json) => objectsOf(objectOf(templating)?.list),
    name: ({ name }: Json) => textOf(name),
    write: writeVariable,
    defaults: variableDefaults,
  },
  annotations: {
    itemsOf: ({ annotations }: Json) => objectsOf(objectOf(annotations)?.list),
    name: ({ name }: Json) => textOf(name),
    write: writeAnnotation,
    defaults: () => ANNOTATION_DEFAULTS,
  },
  links: {
    itemsOf: ({ links }: Json) => objectsOf(links),
    name: ({ title }: Json) => textOf(title),
    write: writeLink,
    defaults: () => LINK_DEFAULTS,
  },
} as const;

function builderFor(list: keyof typeof KINDS, { type }: Json) {
  const sdk = sdkPackage('dashboard');
  const name = textOf(type) ?? '';
  const className =
    list === 'variables'
      ? Object.hasOwn(VARIABLE_BUILDERS, name)
        ? VARIABLE_BUILDERS[name]
        : undefined
      : list === 'annotations'
        ? 'AnnotationQueryBuilder'
        : 'DashboardLinkBuilder';
  return sdk && className !== undefined ? { package: sdk, className } : undefined;
}
