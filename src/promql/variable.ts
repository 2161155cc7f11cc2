/** A dashboard variable in an expression; Grafana puts its value in before it asks Prometheus. */
export interface Variable {
  readonly language: 'grafana';
  readonly name: string;
  /** `$name`, or `${name:format}`. */
  readonly text: string;
}

/**
 * The dashboard variable of this name, for a label value, a number or a window.
 *
 * `variable('die_type')` prints `$die_type`; `variable('host', 'regex')` prints `${host:regex}`. A variable that holds
 * several values goes into `matches(…)`, because only a regular expression can match more than one.
 *
 * @throws TypeError for a name that Grafana would not take for a variable
 */
export function variable(name: string, format?: string): Variable {
  if (!/^\w+$/.test(name)) {
    throw new TypeError(
      `variable(${JSON.stringify(name)}): expected a variable's name of letters, digits and _, without $`,
    );
  }
  return { language: 'grafana', name, text: format === undefined ? `$${name}` : `\${${name}:${format}}` };
}

/** True for what `variable()` returns. */
export function isVariable(value: unknown): value is Variable {
  return typeof value === 'object' && value !== null && 'language' in value && value.language === 'grafana';
}
