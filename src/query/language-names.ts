import type { QueryLanguage } from '../model/dashboard.ts';

/** What people call a query language. */
export const LANGUAGE_NAMES = {
  promql: 'PromQL',
  logql: 'LogQL',
  traceql: 'TraceQL',
  unknown: 'query',
} as const satisfies { readonly [Language in QueryLanguage]: string };
