import type { CallExpression, Node } from '@babel/types';
import { bare, type DefinitionSource, follow, isCallOf, spanOf } from './definition-source.ts';

/** One call of a chain in the text: from the end of what it is called on to its closing bracket. */
export interface ChainLink {
  readonly name: string;
  readonly args: readonly Node[];
  readonly start: number;
  /** Offset of the name; the dot stands before it. */
  readonly nameAt: number;
  readonly end: number;
}

/** Calls behind one another, `new Stat().title('Up')`, as they stand in the text. */
export interface WrittenChain {
  /** `new Stat()`, `stat('Up')`, or the name of a datasource. */
  readonly head: Node;
  readonly links: readonly ChainLink[];
  /** Offset behind the last call. */
  readonly end: number;
}

/** Takes an expression apart; one without calls is a head alone. */
export function chainOf(node: Node): WrittenChain {
  const links: ChainLink[] = [];
  let head = bare(node);
  const { end } = spanOf(head);
  for (;;) {
    if (head.type !== 'CallExpression' || head.callee.type !== 'MemberExpression') break;
    const { object, property, computed } = head.callee;
    if (computed || property.type !== 'Identifier') break;
    links.unshift({
      name: property.name,
      args: head.arguments,
      start: spanOf(object).end,
      nameAt: spanOf(property).start,
      end: spanOf(head).end,
    });
    head = bare(object);
  }
  return { head, links, end };
}

/** A builder in the text, with what `override(…)` lays over it. */
export interface WrittenBuilder {
  readonly chain: WrittenChain;
  /** The patches of `override(builder, patch)` around it, the outermost first. */
  readonly patches: readonly Node[];
  /** From the outermost wrapping to its end. */
  readonly start: number;
  readonly end: number;
}

/** Finds the builder in an expression: behind constants, `override` and `emptyInHealth`. */
export function builderIn(source: DefinitionSource, node: Node): WrittenBuilder {
  const patches: Node[] = [];
  const outer = follow(source, node);
  let inner = outer;
  for (;;) {
    if (isCallOf(source, inner, 'override')) {
      const patch = inner.arguments[1];
      if (patch) patches.push(patch);
      inner = follow(source, argument(inner, 0));
    } else if (isCallOf(source, inner, 'emptyInHealth')) inner = follow(source, argument(inner, 1));
    else break;
  }
  return { chain: chainOf(inner), patches, ...spanOf(outer) };
}

function argument(call: CallExpression, index: number): Node {
  return call.arguments[index] ?? call;
}
