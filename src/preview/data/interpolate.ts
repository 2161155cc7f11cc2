import type { TimeRange } from '../model.ts';

/** What a variable holds at the moment. */
export interface VariableValue {
  readonly values: readonly string[];
  /** Several can be chosen, so the query expects a regular expression. */
  readonly isMulti: boolean;
}

/** Values of a dashboard's variables by name. */
export type VariableValues = ReadonlyMap<string, VariableValue>;

const REFERENCE = /\$(\w+)|\$\{(\w+)(?:\.[^:}]+)?(?::([^}]+))?\}|\[\[(\w+)(?:[.:]([^\]]+))?\]\]/g;

/**
 * Replaces Grafana's variables in a query by what they hold. What is not known stays as it is written, so that the
 * server's error names it.
 *
 * @param step milliseconds between two values
 */
export function interpolate(
  query: string,
  variables: VariableValues,
  range: TimeRange,
  step: number,
): string {
  return query.replace(REFERENCE, (written, plain, braced, format, square, squareFormat) => {
    const name: string = plain ?? braced ?? square;
    const variable = variables.get(name);
    return variable ? formatted(variable, format ?? squareFormat) : (builtIn(name, range, step) ?? written);
  });
}

function builtIn(name: string, { from, to }: TimeRange, step: number): string | undefined {
  const seconds = Math.max(1, Math.round((to - from) / 1000));
  switch (name) {
    case '__interval':
      return `${Math.max(1, Math.round(step / 1000))}s`;
    case '__interval_ms':
      return String(step);
    case '__rate_interval':
      // Four scrapes of 15 seconds, or one step and a scrape: Grafana's rule.
      return `${Math.round(Math.max(60, step / 1000 + 15))}s`;
    case '__range':
      return `${seconds}s`;
    case '__range_s':
      return String(seconds);
    case '__range_ms':
      return String(seconds * 1000);
    case '__from':
      return String(from);
    case '__to':
      return String(to);
    default:
      return undefined;
  }
}

function formatted({ values, isMulti }: VariableValue, format: string | undefined): string {
  const first = values[0] ?? '';
  switch (format) {
    case 'raw':
    case 'text':
    case 'csv':
      return values.join(',');
    case 'pipe':
      return values.join('|');
    case 'json':
      return JSON.stringify(values);
    case 'doublequote':
      return values.map((value) => JSON.stringify(value)).join(',');
    case 'singlequote':
      return values.map((value) => `'${value.replace(/'/g, "\\'")}'`).join(',');
    case 'regex':
      return asRegex(values);
    default:
      return isMulti ? asRegex(values) : first.replace(/[\\"]/g, '\\$&');
  }
}

/** Inside PromQL's quotes, where a backslash stands twice. */
function asRegex(values: readonly string[]): string {
  const escaped = values.map((value) =>
    value === ALL ? value : value.replace(/[\\^$*+?.()|[\]{}]/g, '\\\\$&').replace(/"/g, '\\"'),
  );
  return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`;
}

/** Stands for all values where they are not known. */
export const ALL = '.*';
