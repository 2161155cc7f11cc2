import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as Heatmap } from '@grafana/grafana-foundation-sdk/heatmap';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';

/** Lines from zero up, their names with mean and last value below, all values of a moment in the tooltip. */
export function graph(title: string): TimeSeries {
  return new TimeSeries()
    .title(title)
    .min(0)
    .lineWidth(2)
    .fillOpacity(10)
    .showPoints(common.VisibilityMode.Never)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.Table)
        .placement(common.LegendPlacement.Bottom)
        .calcs(['mean', 'lastNotNull']),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    );
}

/** A graph whose lines stand on one another, so that its top is their sum. */
export function stackedGraph(title: string): TimeSeries {
  return graph(title)
    .fillOpacity(40)
    .stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal));
}

/** One number, its last value large over a faint line of its course. */
export function stat(title: string): Stat {
  return new Stat()
    .title(title)
    .graphMode(common.BigValueGraphMode.Area)
    .colorMode(common.BigValueColorMode.Value);
}

/** Buckets of a histogram over time: the brighter, the more. Its query has the format `heatmap`. */
export function heatmap(title: string): Heatmap {
  return new Heatmap().title(title).calculate(false).showLegend();
}
