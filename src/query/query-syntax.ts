import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import type { LRParser } from '@lezer/lr';
import { parser as promql } from '@prometheus-io/lezer-promql';
import type { QueryLanguage } from '../model/dashboard.ts';
import type { TextRange } from '../model/source-file.ts';
import { hasStructuralVariable, maskVariables } from './mask-variables.ts';
import { inOlderSyntax } from './newer-syntax.ts';

const PARSERS: { readonly [Language in Exclude<QueryLanguage, 'unknown'>]: LRParser } = {
  promql,
  logql,
  traceql,
};

/** Dashboards repeat their queries; each text is parsed once. */
const known = new Map<string, TextRange | undefined>();

/**
 * The span of the first place where a query does not follow its language's grammar; undefined when it does. An empty
 * query is none: Grafana does not send it. Where a variable can stand for any piece of the query, nothing is said.
 */
export function syntaxErrorIn(language: QueryLanguage, expr: string): TextRange | undefined {
  if (language === 'unknown' || expr.trim() === '') return undefined;
  const key = `${language} ${expr}`;
  if (!known.has(key)) known.set(key, firstError(language, expr));
  return known.get(key);
}

function firstError(language: keyof typeof PARSERS, expr: string): TextRange | undefined {
  const masked = maskVariables(expr);
  let range: TextRange | undefined;
  PARSERS[language].parse(inOlderSyntax(language, masked.text)).iterate({
    enter(node) {
      if (node.type.isError) range ??= { start: node.from, end: node.to };
      return range === undefined;
    },
  });
  if (!range) return undefined;
  // The places that a variable can take in LogQL and TraceQL are many: there, one outside of quotes is enough.
  const isUnknown =
    language === 'promql'
      ? hasStructuralVariable(expr, masked)
      : masked.variables.some(({ as }) => as === 'operand');
  return isUnknown ? undefined : range;
}
