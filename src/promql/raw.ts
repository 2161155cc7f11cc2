import { parser } from '@prometheus-io/lezer-promql';
import { maskVariables } from '../query/mask-variables.ts';
import { promqlSyntaxFault, readPromql } from '../query/read-promql.ts';
import { type InstantVector, instantVector, precedence } from './expression.ts';

/**
 * PromQL as text, for what is too rare to have a function here: `promql.raw('absent(up)')`.
 *
 * Its labels are not known, so that every legend is accepted; name them to have them checked:
 * `promql.raw<'job'>('…')`. Grafana's variables may stand in it.
 *
 * @throws SyntaxError when it is no PromQL; the message, one line, says the place
 */
export function raw<Labels extends string = string>(text: string): InstantVector<Labels> {
  const fault = text.trim() === '' ? { start: text.length } : promqlSyntaxFault(text);
  if (fault) throw new SyntaxError(syntaxMessage(text, fault));
  return instantVector(text, isOneOperand(text) ? precedence.primary : precedence.unknown);
}

/** Whether nothing has to stand around it when it becomes an operand. */
function isOneOperand(text: string): boolean {
  if (readPromql(text) === undefined) return false;
  const outermost = parser.parse(maskVariables(text).text).topNode.firstChild?.name ?? '';
  return outermost !== 'BinaryExpr' && outermost !== 'UnaryExpr';
}

function syntaxMessage(
  text: string,
  { start, reason }: { readonly start: number; readonly reason?: string },
): string {
  const before = text.slice(0, start).split('\n');
  const column = (before.at(-1) ?? '').length;
  const line = text.split('\n')[before.length - 1] ?? '';
  const found =
    start < text.trimEnd().length ? JSON.stringify(text.slice(start).split(/\s/, 1)[0]) : 'its end';
  const place = `line ${before.length}, column ${column + 1}`;
  return `promql.raw: not PromQL at ${place} of \`${line.trim()}\`: ${reason ?? `did not expect ${found}`}`;
}
