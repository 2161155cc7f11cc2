import { parser as logql } from '@grafana/lezer-logql';
import { parser as traceql } from '@grafana/lezer-traceql';
import type { QueryLanguage } from '../model/dashboard.ts';
import { maskVariables } from './mask-variables.ts';
import { inOlderSyntax } from './newer-syntax.ts';
import type { SyntaxFault } from './promql-fault.ts';
import { MAX_QUERY_LENGTH } from './query-length.ts';
import { promqlSyntaxFault, readPromql } from './read-promql.ts';

const PARSERS = { logql, traceql } as const;

/** Dashboards repeat their queries; each text is parsed once. */
const known = {
  logql: new Map<string, SyntaxFault | undefined>(),
  traceql: new Map<string, SyntaxFault | undefined>(),
} as const;

/**
 * The first place where a query does not follow its language's grammar; undefined when it does. An empty
 * query is none: Grafana does not send it. Where a variable can stand for any piece of the query, nothing is said.
 */
export function syntaxFaultIn(language: QueryLanguage, expr: string): SyntaxFault | undefined {
  if (language === 'unknown' || expr.length > MAX_QUERY_LENGTH) return undefined;
  if (language === 'promql') return promqlSyntaxFault(expr);
  const ofLanguage = known[language];
  if (!ofLanguage.has(expr))
    ofLanguage.set(expr, expr.trim() === '' ? undefined : firstFault(language, expr));
  return ofLanguage.get(expr);
}

/** Whether a text surely is a query of a language, wherever its variables stand. */
export function isQueryIn(language: keyof typeof PARSERS | 'promql', expr: string): boolean {
  if (expr.length > MAX_QUERY_LENGTH) return false;
  if (language === 'promql') return readPromql(expr) !== undefined;
  return faultOf(language, maskVariables(expr).text) === undefined;
}

function firstFault(language: keyof typeof PARSERS, expr: string): SyntaxFault | undefined {
  const { text, variables } = maskVariables(expr);
  // The places that a variable can take in these languages are many: one outside of quotes is enough.
  return variables.some(({ as }) => as === 'operand') ? undefined : faultOf(language, text);
}

function faultOf(language: keyof typeof PARSERS, text: string): SyntaxFault | undefined {
  let range: SyntaxFault | undefined;
  PARSERS[language].parse(inOlderSyntax(language, text)).iterate({
    enter(node) {
      if (node.type.isError) range ??= { start: node.from, end: node.to };
      return range === undefined;
    },
  });
  return range;
}
