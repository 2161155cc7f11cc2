import type { Query, QueryLanguage } from '../model/dashboard.ts';
import { isQueryIn, syntaxFaultIn } from './query-syntax.ts';

const LANGUAGES = ['promql', 'logql', 'traceql'] as const satisfies readonly QueryLanguage[];

/** Whether a query is wrong in its datasource's language and right in another: then it went to the wrong datasource. */
export function isInAnotherLanguage(query: Query): boolean {
  return otherLanguageOf(query) !== undefined;
}

/** The language that a query is in, when it is not the one its datasource speaks. */
export function otherLanguageOf({ language, expr }: Query): QueryLanguage | undefined {
  if (language === 'unknown' || !syntaxFaultIn(language, expr)) return undefined;
  // A trace id or a single word parses as almost anything: only a query with structure tells a language.
  if (!/[{([]/.test(expr)) return undefined;
  return LANGUAGES.find((other) => other !== language && isQueryIn(other, expr));
}
