import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { Seconds } from '@grafana/grafana-foundation-sdk/units';
import { dashboard, div, histogramQuantile, metrics, rate, row, sum } from 'panelproof';
import { catalogue } from '../dice-roller/metrics.ts';
import { prometheus } from './lib/datasources.ts';
import { dashboardLinks } from './lib/links.ts';

const job = 'dice-roller-stage4';
const { async_rolls_total, async_roll_batch_size, async_roll_duration_seconds, dice_rolls_total } =
  metrics(catalogue);

const asyncRolls = async_rolls_total.where({ job });
const syncRolls = dice_rolls_total.where({ job });
const batchDuration = {
  sum: async_roll_duration_seconds.sum.where({ job }),
  count: async_roll_duration_seconds.count.where({ job }),
};

export default dashboard({
  uid: 'stage4-async-rolling',
  title: 'Stage 4 - Async Rolling',
  description:
    'Asynchronous dice rolls: how many, how fast, how large the batches are and how long they take.',
  tags: ['dice-roller', 'stage4'],
  time: { from: 'now-15m', to: 'now' },
  refresh: '30s',
  links: [dashboardLinks()],
  panels: {
    total: stat('Total Async Rolls')
      .description('Rolls in asynchronous batches since the service started, failed ones included.')
      .unit('suffix:rolls')
      .decimals(0)
      .withTarget(prometheus.query(sum(asyncRolls))),

    rate: graph('Async Roll Rate')
      .description('Asynchronous rolls a second, by die and result.')
      .unit('suffix:rolls/s')
      .withTarget(prometheus.query(rate(asyncRolls.over('1m')), { legend: '{{die_type}} - {{result}}' })),

    batchSize: stat('Async Batch Size (P95)')
      .description('95 of 100 batches in the last 5 minutes were of this size or smaller.')
      .unit('suffix:rolls')
      .decimals(1)
      .withTarget(
        prometheus.query(
          histogramQuantile(0.95, rate(async_roll_batch_size.bucket.where({ job }).over('5m'))),
        ),
      ),

    comparison: graph('Async vs Sync Roll Rate')
      .description('Single rolls beside rolls in batches, a second, by die and result.')
      .unit('suffix:rolls/s')
      .withTarget(prometheus.query(rate(syncRolls.over('1m')), { legend: 'sync {{die_type}} - {{result}}' }))
      .withTarget(
        prometheus.query(rate(asyncRolls.over('1m')), { legend: 'async {{die_type}} - {{result}}' }),
      ),

    batchDuration: stat('Avg Async Batch Duration')
      .description(
        'Mean time from request to answer of a batch in the last 5 minutes, the die lookup included.',
      )
      .unit(Seconds)
      .decimals(3)
      .withTarget(
        prometheus.query(div(rate(batchDuration.sum.over('5m')), rate(batchDuration.count.over('5m')))),
      ),
  },
  layout: [row(5, 'total', 'batchSize', 'batchDuration'), row(9, 'rate', 'comparison')],
});

/** One number, its last value large over a faint line of its course. */
function stat(title: string): Stat {
  return new Stat()
    .title(title)
    .graphMode(common.BigValueGraphMode.Area)
    .colorMode(common.BigValueColorMode.Value);
}

/** Lines with their names below and all values of a moment in the tooltip. */
function graph(title: string): TimeSeries {
  return new TimeSeries()
    .title(title)
    .fillOpacity(10)
    .showPoints(common.VisibilityMode.Never)
    .min(0)
    .legend(
      new common.VizLegendOptionsBuilder()
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(common.TooltipDisplayMode.Multi)
        .sort(common.SortOrder.Descending),
    );
}
