import type { QueryLanguage } from '../model/dashboard.ts';

/** A variable with what it stands for at the moment. */
export interface VariableValue {
  readonly values: readonly string[];
  /** It can hold several values, so that queries use it as a regular expression. */
  readonly isMany: boolean;
  /** Put in as it is: an "all" value that the dashboard's author wrote. */
  readonly isVerbatim: boolean;
}

/** What variables stand for, by name. */
export type VariableValues = ReadonlyMap<string, VariableValue>;

const VARIABLE = /\$(\w+)|\$\{(\w+)(?:\.[^:}]+)?(?::([^}]+))?\}|\[\[(\w+)(?:[.:]([^\]]+))?\]\]/g;

/**
 * A text with its variables replaced as Grafana's front end does: by the format that is asked for (`${x:csv}`), or the
 * one that the query's language needs. Unknown variables stay, as they do there.
 */
export function interpolate(
  text: string,
  variables: VariableValues,
  language: QueryLanguage = 'unknown',
): string {
  return text.replace(
    VARIABLE,
    (whole, plain?: string, braced?: string, asked?: string, square?: string, old?: string) => {
      const variable = variables.get(plain ?? braced ?? square ?? '');
      if (!variable) return whole;
      return formatted(variable, asked ?? old, language);
    },
  );
}

function formatted(variable: VariableValue, asked: string | undefined, language: QueryLanguage): string {
  const { values, isVerbatim } = variable;
  if (isVerbatim) return values.join('|');
  const format = asked?.split(':')[0];
  switch (format) {
    case undefined:
      return byLanguage(variable, language);
    case 'raw':
    case 'text':
      return values.join(',');
    case 'regex':
      return alternatives(values.map(escapeRegex));
    case 'pipe':
      return values.join('|');
    case 'csv':
      return values.join(',');
    case 'json':
      return JSON.stringify(values.length === 1 ? values[0] : values);
    case 'doublequote':
      return values.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(',');
    case 'singlequote':
      return values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(',');
    case 'sqlstring':
      return values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',');
    case 'glob':
      return values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`;
    case 'percentencode':
      return encodeURIComponent(values.length === 1 ? (values[0] ?? '') : `{${values.join(',')}}`);
    default:
      return byLanguage(variable, language);
  }
}

function byLanguage({ values, isMany }: VariableValue, language: QueryLanguage): string {
  const [only = ''] = values;
  switch (language) {
    case 'promql':
      // Inside a quoted string, where a backslash is written twice.
      if (!isMany) return only.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
      return alternatives(values.map((value) => escapeRegex(value).replaceAll('\\', '\\\\')));
    case 'logql':
      if (!isMany) return only.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
      return values.map((value) => escapeRegex(value).replaceAll('\\', '\\\\')).join('|');
    case 'traceql':
      return values.length === 1 ? only : values.map(escapeRegex).join('|');
    case 'unknown':
      return values.length === 1 ? only : `{${values.join(',')}}`;
    default:
      return language satisfies never;
  }
}

function alternatives(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');
}
