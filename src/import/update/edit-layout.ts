import type { ArrayExpression, CallExpression, Node, ObjectExpression } from '@babel/types';
import { type Json, textOf } from '../../diff/json.ts';
import { pairUp } from '../../diff/pair-up.ts';
import { type Code, literal } from '../code/code.ts';
import { type Outline, type OutlinedPart, outline } from '../write/outline.ts';
import { bandsOf, writeLayout, writeSection } from '../write/write-layout.ts';
import { printAt } from './code-style.ts';
import { follow, isCallOf, propertyOf, spanOf } from './definition-source.ts';
import { bandItem, editItems, type LayoutItem, nodeOf, type WrittenItem } from './edit-blocks.ts';
import { placeOfOption } from './edit-options.ts';
import { editProperty, editValue } from './edit-value.ts';
import type { Editing, Way } from './editing.ts';
import { insertItems } from './list-edits.ts';

/** Two states of a dashboard's layout. */
export interface LayoutChange {
  readonly before: Json;
  readonly after: Json;
  /** The key of each panel, by its JSON's id. */
  keyOf(panel: Json): string;
}

/** Edits that give the panels of a dashboard other places; undefined when the layout is computed. */
export function editLayout(
  options: ObjectExpression,
  { before, after, keyOf }: LayoutChange,
  editing: Editing,
): Way | undefined {
  const [from, to] = [before, after].map((json) => outline(json, 'eye', (panels) => panels.map(keyOf)));
  if (!from || !to) return undefined;
  const property = propertyOf(options, 'layout');
  if (!property) return addLayout(options, to, editing);
  const array = follow(editing.source, property.value);
  if (array.type !== 'ArrayExpression') return undefined;
  const items = elementsOf(array);
  const sections = items?.filter((item) => isCallOf(editing.source, item, 'section')) ?? [];
  const rows = from.parts.filter(({ row }) => row);
  if (!items || sections.length !== rows.length) return undefined;
  const goals = new Map(sameRows(from.parts, to.parts));
  const written: WrittenItem[] = [];
  const inner: Way[] = [];
  for (const part of from.parts) {
    const node = sections[rows.indexOf(part)];
    if (!part.row) written.push(...bandsWritten(items, part, editing));
    else if (node?.type === 'CallExpression') {
      const goal = goals.get(part);
      const way = goal && editSection(node, part, goal, editing);
      if (goal && !way) return undefined;
      inner.push(way ?? []);
      written.push({ sign: signOf(part, rows), code: () => sectionCode(part, editing), node });
    }
  }
  const isEverythingFound = new Set(written.map(({ node }) => node)).size === items.length;
  if (!isEverythingFound) return undefined;
  const known = new Map([...goals].map(([part, goal]) => [goal, part]));
  const wanted = to.parts.flatMap((part): LayoutItem[] => {
    if (!part.row) return bandsOf(part.panels).map((band) => bandItem(band, editing));
    return [{ sign: signOf(known.get(part), rows), code: () => sectionCode(part, editing) }];
  });
  const outer = editItems({ container: array, items }, written, wanted, editing);
  return outer && [...outer, ...inner.flat()];
}

/** Rows that are the same one: by their titles, otherwise by the panel that they begin with. */
function sameRows(before: readonly OutlinedPart[], after: readonly OutlinedPart[]) {
  const [from, to] = [before, after].map((parts) => parts.filter(({ row }) => row));
  return pairUp(from ?? [], to ?? [], [
    ({ row }) => textOf(row?.title),
    ({ panels: [first] }) => first && String(first.json.id),
  ]).both;
}

/** Equal for a row that stays; one that is new has a sign of its own. */
function signOf(part: OutlinedPart | undefined, rows: readonly OutlinedPart[]): string {
  return `section ${part ? rows.indexOf(part) : 'new'}`;
}

function sectionCode({ row, panels }: OutlinedPart, { writing }: Editing): Code {
  return writeSection(row ?? {}, panels, writing.names);
}

function elementsOf(array: ArrayExpression): readonly Node[] | undefined {
  const elements = array.elements.flatMap((element) =>
    element && element.type !== 'SpreadElement' ? [element] : [],
  );
  return elements.length === array.elements.length ? elements : undefined;
}

function bandsWritten(items: readonly Node[], { panels }: OutlinedPart, editing: Editing): WrittenItem[] {
  return bandsOf(panels).flatMap((band) => {
    const node = nodeOf(items, band[0]?.key ?? '');
    return node ? [{ ...bandItem(band, editing), node }] : [];
  });
}

/** A section that stays: its title, its options and what is in it. */
function editSection(
  node: CallExpression,
  before: OutlinedPart,
  after: OutlinedPart,
  editing: Editing,
): Way | undefined {
  const [title, rows, options] = node.arguments;
  const array = rows && follow(editing.source, rows);
  const items = array?.type === 'ArrayExpression' ? elementsOf(array) : undefined;
  if (!title || !array || !items) return undefined;
  const [from, to] = [before, after].map(({ row }) => row);
  const titles = [textOf(from?.title) ?? '', textOf(to?.title) ?? ''];
  const renamed =
    titles[0] === titles[1] ? [] : editValue(title, { kind: 'string' }, titles[0], titles[1], editing);
  if (titles[0] !== titles[1] && renamed.length === 0) return undefined;
  const changedOptions = editOptions(options, spanOf(rows).end, [from ?? {}, to ?? {}], editing);
  const written = bandsWritten(items, before, editing);
  if (new Set(written.map((one) => one.node)).size !== items.length) return undefined;
  const wanted = bandsOf(after.panels).map((band) => bandItem(band, editing));
  const moved = editItems({ container: array, items }, written, wanted, editing);
  return moved && changedOptions && [...renamed.flatMap(([way]) => way ?? []), ...changedOptions, ...moved];
}

function editOptions(
  node: Node | undefined,
  end: number,
  [before, after]: readonly [Json, Json],
  editing: Editing,
): Way | undefined {
  const pairs = (
    [
      ['collapsed', before.collapsed === true || undefined, after.collapsed === true || undefined],
      ['repeat', textOf(before.repeat), textOf(after.repeat)],
    ] as const
  ).filter(([, from, to]) => from !== to);
  if (pairs.length === 0) return [];
  const object = node && follow(editing.source, node);
  if (!object) {
    const entries = pairs.flatMap(([key, , to]) => (to === undefined ? [] : [[key, literal(to)] as const]));
    const text = printAt({ kind: 'object', entries }, editing.source, editing.style, end, { column: 0 });
    return [{ start: end, end, text: `, ${text}` }];
  }
  if (object.type !== 'ObjectExpression') return undefined;
  const wishes = pairs.map(([key, from, to]) =>
    editProperty(object, key, { kind: 'any' }, [from, to], editing),
  );
  return wishes.some((one) => one.length === 0) ? undefined : wishes.flat().flatMap(([way]) => way ?? []);
}

/** Without a layout panels flow; once they are somewhere else they have one. */
function addLayout(options: ObjectExpression, to: Outline, editing: Editing): Way {
  const index = placeOfOption(options, 'layout');
  const list = { container: options, items: options.properties };
  return insertItems(list, index, [{ key: 'layout', code: writeLayout(to, editing.writing.names) }], editing);
}
