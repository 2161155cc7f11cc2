import { type InstantVector, instantVector, type Promql, promqlOf } from './expression.ts';
import { type LabelMatcher, printMatcher } from './matcher.ts';
import { quoteText } from './quote.ts';
import { isVariable, type Variable } from './variable.ts';

/** How the values of a metric move: a counter only rises, a gauge goes both ways. */
export type SeriesKind = 'counter' | 'gauge';

/** Label names with the values each can have; `string` when the values are not known in advance. */
export type LabelTable = Readonly<Record<string, string>>;

/** What `where` takes: for each label a value or a comparison. */
export type Where<Labels> = { readonly [Label in keyof Labels]?: LabelMatcher<Labels[Label] & string> };

/** The series of one metric: a selector such as `async_rolls_total{job="dice-roller-stage4"}`. */
export interface Series<Name extends string, Kind extends SeriesKind, Labels>
  extends InstantVector<keyof Labels & string> {
  readonly metric: Name;
  readonly kind: Kind;
  /** Only the series whose labels match; a second `where` narrows further. */
  where(matchers: Where<Labels>): Series<Name, Kind, Labels>;
  /** The values of this window, for `rate` and the other functions over time: `.over('5m')` prints `[5m]`. */
  over(
    window:
      | '$__rate_interval'
      | '$__interval'
      | '$__range'
      | `${bigint}ms`
      | `${bigint}s`
      | `${bigint}m`
      | `${bigint}h`
      | `${bigint}d`
      | `${bigint}w`
      | `${bigint}y`
      | Variable,
  ): RangeVector<Name, Kind, keyof Labels & string>;
  /** The values of this long ago: `.offset('1d')` prints `offset 1d`; `.offset('-1d')` looks ahead. */
  offset(
    duration:
      | `${bigint}s`
      | `${bigint}m`
      | `${bigint}h`
      | `${bigint}d`
      | `${bigint}w`
      | `${bigint}y`
      | Variable,
  ): Series<Name, Kind, Labels>;
}

/** The values of a metric's series in a window of time; only functions over time take it. */
export interface RangeVector<Name extends string, Kind extends SeriesKind, out Labels extends string>
  extends Promql<'range vector', Labels> {
  readonly metric: Name;
  readonly kind: Kind;
}

/** The series of a metric, all of them until `where` says which. */
export function series<Name extends string, Kind extends SeriesKind, Labels>(
  metric: Name,
  kind: Kind,
): Series<Name, Kind, Labels> {
  return selector({ metric, kind, matchers: [], offset: '' }) as unknown as Series<Name, Kind, Labels>;
}

interface Selection {
  readonly metric: string;
  readonly kind: SeriesKind;
  readonly matchers: readonly string[];
  readonly offset: string;
}

function selector(selection: Selection) {
  const { metric, kind, matchers, offset } = selection;
  const selected = selectorText(metric, matchers);
  return {
    ...instantVector(selected + offset),
    metric,
    kind,
    where: (where: Where<LabelTable>) =>
      selector({ ...selection, matchers: [...matchers, ...whereTexts(metric, where)] }),
    over: (window: string | Variable) => {
      const text = `${selected}[${windowText(metric, window)}]${offset}`;
      return { ...promqlOf('range vector', text), metric, kind };
    },
    offset: (duration: string | Variable) =>
      selector({ ...selection, offset: ` offset ${offsetText(metric, duration)}` }),
  };
}

function selectorText(metric: string, matchers: readonly string[]): string {
  // Prometheus 3 puts a name with dots or other signs in quotes, inside the braces.
  const plain = /^[A-Za-z_:][\w:]*$/.test(metric);
  const inside = plain ? matchers : [quoteText(metric), ...matchers];
  return (plain ? metric : '') + (inside.length === 0 ? '' : `{${inside.join(',')}}`);
}

function whereTexts(metric: string, where: Where<LabelTable>): readonly string[] {
  return Object.entries(where).map(([label, matcher]) => {
    if (matcher === undefined) {
      throw new TypeError(`${metric}.where: label ${label} is undefined; expected a value or a comparison`);
    }
    return printMatcher(label, matcher);
  });
}

function windowText(metric: string, window: string | Variable): string {
  if (isVariable(window)) return window.text;
  if (/^[1-9]\d*(ms|[smhdwy])$|^\$__(rate_interval|interval|range)$/.test(window)) return window;
  throw new TypeError(
    `${metric}.over('${window}'): expected a window such as '5m', '1h' or '$__rate_interval', longer than zero`,
  );
}

function offsetText(metric: string, duration: string | Variable): string {
  if (isVariable(duration)) return duration.text;
  if (/^-?\d+[smhdwy]$/.test(duration)) return duration;
  throw new TypeError(`${metric}.offset('${duration}'): expected a duration such as '1h', '7d' or '-1d'`);
}
