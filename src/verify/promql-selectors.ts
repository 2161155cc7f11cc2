import type { TextRange } from '../model/source-file.ts';
import { nodesIn, type PromqlNode, type RangeSelector, type Selector } from '../query/promql-node.ts';
import { readPromql } from '../query/read-promql.ts';

/** A selector of an expression without variables, ready to be asked with fewer matchers. */
export interface AskableSelector {
  /** Undefined when it selects by other labels only. */
  readonly name: string | undefined;
  /** Its matchers as text, such as `job="a"`; that of `__name__` is not among them. */
  readonly matchers: readonly SelectorMatcher[];
  /** Seconds of its window, where it has one. */
  readonly window: number | undefined;
  /** The function that takes the window, such as `rate`. */
  readonly windowFunction: string | undefined;
  /** The value that it demands of a label by `=`. */
  valueOf(label: string): string | undefined;
  /** The selector with only these matchers, as text. */
  with(matchers: readonly SelectorMatcher[]): string;
}

/** One matcher. */
export interface SelectorMatcher {
  readonly label: string;
  readonly op: string;
  readonly value: string;
  readonly text: string;
}

/** The selectors of an expression from left to right, the same ones once. Empty when it cannot be parsed. */
export function selectorsOf(expr: string): readonly AskableSelector[] {
  const tree = readPromql(expr);
  if (!tree) return [];
  const found = new Map<string, AskableSelector>();
  for (const node of nodesIn(tree)) {
    if (node.kind !== 'selector') continue;
    const { range, call } = surroundings(tree, node);
    const selector = askable(expr, node, range?.window, call);
    found.set(`${selector.with(selector.matchers)} ${selector.window} ${call}`, selector);
  }
  return [...found.values()];
}

function askable(
  expr: string,
  node: Selector,
  window: number | undefined,
  windowFunction: string | undefined,
): AskableSelector {
  const slice = ({ start, end }: TextRange) => expr.slice(start, end);
  const all = node.matchers.map(({ label = '', op, value = '', span }) => ({
    label,
    op,
    value,
    text: slice(span),
  }));
  const byName = all.filter(({ label }) => label === '__name__');
  const matchers = all.filter(({ label }) => label !== '__name__');
  const written = node.nameSpan === node.span || byName.length > 0 ? undefined : slice(node.nameSpan);
  const isQuoted = written !== undefined && /^["'`]/.test(written);
  return {
    name: node.name,
    matchers,
    window,
    windowFunction,
    valueOf: (label) => matchers.find((matcher) => matcher.label === label && matcher.op === '=')?.value,
    with: (kept) => {
      const inside = [
        ...(isQuoted ? [written] : []),
        ...byName.map(({ text }) => text),
        ...kept.map(({ text }) => text),
      ];
      const before = written !== undefined && !isQuoted ? written : '';
      return before !== '' && inside.length === 0 ? before : `${before}{${inside.join(',')}}`;
    },
  };
}

/** The window directly around a selector and the function that takes it. */
function surroundings(tree: PromqlNode, node: Selector): { range?: RangeSelector; call?: string } {
  const isAround = (span: TextRange) => span.start <= node.span.start && span.end >= node.span.end;
  const around = nodesIn(tree).filter((each) => each !== node && isAround(each.span));
  const range = around.findLast((each) => each.kind === 'range');
  if (!range) return {};
  const call = around.slice(0, around.indexOf(range)).findLast((each) => each.kind === 'call');
  return call ? { range, call: call.name } : { range };
}
