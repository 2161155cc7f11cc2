import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import type { QueryLanguage } from '../model/dashboard.ts';
import type { TextRange } from '../model/source-file.ts';
import { maskVariables } from './mask-variables.ts';
import { inOlderSyntax } from './newer-syntax.ts';
import { MAX_QUERY_LENGTH } from './query-length.ts';
import { promqlSyntaxError } from './read-promql.ts';

const PARSERS = { logql, traceql } as const;

/** Dashboards repeat their queries; each text is parsed once. */
const known = {
  logql: new Map<string, TextRange | undefined>(),
  traceql: new Map<string, TextRange | undefined>(),
} as const;

/**
 * The span of the first place where a query does not follow its language's grammar; undefined when it does. An empty
 * query is none: Grafana does not send it. Where a variable can stand for any piece of the query, nothing is said.
 */
export function syntaxErrorIn(language: QueryLanguage, expr: string): TextRange | undefined {
  if (language === 'unknown' || expr.length > MAX_QUERY_LENGTH) return undefined;
  if (language === 'promql') return promqlSyntaxError(expr);
  const ofLanguage = known[language];
  if (!ofLanguage.has(expr))
    ofLanguage.set(expr, expr.trim() === '' ? undefined : firstError(language, expr));
  return ofLanguage.get(expr);
}

function firstError(language: keyof typeof PARSERS, expr: string): TextRange | undefined {
  const { text, variables } = maskVariables(expr);
  // The places that a variable can take in these languages are many: one outside of quotes is enough.
  if (variables.some(({ as }) => as === 'operand')) return undefined;
  let range: TextRange | undefined;
  PARSERS[language].parse(inOlderSyntax(language, text)).iterate({
    enter(node) {
      if (node.type.isError) range ??= { start: node.from, end: node.to };
      return range === undefined;
    },
  });
  return range;
}
