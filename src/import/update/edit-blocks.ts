import type { Node } from '@babel/types';
import { diffArrays } from 'diff';
import type { Code } from '../code/code.ts';
import { flat } from '../code/print-code.ts';
import { type Placed, writeBlock } from '../write/write-layout.ts';
import { nameOf, nodesOf } from './definition-source.ts';
import { type Editing, isLiteral, replace, type Way } from './editing.ts';
import { insertItems, removeItem, type WrittenList } from './list-edits.ts';

/** An item of a layout: a line of panels across the dashboard, or something with an identity of its own. */
export interface LayoutItem {
  /** Equal for items that need no change, or whose changes are another's to make. */
  readonly sign: string;
  readonly code: () => Code;
  /** The panels of a line. */
  readonly band?: readonly Placed[];
}

/** Such an item and the node that says it; a grid says several. */
export interface WrittenItem extends LayoutItem {
  readonly node: Node;
}

/** A line of panels as an item. */
export function bandItem(band: readonly Placed[], { writing }: Editing): LayoutItem {
  const top = Math.min(...band.map(({ y }) => y));
  const places = band.map(({ key, x, y, w, h }) => [key, x, y - top, w, h]);
  return { sign: JSON.stringify(places), code: () => writeBlock(band, writing.names), band };
}

/** The node of a list that names a panel. */
export function nodeOf(items: readonly Node[], key: string): Node | undefined {
  return items.find((item) =>
    [...nodesOf(item)].some(
      (node) =>
        (node.type === 'StringLiteral' && node.value === key) ||
        (node.type === 'ObjectProperty' && nameOf(node) === key),
    ),
  );
}

/**
 * Edits that make a list of layout items another one. What is the same stays as it is written; undefined when something
 * would have to change that computes.
 */
export function editItems(
  list: WrittenList,
  before: readonly WrittenItem[],
  after: readonly LayoutItem[],
  editing: Editing,
): Way | undefined {
  const gaps = gapsBetween(before, after);
  const way: Way[] = [];
  for (const { nodes, items, behind } of gaps) {
    const changed = nodes.map((node, index) => {
      const item = items[index];
      if (!item) return [removeItem(list, list.items.indexOf(node), editing)];
      return exchange(
        node,
        before.filter((one) => one.node === node),
        item,
        editing,
      );
    });
    const index = (behind ? list.items.indexOf(behind) : -1) + 1 + nodes.length;
    const added = items.slice(nodes.length).map((item) => ({ code: item.code() }));
    if (changed.some((one) => one === undefined)) return undefined;
    way.push(...changed.flatMap((one) => (one ? [one] : [])), insertItems(list, index, added, editing));
  }
  return way.flat();
}

/** What is to change between two items that stay. */
interface Gap {
  readonly nodes: readonly Node[];
  readonly items: readonly LayoutItem[];
  /** The node that stays in front. */
  readonly behind: Node | undefined;
}

function gapsBetween(before: readonly WrittenItem[], after: readonly LayoutItem[]): readonly Gap[] {
  const signs = [before, after].map((items) => items.map(({ sign }) => sign));
  const partner = new Map<number, number>();
  let [left, right] = [0, 0];
  for (const { value, added, removed } of diffArrays(signs[0] ?? [], signs[1] ?? [])) {
    if (!added && !removed) for (const index of value.keys()) partner.set(left + index, right + index);
    if (!added) left += value.length;
    if (!removed) right += value.length;
  }
  const nodes = [...new Set(before.map(({ node }) => node))];
  const gaps: Gap[] = [];
  let gap: { nodes: Node[]; behind: Node | undefined } = { nodes: [], behind: undefined };
  let next = 0;
  for (const node of nodes) {
    const own = before.flatMap((one, index) => (one.node === node ? [partner.get(index)] : []));
    const [first = -1] = own;
    // A grid stays only when all of its lines do, one behind the other.
    const stays = first >= next && own.every((index, offset) => index === first + offset);
    if (!stays) {
      gap.nodes.push(node);
      continue;
    }
    gaps.push({ ...gap, items: after.slice(next, first) });
    gap = { nodes: [], behind: node };
    next = first + own.length;
  }
  return [...gaps, { ...gap, items: after.slice(next) }];
}

/** Another item in the place of a node; of a row only the arguments that differ. */
function exchange(
  node: Node,
  before: readonly WrittenItem[],
  after: LayoutItem,
  editing: Editing,
): Way | undefined {
  const code = after.code();
  const was = before.length === 1 ? before[0]?.code() : undefined;
  if (node.type !== 'CallExpression') return undefined;
  if (was?.kind === 'call' && code.kind === 'call' && was.callee === code.callee) {
    const isAlike = was.args.length === code.args.length && node.arguments.length === code.args.length;
    const args = code.args.map((arg, index) => ({
      arg,
      from: was.args[index],
      written: node.arguments[index],
    }));
    const changed = args.filter(({ arg, from }) => from && flat(arg) !== flat(from));
    if (isAlike && changed.every(({ written }) => written && isLiteral(editing.source, written)))
      return changed.flatMap(({ arg, written }) => (written ? [replace(editing, written, arg)] : []));
  }
  const isPlain = node.arguments.every((argument) => isLiteral(editing.source, argument));
  return isPlain ? [replace(editing, node, code)] : undefined;
}
