import type { QueryLanguage } from '../model/dashboard.ts';
import type { TextRange } from '../model/source-file.ts';
import { maskVariables } from './mask-variables.ts';

/** A variable that a text names. */
export interface UsedVariable {
  readonly name: string;
  readonly span: TextRange;
}

/**
 * The variables of a query that Grafana has to fill in, its own (`$__interval`, `$timeFilter`) left out. None are: groups of a regex
 * (`$1`, also named ones), what a backslash or another `$` escapes, comments, and the code of a log line's template.
 */
export function usedVariables(text: string, language: QueryLanguage): UsedVariable[] {
  const templates = language === 'logql' ? templatesIn(text) : [];
  return maskVariables(text).variables.flatMap(({ name, start, end, as }) => {
    const isOther =
      as === 'comment' ||
      /^(?:__|\d|timeFilter$)/.test(name) ||
      /[\\$]$/.test(text.slice(0, start)) ||
      new RegExp(`\\(\\?P?<${name}>`).test(text) ||
      templates.some((template) => template.start < start && end < template.end);
    return isOther ? [] : [{ name, span: { start, end } }];
  });
}

/**
 * Whether a query may find something without a variable: it stands in what is left out (`job!~"$job"`), or beside another
 * alternative (`job=~"$job|web"`, `a or b`).
 */
export function isDispensable(text: string, { span }: UsedVariable): boolean {
  if (/\bor\b(?!\s+(?:on\s*\(\s*\)\s*)?vector\()/i.test(text)) return true;
  const [, operator, quote, before = ''] =
    /([!=|~]{1,2})\s*(?:(["'`])((?:(?!\2).)*))$/s.exec(text.slice(0, span.start)) ?? [];
  if (operator === undefined || quote === undefined) return false;
  const after = text.slice(span.end).split(quote)[0] ?? '';
  return operator.startsWith('!') || (operator.endsWith('~') && /\|/.test(before + after));
}

/** `{{ … }}`, in which `$x` is a variable of the template. */
function templatesIn(text: string): TextRange[] {
  return [...text.matchAll(/\{\{.*?\}\}/gs)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}
