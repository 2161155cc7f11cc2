import type { Node } from '@babel/types';
import { type Json, objectOf } from '../../diff/json.ts';
import type { Splice } from '../../edit/splice.ts';
import { propertyName } from '../code/code.ts';
import { expressJson } from '../code/express.ts';
import { at, byMeaning } from '../code/residual.ts';
import type { WrittenBuilder } from './chain.ts';
import { printAt } from './code-style.ts';
import { follow, nameOf } from './definition-source.ts';
import { editProperty } from './edit-value.ts';
import type { Editing, Way, Wish } from './editing.ts';
import { insertItems } from './list-edits.ts';

/** A place in JSON. */
export type Path = readonly string[];

/** What `override` lays over a builder wins, so it is edited where it says something; `handled` grows by those places. */
export function editPatch(
  node: Node,
  before: unknown,
  after: unknown,
  path: Path,
  editing: Editing,
  handled: Path[],
): readonly Wish[] {
  const patch = follow(editing.source, node);
  if (patch.type !== 'ObjectExpression') return [];
  return patch.properties.flatMap((property) => {
    if (property.type !== 'ObjectProperty' || property.key.type !== 'Identifier') return [];
    const { name } = property.key;
    const [from, to] = [at(before, [name]), at(after, [name])];
    const inner = follow(editing.source, property.value);
    const here = [...path, name];
    if (inner.type === 'ObjectExpression' && objectOf(from) && objectOf(to))
      return editPatch(inner, from, to, here, editing, handled);
    if (byMeaning.same(from, to, undefined)) return [];
    handled.push(here);
    return editProperty(patch, name, { kind: 'any' }, [from, to], editing);
  });
}

/** Lays over the builder what it cannot say. */
export function overrideWay({ start, end, patches }: WrittenBuilder, patch: Json, editing: Editing): Way {
  const { writing, source, style } = editing;
  const [outermost] = patches.map((node) => follow(source, node));
  const code = expressJson(patch, writing);
  if (outermost?.type === 'ObjectExpression' && code.kind === 'object') {
    const isNew = code.entries.every(([key]) => outermost.properties.every((one) => nameOf(one) !== key));
    if (isNew)
      return insertItems(
        { container: outermost, items: outermost.properties },
        outermost.properties.length,
        code.entries.map(([key, value]) => ({ key: propertyName(key), code: value })),
        editing,
      );
  }
  const name = writing.names.use('panelproof', 'override');
  const behind: Splice = { start: end, end, text: `, ${printAt(code, source, style, end)})` };
  return [{ start, end: start, text: `${name}(` }, behind];
}
