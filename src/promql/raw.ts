import { parser } from '@prometheus-io/lezer-promql';
import { maskVariables } from '../query/mask-variables.ts';
import { type InstantVector, instantVector, precedence } from './expression.ts';

/**
 * PromQL as text, for what is too rare to have a function here: `promql.raw('absent(up)')`.
 *
 * Its labels are not known, so that every legend is accepted; name them to have them checked:
 * `promql.raw<'job'>('…')`. Grafana's variables may stand in it.
 *
 * @throws SyntaxError when it is no PromQL; the message shows the place
 */
export function raw<Labels extends string = string>(text: string): InstantVector<Labels> {
  const tree = parser.parse(maskVariables(text).text);
  let wrongAt: number | undefined;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) wrongAt ??= node.from;
      return wrongAt === undefined;
    },
  });
  if (wrongAt !== undefined) throw new SyntaxError(syntaxMessage(text, wrongAt));

  // What stands outermost is read from the syntax tree, so that an operand gets parentheses where it needs them.
  const outermost = tree.topNode.firstChild?.name ?? '';
  const isOperation = outermost === 'BinaryExpr' || outermost === 'UnaryExpr';
  return instantVector(text, isOperation ? precedence.unknown : precedence.primary);
}

function syntaxMessage(text: string, wrongAt: number): string {
  const before = text.slice(0, wrongAt).split('\n');
  const column = (before.at(-1) ?? '').length;
  const line = text.split('\n')[before.length - 1] ?? '';
  const found =
    wrongAt < text.trimEnd().length ? JSON.stringify(text.slice(wrongAt).split(/\s/, 1)[0]) : 'its end';
  return [
    `promql.raw: not PromQL at line ${before.length}, column ${column + 1}: did not expect ${found}`,
    `  ${line}`,
    `  ${' '.repeat(column)}^`,
  ].join('\n');
}
