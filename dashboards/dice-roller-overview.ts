import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import * as common from '@grafana/grafana-foundation-sdk/common';
import { MappingType } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as Logs } from '@grafana/grafana-foundation-sdk/logs';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { SearchTableType } from '@grafana/grafana-foundation-sdk/tempo';
import { PercentUnit, RequestsPerSecond, Seconds } from '@grafana/grafana-foundation-sdk/units';
import {
  dashboard,
  div,
  emptyInHealth,
  gt,
  histogramQuantile,
  increase,
  matches,
  metrics,
  mul,
  noneOf,
  oneOf,
  or,
  promql,
  rate,
  row,
  section,
  sum,
  variable,
} from 'panelproof';
import { catalogue } from '../dice-roller/metrics.ts';
import { loki, prometheus, tempo } from './lib/datasources.ts';
import { dashboardLinks, exploreLink } from './lib/links.ts';
import { graph, heatmap, stackedGraph, stat } from './lib/panels.ts';
import { dieTypeVariable, windowVariable } from './lib/variables.ts';

const m = metrics(catalogue);
const window = variable('window');
const chosenDice = matches(variable('die_type'));

const roller = { job: 'dice-roller-stage4' } as const;
/** What people call. The paths that only probes and scrapes call would hide it. */
const rolling = { ...roller, handler: oneOf('/roll', '/roll-async') } as const;

const requests = sum(rate(m.http_requests_total.where(rolling).over(window))).by('handler');
const failures = sum(rate(m.http_requests_total.where({ ...rolling, status: '5xx' }).over(window))).by(
  'handler',
);
// Without failures there is no series of them: 0 of all requests stands in.
const failedShare = div(or(failures, mul(requests, 0)), requests);
const requestTimes = sum(rate(m.http_request_duration_seconds.bucket.where(rolling).over(window))).by(
  'le',
  'handler',
);

const rolls = { ...roller, die_type: chosenDice } as const;
const singleRolls = sum(rate(m.dice_rolls_total.where(rolls).over(window))).by('die_type', 'result');
const batchRolls = sum(rate(m.async_rolls_total.where(rolls).over(window))).by('die_type', 'result');
const rolledValues = sum(increase(m.dice_roll_value.bucket.where(rolls).over('$__range'))).by('le');

const batchSize = m.async_roll_batch_size;
const meanBatch = div(
  sum(rate(batchSize.sum.where(roller).over(window))),
  sum(rate(batchSize.count.where(roller).over(window))),
);
const batchTimes = sum(rate(m.async_roll_duration_seconds.bucket.where(roller).over(window))).by('le');

const lookups = m.die_service_requests_total.where({ ...roller, identifier: chosenDice });
const lookupTimes = sum(rate(m.die_service_request_duration_seconds.bucket.where(roller).over(window))).by(
  'le',
);

const logLines = '{service_name="dice-roller"} | json | die_type=~"$die_type" | line_format "{{.message}}"';
const traces = '{ resource.service.name = "dice-roller" && kind = server && span.die.type =~ "$die_type" }';

export default dashboard({
  uid: 'dice-roller-overview',
  title: 'Dice Roller - Overview',
  folder: 'Dice Roller',
  description: 'All of dice-roller: requests, rolls, batches, its dependency die-service, logs and traces.',
  tags: ['dice-roller', 'overview'],
  time: { from: 'now-15m', to: 'now' },
  refresh: '30s',
  graphTooltip: 1,
  variables: [dieTypeVariable(), windowVariable()],
  links: [
    dashboardLinks(),
    exploreLink('Explore logs', loki, { expr: '{service_name="dice-roller"} | json' }),
    exploreLink('Explore traces', tempo, {
      queryType: 'traceql',
      query: '{ resource.service.name = "dice-roller" && name = "GET /roll-async" }',
    }),
  ],
  panels: {
    up: stat('Up')
      .description('Whether Prometheus reaches each program: the worst of its instances counts.')
      .graphMode(common.BigValueGraphMode.None)
      .mappings([
        {
          type: MappingType.ValueToText,
          options: { '0': { text: 'down', color: 'red' }, '1': { text: 'up', color: 'green' } },
        },
      ])
      .withTarget(prometheus.query(promql.raw<'job'>('min by (job) (up)'), { legend: '{{job}}' })),

    requests: graph('Requests')
      .description('Requests a second, by handler.')
      .unit(RequestsPerSecond)
      .withTarget(prometheus.query(requests, { legend: '{{handler}}' })),
    failures: graph('Failed requests')
      .description(
        'Share of requests that failed with 5xx, by handler. A risky die fails once in ten rolls; one failed roll fails its batch.',
      )
      .unit(PercentUnit)
      .max(1)
      .withTarget(prometheus.query(failedShare, { legend: '{{handler}}' })),
    latency: graph('Latency')
      .description('Time to answer, by handler: half of the requests, and 95 of 100. A dot leads to a trace.')
      .unit(Seconds)
      .withTarget(prometheus.query(histogramQuantile(0.5, requestTimes), { legend: 'p50 {{handler}}' }))
      .withTarget(
        prometheus.query(histogramQuantile(0.95, requestTimes), { legend: 'p95 {{handler}}' }).exemplar(true),
      ),

    singleRolls: stackedGraph('Single rolls')
      .description('Rolls a second by /roll, by die and result.')
      .unit('suffix:rolls/s')
      .withTarget(prometheus.query(singleRolls, { legend: '{{die_type}} {{result}}' })),
    batchRolls: stackedGraph('Rolls in batches')
      .description('Rolls a second by /roll-async, by die and result.')
      .unit('suffix:rolls/s')
      .withTarget(prometheus.query(batchRolls, { legend: '{{die_type}} {{result}}' })),
    rolledValues: new BarGauge()
      .title('Rolled values')
      .description('How often each value was rolled by /roll in the time shown.')
      .unit('suffix:rolls')
      .decimals(0)
      .orientation(common.VizOrientation.Horizontal)
      .displayMode(common.BarGaugeDisplayMode.Gradient)
      .withTarget(
        prometheus.query(rolledValues, { legend: '{{le}}' }).instant().format(PromQueryFormat.Heatmap),
      ),

    meanBatch: stat('Mean batch')
      .description('Mean number of rolls of a batch.')
      .unit('suffix:rolls')
      .decimals(1)
      .withTarget(prometheus.query(meanBatch)),
    batches: stat('Batches')
      .description('Batches asked for in the window.')
      .unit('suffix:batches')
      .decimals(0)
      .withTarget(prometheus.query(sum(increase(batchSize.count.where(roller).over(window))))),
    inProgress: graph('Rolls in progress')
      .description('Rolls of batches under way at the moment of the scrape.')
      .unit('suffix:rolls')
      .withTarget(prometheus.query(sum(m.async_rolls_in_progress.where(roller)), { legend: 'rolls' })),
    batchSizes: heatmap('Batch sizes')
      .description('Batches a second by their size: each row ends at the number of rolls it is named for.')
      .withTarget(
        prometheus
          .query(sum(rate(batchSize.bucket.where(roller).over('$__rate_interval'))).by('le'), {
            legend: '{{le}}',
          })
          .format(PromQueryFormat.Heatmap),
      ),
    batchTimes: graph('Batch duration')
      .description(
        'Time until all rolls of a batch have settled, the die lookup included. A dot leads to a trace.',
      )
      .unit(Seconds)
      .withTarget(prometheus.query(histogramQuantile(0.5, batchTimes), { legend: 'p50' }))
      .withTarget(prometheus.query(histogramQuantile(0.95, batchTimes), { legend: 'p95' }))
      .withTarget(prometheus.query(histogramQuantile(0.99, batchTimes), { legend: 'p99' }).exemplar(true)),

    lookups: stackedGraph('Lookups')
      .description('Requests to die-service a second, by outcome.')
      .unit(RequestsPerSecond)
      .withTarget(prometheus.query(sum(rate(lookups.over(window))).by('status'), { legend: '{{status}}' })),
    lookupTimes: graph('Lookup latency')
      .description('Time that die-service takes to answer dice-roller, whatever the outcome.')
      .unit(Seconds)
      .withTarget(prometheus.query(histogramQuantile(0.5, lookupTimes), { legend: 'p50' }))
      .withTarget(prometheus.query(histogramQuantile(0.95, lookupTimes), { legend: 'p95' }).exemplar(true)),
    trouble: emptyInHealth(
      'die-service answers every lookup',
      graph('Lookups without an answer')
        .description(
          'Lookups a second that failed for another reason than an unknown die. Empty while all is well.',
        )
        .unit(RequestsPerSecond)
        .noValue('None')
        .withTarget(
          prometheus.query(
            gt(
              sum(rate(lookups.where({ status: noneOf('success', 'not_found') }).over(window))).by('status'),
              0,
            ),
            { legend: '{{status}}' },
          ),
        ),
    ),

    logs: new Logs()
      .title('Logs')
      .description(
        'What dice-roller says about the chosen dice. A line opens; its trace_id leads to the trace.',
      )
      .showTime(true)
      .wrapLogMessage(true)
      .sortOrder(common.LogsSortOrder.Descending)
      .withTarget(loki.query(logLines).maxLines(200)),
    traces: new Table()
      .title('Recent traces')
      .description(
        'Requests for the chosen dice. The trace id leads to the trace, and a span of it to its logs.',
      )
      .withTarget(tempo.query(traces).tableType(SearchTableType.Traces).limit(20)),
  },
  layout: [
    section('Requests', [row(8, ['up', 6], ['requests', 6], ['failures', 6], ['latency', 6])]),
    section('Rolls', [row(9, ['singleRolls', 9], ['batchRolls', 9], ['rolledValues', 6])]),
    section('Batches', [
      row(8, ['meanBatch', 4], ['batches', 4], ['inProgress', 8], ['batchTimes', 8]),
      row(8, 'batchSizes'),
    ]),
    section('die-service', [row(8, 'lookups', 'lookupTimes', 'trouble')]),
    section('Logs and traces', [row(11, 'logs', 'traces')]),
  ],
});
