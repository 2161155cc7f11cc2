import { type Json, objectOf, objectsOf } from '../../diff/json.ts';

/** What only the old graph panel understood. */
const GONE = new Set(
  'aliasColors bars dashLength dashes fill fillGradient hiddenSeries legend lines linewidth nullPointMode percentage pointradius points renderer seriesOverrides spaceLength stack steppedLine thresholds timeRegions tooltip xaxis yaxes yaxis grid type options fieldConfig x-axis y-axis leftYAxisLabel'.split(
    ' ',
  ),
);

/** The graph panel (gone since Grafana 11) as a time series with the same lines, axis, legend and tooltip. */
export function migrateGraph(panel: Json): Json {
  const kept = Object.fromEntries(Object.entries(panel).filter(([key]) => !GONE.has(key)));
  const [left] = objectsOf(panel.yaxes);
  const [min, max] = [numberIn(left?.min), numberIn(left?.max)];
  const custom: Json = {
    drawStyle: panel.bars === true ? 'bars' : panel.lines === false ? 'points' : 'line',
    lineWidth: numberIn(panel.linewidth) ?? 1,
    fillOpacity: (numberIn(panel.fill) ?? 1) * 10,
    showPoints: panel.points === true ? 'always' : 'never',
    pointSize: panel.points === true ? 2 + (numberIn(panel.pointradius) ?? 2) * 2 : 5,
    lineInterpolation: panel.steppedLine === true ? 'stepAfter' : 'linear',
    spanNulls: panel.nullPointMode === 'connected',
    ...(panel.stack === true
      ? { stacking: { group: 'A', mode: panel.percentage === true ? 'percent' : 'normal' } }
      : {}),
    ...(typeof left?.label === 'string' && left.label !== '' ? { axisLabel: left.label } : {}),
    ...(Number(left?.logBase) > 1 ? { scaleDistribution: { type: 'log', log: Number(left?.logBase) } } : {}),
    ...(left?.show === false ? { axisPlacement: 'hidden' } : {}),
  };
  const earlier = objectOf(objectOf(panel.fieldConfig)?.defaults);
  return {
    ...kept,
    type: 'timeseries',
    fieldConfig: {
      defaults: {
        ...(typeof left?.format === 'string' ? { unit: left.format } : {}),
        ...(numberIn(left?.decimals) === undefined ? {} : { decimals: numberIn(left?.decimals) }),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...(Array.isArray(earlier?.links) ? { links: earlier.links } : {}),
        custom,
        ...thresholdsOf(panel),
      },
      overrides: overridesOf(panel),
    },
    options: { legend: legendOf(objectOf(panel.legend)), tooltip: tooltipOf(objectOf(panel.tooltip)) },
  };
}

function legendOf(legend: Json | undefined): Json {
  const calcs = ['min', 'max', 'avg', 'current', 'total'].filter((name) => legend?.[name] === true);
  return {
    showLegend: legend?.show !== false,
    displayMode: legend?.alignAsTable === true ? 'table' : 'list',
    placement: legend?.rightSide === true ? 'right' : 'bottom',
    calcs: calcs.map((name) => REDUCERS[name] ?? name),
  };
}

/** What the old statistics are called now. */
export const REDUCERS: Readonly<Record<string, string>> = {
  avg: 'mean',
  current: 'lastNotNull',
  total: 'sum',
  min: 'min',
  max: 'max',
  first: 'firstNotNull',
  range: 'range',
  delta: 'delta',
  diff: 'diff',
  name: 'lastNotNull',
};

function tooltipOf(tooltip: Json | undefined): Json {
  const sort = tooltip?.sort === 2 ? 'desc' : tooltip?.sort === 1 ? 'asc' : 'none';
  return { mode: tooltip?.shared === false ? 'single' : 'multi', sort };
}

/** Thresholds of the graph were lines or areas above a value. */
function thresholdsOf(panel: Json): Json {
  const lines = objectsOf(panel.thresholds).flatMap(({ value, colorMode, lineColor }) => {
    const number = numberIn(value);
    const color =
      colorMode === 'warning' ? 'orange' : colorMode === 'ok' ? 'green' : String(lineColor ?? 'red');
    return number === undefined ? [] : [{ color, value: number }];
  });
  if (lines.length === 0)
    return { thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }] } };
  const steps = lines.sort((a, b) => a.value - b.value);
  return { thresholds: { mode: 'absolute', steps: [{ color: 'transparent', value: null }, ...steps] } };
}

/** Colours by name, and the second axis, where one series is given to it. */
function overridesOf(panel: Json): Json[] {
  const colors = Object.entries(objectOf(panel.aliasColors) ?? {}).map(([name, color]) => ({
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }],
  }));
  const [, right] = objectsOf(panel.yaxes);
  const series = objectsOf(panel.seriesOverrides).flatMap(({ alias, yaxis, dashes, linewidth, fill }) => {
    if (typeof alias !== 'string') return [];
    const properties = [
      ...(yaxis === 2
        ? [
            { id: 'custom.axisPlacement', value: 'right' },
            { id: 'unit', value: right?.format ?? 'short' },
          ]
        : []),
      ...(dashes === true ? [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } }] : []),
      ...(typeof linewidth === 'number' ? [{ id: 'custom.lineWidth', value: linewidth }] : []),
      ...(typeof fill === 'number' ? [{ id: 'custom.fillOpacity', value: fill * 10 }] : []),
    ];
    const isPattern = /^\/.*\/\w*$/.test(alias);
    return properties.length === 0
      ? []
      : [{ matcher: { id: isPattern ? 'byRegexp' : 'byName', options: alias }, properties }];
  });
  return [...colors, ...series];
}

/** Numbers were often saved as text. */
export function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
