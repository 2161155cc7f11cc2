import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import { dashOf, type GraphAxis, graphAxis } from './graph-axis.ts';
import { numberIn } from './migration.ts';

type Property = { readonly id: string; readonly value: unknown };

/** Overrides for what the graph panel said of single series: colours, the second axis, styles. */
export function graphOverrides(panel: Json, earlier: Json | undefined, left: GraphAxis): Json[] {
  const { hideZero, hideEmpty } = objectOf(panel.legend) ?? {};
  const { show, mode = 'time' } = objectOf(panel.xaxis) ?? {};
  return [
    ...objectsOf(earlier?.overrides),
    ...Object.entries(objectOf(panel.aliasColors) ?? {}).flatMap(([name, color]) =>
      textOf(color) ? [override('byName', name, [colored(color)])] : [],
    ),
    ...objectsOf(panel.seriesOverrides).flatMap((series) => seriesOverride(series, panel, left)),
    ...(hideZero === true ? [hiddenFromLegend('allIsZero')] : []),
    ...(hideEmpty === true ? [hiddenFromLegend('allIsNull')] : []),
    ...(show === false && mode === 'time'
      ? [override('byType', 'time', [{ id: 'custom.axisPlacement', value: 'hidden' }])]
      : []),
  ];
}

function override(id: string, options: unknown, properties: readonly Property[]): Json {
  return { matcher: { id, options }, properties };
}

function colored(color: unknown): Property {
  return { id: 'color', value: { mode: 'fixed', fixedColor: color } };
}

function hiddenFromLegend(reducer: string): Json {
  const value = { tooltip: true, viz: false, legend: true };
  return override('byValue', { reducer, op: 'gte', value: 0 }, [{ id: 'custom.hideFrom', value }]);
}

function seriesOverride(series: Json, panel: Json, left: GraphAxis): Json[] {
  const { alias } = series;
  if (typeof alias !== 'string' || alias === '') return [];
  const isPattern = /^([/~@;%#'])(.*?)\1([gimsuy]*)$/.test(alias);
  const properties = [
    ...(series.yaxis === 2 ? onRightAxis(graphAxis(objectsOf(panel.yaxes)[1]), left) : []),
    ...Object.entries(series).flatMap(([key, value]) =>
      Object.hasOwn(STYLES, key) ? (STYLES[key]?.(value) ?? []) : [],
    ),
    ...dashes(series, panel),
  ];
  return properties.length === 0 ? [] : [override(isPattern ? 'byRegexp' : 'byName', alias, properties)];
}

/** What each setting of a series is now. */
const STYLES: Readonly<Record<string, (value: unknown) => readonly Property[]>> = {
  fill: (value) => custom('fillOpacity', tenfold(value)),
  fillBelowTo: (value) => custom('fillBelowTo', value),
  fillGradient: (value) =>
    value ? [...custom('gradientMode', 'opacity'), ...custom('fillOpacity', tenfold(value))] : [],
  points: (value) => custom('showPoints', value ? 'always' : 'never'),
  bars: (value) =>
    value ? [...custom('drawStyle', 'bars'), ...custom('fillOpacity', 100)] : custom('drawStyle', 'line'),
  lines: (value) => (value ? custom('drawStyle', 'line') : custom('lineWidth', 0)),
  linewidth: (value) => custom('lineWidth', numberIn(value)),
  pointradius: (value) => custom('pointSize', 2 + (numberIn(value) ?? 2) * 2),
  stack: (value) => custom('stacking', { mode: value ? 'normal' : 'none', group: textOf(value) ?? 'A' }),
  color: (value) => (textOf(value) ? [colored(value)] : []),
  transform: (value) => custom('transform', value === 'negative-Y' ? 'negative-Y' : 'constant'),
  steppedLine: (value) => (value ? custom('lineInterpolation', 'stepAfter') : []),
  legend: (value) =>
    value === false ? custom('hideFrom', { legend: true, tooltip: false, viz: false }) : [],
  hideTooltip: (value) =>
    value === true ? custom('hideFrom', { legend: false, tooltip: true, viz: false }) : [],
};

function custom(name: string, value: unknown): readonly Property[] {
  return value === undefined ? [] : [{ id: `custom.${name}`, value }];
}

function tenfold(value: unknown): number {
  return (numberIn(value) ?? 0) * 10;
}

/** What the second axis says otherwise than the first. */
function onRightAxis(right: GraphAxis, left: GraphAxis): readonly Property[] {
  const own = (['unit', 'decimals', 'min', 'max'] as const).flatMap((id) =>
    right[id] === undefined || right[id] === left[id] ? [] : [{ id, value: right[id] }],
  );
  const placement = right.custom.axisPlacement ?? 'right';
  const more = Object.entries({ ...right.custom, axisPlacement: placement }).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(left.custom[key]),
  );
  return [...own, ...more.map(([key, value]) => ({ id: `custom.${key}`, value }))];
}

function dashes(series: Json, panel: Json): readonly Property[] {
  if (!['dashes', 'dashLength', 'spaceLength'].some((key) => Object.hasOwn(series, key))) return [];
  const isDashed = (series.dashes ?? panel.dashes) === true;
  return custom('lineStyle', { fill: isDashed ? 'dash' : 'solid', dash: dashOf({ ...panel, ...series }) });
}
