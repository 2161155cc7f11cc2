import { expect, it } from 'vitest';
import { queryFindings, type TableQuery } from './query-table.ts';

it.each([
  [
    'a label of Loki in PromQL',
    'async_rolls_total{container_name="dice-roller-stage4"}',
    ['data query-label-unknown'],
  ],
  [
    'a status that is no HTTP status',
    'sum(rate(die_service_requests_total{status=~"5.."}[5m]))',
    ['data query-label-value-unknown'],
  ],
  ['a pattern that misses some values', 'rate(die_service_requests_total{status=~"error.*"}[5m])', []],
  [
    'a metric asked of the wrong service',
    'rate(die_service_requests_total{job="die-service-stage4"}[1m])',
    ['data query-metric-not-in-job'],
  ],
  ['a job without its suffix', 'rate(async_rolls_total{job="dice-roller"}[1m])', ['data query-job-unknown']],
  [
    'a job without its suffix, by itself',
    { expr: '{job="dice-roller"}', panel: 'table' },
    ['data query-job-unknown'],
  ],
  [
    'a grouping by a label that is not there',
    'avg by (die_type) (rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m]))',
    ['data query-label-unknown'],
  ],
  ['a counter times ten', 'rate(async_rolls_total[1m]) * 10', []],
  ['a total over all jobs', 'sum by (die_type) (dice_rolls_total)', []],
  ['a total of lookups', 'sum by (identifier) (die_service_requests_total)', []],
  ['a rate without a job', 'rate(dice_rolls_total{result="error"}[1m])', []],
  [
    'a quantile of each instance',
    'histogram_quantile(0.95, rate(async_roll_duration_seconds_bucket[5m]))',
    [],
  ],
  [
    'means of different things compared',
    'avg(rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m])) / avg(rate(async_roll_duration_seconds_sum[5m]) / rate(async_roll_duration_seconds_count[5m]))',
    [],
  ],
  [
    'SQL-like TraceQL',
    { expr: 'service.name="dice-roller" AND name="GET /roll-async"', datasource: 'tempo' },
    ['data query-syntax'],
  ],
  [
    'LogQL sent to Tempo',
    { expr: '{service.name="dice-roller"} | json | span_name =~ "a.*"', datasource: 'tempo' },
    ['data query-syntax'],
  ],
  [
    'an attribute outside of braces',
    { expr: 'async.batch_size > 5', datasource: 'tempo' },
    ['data query-syntax'],
  ],
] as const satisfies [string, TableQuery, string[]][])(
  'judges a row of the original: %s',
  (_, query, expected) => {
    const [found = []] = queryFindings([query]);
    expect(found.map((finding) => finding.slice(0, finding.indexOf(':')))).toEqual(expected);
  },
);

it('finds nothing in the queries of the five panels', () => {
  const queries = [
    {
      expr: 'rate(async_rolls_total{job="dice-roller-stage4"}[1m])',
      legend: '{{die_type}} - {{result}}',
      unit: 'ops',
    },
    { expr: 'async_rolls_in_progress{job="dice-roller-stage4"}', legend: '{{instance}}' },
    {
      expr: 'histogram_quantile(0.95, rate(async_roll_duration_seconds_bucket{job="dice-roller-stage4"}[5m]))',
      unit: 's',
      legend: 'p95',
    },
    { expr: 'histogram_quantile(0.50, rate(async_roll_batch_size_bucket{job="dice-roller-stage4"}[5m]))' },
    {
      expr: 'sum(rate(http_requests_total{job="dice-roller-stage4", status=~"5.."}[5m])) / sum(rate(http_requests_total{job="dice-roller-stage4"}[5m]))',
      unit: 'percentunit',
    },
  ];
  expect(queryFindings(queries)).toEqual(queries.map(() => []));
});
