import type { PromqlExpression } from './expression.ts';

/**
 * A legend whose every `{{label}}` is a label of the result; otherwise a type that names the wrong label and those
 * there are. Spaces inside the braces are allowed, as in Grafana.
 */
export type Legend<Text extends string, Labels extends string> = string extends Labels
  ? Text
  : [Exclude<LegendLabels<Text>, Labels>] extends [never]
    ? Text
    : NoSuchLabel<
        Exclude<LegendLabels<Text>, Labels>,
        [Labels] extends [never] ? 'the result has no labels; keep some with by()' : Labels
      >;

/** Stands in the compiler's message for a legend with a label that the result does not have. */
export interface NoSuchLabel<Unknown extends string, Labels extends string> {
  readonly unknown: Unknown;
  readonly labels: Labels;
}

/**
 * A legend checked against the labels of the expression: `legend(expression, '{{die_type}} - {{result}}')`.
 *
 * @returns the text as it is
 */
export function legend<Labels extends string, Text extends string>(
  _expression: PromqlExpression<Labels>,
  text: Legend<Text, Labels>,
): Text {
  return text as Text;
}

/** The names in a legend's double braces. */
export type LegendLabels<Text extends string> = Text extends `${string}{{${infer Label}}}${infer Rest}`
  ? Trimmed<Label> | LegendLabels<Rest>
  : never;

type Trimmed<Text extends string> = Text extends ` ${infer Rest}`
  ? Trimmed<Rest>
  : Text extends `${infer Rest} `
    ? Trimmed<Rest>
    : Text;
