import { type Patch, patched } from './override.ts';

type BuilderClass = new (...args: unknown[]) => { internal: Patch & { type?: unknown } };

/**
 * The exports of a part of the Foundation SDK, its builders beginning as Grafana does. Where Grafana's schema has no
 * default the SDK takes 0, `false`, `''` or the first value there is, which hides legends, cuts names and closes log
 * lines that nobody asked to. What is called on a builder still has the last word.
 */
export function withGrafanaDefaults(part: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(part).map(([name, exported]) => [
      name,
      name === 'PanelBuilder' || Object.hasOwn(BEGINNINGS, name)
        ? beginning(exported as BuilderClass, name)
        : exported,
    ]),
  );
}

/** The same class, whose objects begin with what the tables below lay over the SDK's defaults. */
function beginning(Builder: BuilderClass, name: string): BuilderClass {
  return new Proxy(Builder, {
    construct(target, args, newTarget) {
      const made = Reflect.construct(target, args, newTarget) as InstanceType<BuilderClass>;
      const table = name === 'PanelBuilder' ? PANELS : BEGINNINGS;
      const key = name === 'PanelBuilder' ? String(made.internal.type) : name;
      const patch = Object.hasOwn(table, key) ? table[key] : undefined;
      if (patch) made.internal = patched(made.internal, patch) as Patch;
      return made;
    },
  });
}

/** Whoever places a legend wants one; a pie or a graph of many series without it cannot be read. */
const LEGEND: Patch = { showLegend: true };
/** In the order of the series, which is that of the legend. */
const TOOLTIP: Patch = { sort: 'none' };
/** Without any Grafana takes the last value, which may be null or NaN. */
const REDUCE: Patch = { calcs: ['lastNotNull'] };

const BEGINNINGS: Readonly<Record<string, Patch>> = {
  VizLegendOptionsBuilder: LEGEND,
  PieChartLegendOptionsBuilder: LEGEND,
  VizTooltipOptionsBuilder: TOOLTIP,
  ReduceDataOptionsBuilder: REDUCE,
  // The SDK puts both into a menu where nobody sees them; and the colour `''` is grey where Grafana's own is blue.
  AnnotationQueryBuilder: { placement: undefined, iconColor: undefined },
  DashboardLinkBuilder: { placement: undefined },
  // The footer of a table shows sums; with no calculation it is an empty line.
  TableFooterOptionsBuilder: { reducer: ['sum'] },
};

const CHART: Patch = { options: { legend: LEGEND, tooltip: TOOLTIP } };
/** All rows on one page: pages are for those who give their size. */
const ROWS: Patch = { options: { legend: LEGEND, tooltip: TOOLTIP, perPage: undefined } };
const VALUE: Patch = { options: { reduceOptions: REDUCE } };

/** By the type of the panel. Of a bar gauge Grafana shows no legend either. */
const PANELS: Readonly<Record<string, Patch>> = {
  // Names of at most 0 letters: Grafana shows each as "...".
  barchart: { options: { legend: LEGEND, tooltip: TOOLTIP, xTickLabelMaxLength: undefined } },
  bargauge: VALUE,
  candlestick: CHART,
  canvas: { options: { panZoom: undefined, infinitePan: undefined } },
  gauge: VALUE,
  // Values of a place appear where the mouse is.
  geomap: { options: { tooltip: { mode: 'details' } } },
  histogram: CHART,
  // A click on a line opens it, with its labels and the link to its trace.
  logs: { options: { enableLogDetails: true } },
  piechart: { options: { legend: LEGEND, tooltip: TOOLTIP, reduceOptions: REDUCE } },
  stat: VALUE,
  'state-timeline': ROWS,
  'status-history': ROWS,
  table: { options: { footer: undefined } },
  timeseries: CHART,
  trend: CHART,
  xychart: CHART,
};
