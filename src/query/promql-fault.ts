import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import { nearestHint } from '../model/nearest.ts';
import type { TextRange } from '../model/source-file.ts';
import { FUNCTION_NAMES } from './promql-functions.ts';

/** A place that a language does not take. */
export interface SyntaxFault extends TextRange {
  /** What is wrong there, as a clause, where more can be said than that something was not expected. */
  readonly reason?: string;
}

/** The first place of a syntax tree that Prometheus' parser refuses, be it by the grammar or by what stands where. */
export function promqlFault(tree: Tree, text: string): SyntaxFault | undefined {
  let fault: SyntaxFault | undefined;
  tree.iterate({
    enter(node) {
      fault ??= node.type.isError ? unexpected(node, text) : misplaced(node, text);
      return fault === undefined;
    },
  });
  return fault;
}

function unexpected(node: SyntaxNodeRef, text: string): SyntaxFault {
  const before = node.node.prevSibling;
  if (before?.name !== 'Identifier' || !/^\s*\(/.test(text.slice(before.to)))
    return { start: node.from, end: node.to };
  const name = text.slice(before.from, before.to);
  return {
    start: before.from,
    end: before.to,
    reason: `unknown function "${name}"${nearestHint(name, FUNCTION_NAMES)}`,
  };
}

/** What the grammar takes and Prometheus refuses for its place. */
function misplaced(ref: SyntaxNodeRef, text: string): SyntaxFault | undefined {
  switch (ref.name) {
    case 'OffsetExpr':
      return misplacedModifier(ref.node, 'Offset', 'offset');
    case 'StepInvariantExpr':
      return misplacedModifier(ref.node, 'At', '@');
    case 'MatrixSelector': {
      const modified = ref.node.firstChild;
      return modified && MODIFIED.has(modified.name)
        ? {
            start: modified.to,
            end: ref.to,
            reason: 'the window stands before offset and @, not behind them',
          }
        : undefined;
    }
    case 'StringLiteral':
      return isTerminated(text.slice(ref.from, ref.to))
        ? undefined
        : { start: ref.from, end: ref.to, reason: 'a quote that is not closed' };
    default:
      return undefined;
  }
}

const MODIFIED = new Set(['OffsetExpr', 'StepInvariantExpr']);
const OPERATIONS = new Set(['UnaryExpr', 'BinaryExpr']);
const MODIFIABLE = new Set(['VectorSelector', 'MatrixSelector', 'SubqueryExpr']);

function misplacedModifier(node: SyntaxNode, keyword: string, written: string): SyntaxFault | undefined {
  const found = node.getChild(keyword);
  if (!found) return undefined;
  const range = { start: found.from, end: found.to };
  let modified = node.firstChild;
  while (modified && (MODIFIED.has(modified.name) || OPERATIONS.has(modified.name))) {
    if (modified.name === node.name) return { ...range, reason: `${written} is there twice` };
    // The grammar binds operators before modifiers, Prometheus behind them.
    modified = OPERATIONS.has(modified.name) ? modified.lastChild : modified.firstChild;
  }
  return modified && !MODIFIABLE.has(modified.name)
    ? { ...range, reason: `${written} stands directly behind a selector or a subquery only` }
    : undefined;
}

function isTerminated(literal: string): boolean {
  const quote = literal.charAt(0);
  const inner = quote === '`' ? literal.slice(1) : literal.slice(1).replace(/\\[\s\S]/g, '');
  return inner.endsWith(quote);
}
