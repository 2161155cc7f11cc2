import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import { dashOf, graphAxis } from './graph-axis.ts';
import { graphOverrides } from './graph-overrides.ts';
import { graphThresholds } from './graph-thresholds.ts';
import { given, type Migration, numberIn, panelName, reducerOf } from './migration.ts';

/** What only the old graph panel understood. */
export const GRAPH_ONLY = new Set(
  'aliasColors bars dashLength dashes decimals fill fillGradient hiddenSeries legend lines linewidth nullPointMode percentage pointradius points renderer seriesOverrides spaceLength stack steppedLine thresholds timeRegions tooltip xaxis yaxes yaxis grid type options fieldConfig x-axis y-axis leftYAxisLabel y_formats dashes alert zerofill interactive'.split(
    ' ',
  ),
);

/**
 * The graph panel (gone since Grafana 11) as what takes its place there: a time series, or for other X axes a histogram,
 * a bar chart or bar gauges. What it left out counts as the graph panel took it: lines, lightly filled, without points.
 */
export function migrateGraph(panel: Json, migration: Migration): Json {
  const kept = Object.fromEntries(Object.entries(panel).filter(([key]) => !GRAPH_ONLY.has(key)));
  noteDropped(panel, migration);
  const axis = objectOf(panel.xaxis);
  if (axis?.mode === 'series' || axis?.mode === 'histogram') return { ...kept, ...ofOtherAxis(panel, axis) };
  const left = graphAxis(objectsOf(panel.yaxes)[0]);
  const earlier = objectOf(panel.fieldConfig);
  const links = objectOf(panel.options)?.dataLinks;
  const legend = legendOf(objectOf(panel.legend));
  const thresholds = graphThresholds(objectsOf(panel.thresholds));
  const isPercent = panel.stack === true && panel.percentage === true && panel.yaxis;
  return {
    ...kept,
    type: 'timeseries',
    fieldConfig: {
      defaults: {
        ...objectOf(earlier?.defaults),
        ...given({ unit: left.unit, decimals: isPercent && left.decimals === 0 ? undefined : left.decimals }),
        ...(isPercent ? {} : given({ min: left.min, max: left.max })),
        ...(Array.isArray(links) && links.length > 0 ? { links } : {}),
        // It only counts in the statistics.
        ...(panel.nullPointMode === 'null as zero' && legend.calcs.length > 0
          ? { nullValueMode: 'null as zero' }
          : {}),
        thresholds: thresholds?.thresholds ?? { mode: 'absolute', steps: [{ color: 'green', value: null }] },
        custom: { ...left.custom, ...styleOf(panel), ...thresholds?.custom },
      },
      overrides: graphOverrides(panel, earlier, left),
    },
    options: { legend, tooltip: tooltipOf(objectOf(panel.tooltip)) },
  };
}

function styleOf(panel: Json): Json {
  const isBars = panel.bars === true;
  const drawStyle = isBars ? 'bars' : panel.lines === false ? 'points' : 'line';
  const gradient = numberIn(panel.fillGradient) ?? 0;
  const hasBand = objectsOf(panel.seriesOverrides).some(({ fillBelowTo }) => textOf(fillBelowTo));
  // Bands were always as dark, and bars solid.
  const fillOpacity = isBars
    ? 100
    : gradient > 0
      ? gradient * 10
      : hasBand
        ? 35
        : (numberIn(panel.fill) ?? 1) * 10;
  return {
    drawStyle,
    lineWidth: numberIn(panel.linewidth) ?? 1,
    fillOpacity,
    ...(gradient > 0 ? { gradientMode: 'opacity' } : {}),
    ...(panel.points === true
      ? { showPoints: 'always', pointSize: 2 + (numberIn(panel.pointradius) ?? 2) * 2 }
      : drawStyle === 'points'
        ? {}
        : { showPoints: 'never' }),
    ...(panel.steppedLine === true ? { lineInterpolation: 'stepAfter' } : {}),
    ...(panel.dashes === true ? { lineStyle: { fill: 'dash', dash: dashOf(panel) } } : {}),
    spanNulls: panel.nullPointMode === 'connected',
    ...(panel.stack === true
      ? { stacking: { group: 'A', mode: panel.percentage === true ? 'percent' : 'normal' } }
      : {}),
  };
}

function legendOf(legend: Json | undefined): Json & { readonly calcs: readonly string[] } {
  const calcs = Object.entries(legend ?? {}).flatMap(([name, isOn]) => (isOn ? (reducerOf(name) ?? []) : []));
  const width = numberIn(legend?.sideWidth);
  return {
    showLegend: legend?.show !== false,
    displayMode: legend?.alignAsTable === true ? 'table' : 'list',
    placement: legend?.rightSide === true ? 'right' : 'bottom',
    calcs: legend?.values === true ? calcs : [],
    ...(width ? { width } : {}),
  };
}

function tooltipOf(tooltip: Json | undefined): Json {
  if (tooltip?.shared === false) return { mode: 'single', sort: 'none' };
  return { mode: 'multi', sort: tooltip?.sort === 2 ? 'desc' : tooltip?.sort === 1 ? 'asc' : 'none' };
}

/** An X axis that is not the time: one bar a series, or how often values come up. */
function ofOtherAxis(panel: Json, axis: Json): Json {
  const legend = legendOf(objectOf(panel.legend));
  const { unit, decimals } = graphAxis(objectsOf(panel.yaxes)[0]);
  const fieldConfig = {
    defaults: { ...given({ unit, decimals }), color: { mode: 'palette-classic' } },
    overrides: [],
  };
  if (axis.mode === 'histogram') {
    const buckets = numberIn(axis.buckets);
    return { type: 'histogram', fieldConfig, options: { legend, ...given({ bucketCount: buckets }) } };
  }
  const calcs = (Array.isArray(axis.values) ? axis.values : ['total']).flatMap(
    (name) => reducerOf(name) ?? [],
  );
  if (objectOf(panel.legend)?.values === true) {
    const reduceOptions = { values: false, calcs };
    return { type: 'bargauge', fieldConfig, options: { orientation: 'auto', reduceOptions, legend } };
  }
  const reduce = { id: 'reduce', options: { reducers: calcs, includeTimeField: false } };
  return {
    type: 'barchart',
    fieldConfig,
    options: { legend, tooltip: tooltipOf(objectOf(panel.tooltip)) },
    transformations: [...objectsOf(panel.transformations), reduce],
  };
}

/** Says what the graph had and no panel of today has. */
function noteDropped(panel: Json, { dropped }: Migration): void {
  const name = panelName(panel);
  const drop = (what: string, isThere: unknown) => {
    if (isThere) dropped.add(what, 'dropped', name);
  };
  const { sort } = objectOf(panel.legend) ?? {};
  drop('Order of the legend', typeof sort === 'string' && sort !== '');
  drop('Alert of the graph panel, which does nothing since Grafana 11', objectOf(panel.alert));
  drop('Missing values drawn as zero', panel.nullPointMode === 'null as zero');
  drop(
    'Values of the tooltip as a running total',
    objectOf(panel.tooltip)?.value_type === 'cumulative' && panel.stack,
  );
  drop(
    'Logarithm of another base than 2 or 10',
    objectsOf(panel.yaxes).some(({ logBase }) => Number(logBase) > 10),
  );
}
