import { describe, expect, it } from 'vitest';
import { queryFindings, SCRAPES, type TableQuery, type TableTree } from './query-table.ts';

/** Expressions with all that the rules say of them; no finding for what is right or cannot be known. */
type Table = readonly (readonly [query: TableQuery, ...findings: readonly string[]])[];

function check(table: Table, tree?: TableTree): void {
  const found = queryFindings(
    table.map(([query]) => query),
    tree,
  );
  expect(found.map((findings, index) => [table[index]?.[0], ...findings])).toEqual(table);
}

const J = 'job="dice-roller-stage4"';

describe('query-syntax', () => {
  const malformed = (complaint: string, expr: string) =>
    `data query-syntax: Malformed PromQL: ${complaint} of \`${expr}\``;

  it('names the place that the grammar refuses, unless a variable can be anything there', () => {
    check([
      ['sum(rate(x_total[5m])', malformed('did not expect its end at character 22', 'sum(rate(x_total[5m])')],
      ['topk($limit, sum by (job) (up))'],
      // A variable makes no LogQL of it.
      ['topk($n, rate(up[5m])', malformed('did not expect its end at character 22', 'topk($n, rate(up[5m])')],
      ['up > $threshold'],
      ['$function(rate(x_total[$__rate_interval]))'],
      ['up $operator 1'],
      ['up{$filters}'],
      ['up{job="a", ${filters}}'],
      ['sum_over_time(up[$__range] @ $__to)'],
      ['max_over_time(up[${minutes}m:$step] offset $ago)'],
    ]);
  });

  it('checks the types of arguments', () => {
    check([
      [
        'rate(async_rolls_total)',
        malformed(
          'rate() takes a range vector, found an instant vector; write a window behind the metric, as in [$__rate_interval], at character 6',
          'rate(async_rolls_total)',
        ),
      ],
      [
        'rate(sum(async_rolls_total))',
        malformed(
          'rate() takes a range vector, found an instant vector; aggregate what it gives, not what it takes, at character 6',
          'rate(sum(async_rolls_total))',
        ),
      ],
      [
        'histogram_quantile("a", x_bucket)',
        malformed(
          'histogram_quantile() takes a scalar, found a string, at character 20',
          'histogram_quantile("a", x_bucket)',
        ),
      ],
      ['clamp_max(up)', malformed('clamp_max() takes 2 arguments, found 1, at character 1', 'clamp_max(up)')],
      [
        'label_join(up)',
        malformed('label_join() takes at least 3 arguments, found 1, at character 1', 'label_join(up)'),
      ],
      ['1 > 2', malformed('a comparison of two scalars needs bool, as in > bool, at character 1', '1 > 2')],
      ['up and 1', malformed('and takes instant vectors, found a scalar, at character 8', 'up and 1')],
      [
        '{job=~".*"}',
        malformed(
          'a selector needs a name or a matcher that refuses the empty value, at character 1',
          '{job=~".*"}',
        ),
      ],
      [
        'up[5m]',
        malformed(
          'a panel over time needs an instant vector or a scalar, found a range vector, at character 1',
          'up[5m]',
        ),
      ],
      [{ expr: 'up[5m]', instant: true }],
      ['1 > bool 2'],
      ['histogram_quantile($q, sum by (le) (rate(x_bucket[5m])))'],
      ['round(up, 0.1) + clamp(up, 0, 1) + hour() + scalar(up)'],
      ['mad_over_time(up[5m])'],
      ['label_join(up, "a", "-", "job", "instance")'],
      ['sort_by_label(up, "job")'],
      ['up{job=~"$job"}'],
    ]);
  });
});

it('finds metrics that a completely listed job does not export', () => {
  check([
    [
      `rate(async_rols_total{${J}}[5m])`,
      'data query-metric-unknown: Unknown metric async_rols_total: the catalogue of job "dice-roller-stage4" does not list it, nearest is "async_rolls_total"',
    ],
    [
      `{__name__="async_rols_total", ${J}}`,
      'data query-metric-unknown: Unknown metric async_rols_total: the catalogue of job "dice-roller-stage4" does not list it, nearest is "async_rolls_total"',
    ],
    ['rate(async_rols_total[5m])'],
    ['rate(async_rols_total{job="prometheus"}[5m])'],
    [`up{${J}}`],
    [`scrape_duration_seconds{${J}}`],
    [`process_cpu_seconds_total{${J}} > 0`],
    [`job:async_rols:rate5m{${J}}`],
    [`{__name__=~"async_rols_.*", ${J}}`],
    ['async_rols_total{job=~"$job"}'],
    [`rate(\${metric}_total{${J}}[5m])`],
    [`histogram_quantile(0.9, rate(async_roll_duration_seconds{${J}}[5m]))`],
    [`ALERTS{${J}}`],
    ['async_rols_total{job=~"dice-roller.*|prometheus"}'],
  ]);
});

it('finds metrics that are asked of the wrong job', () => {
  const message =
    'data query-metric-not-in-job: Wrong job for async_rolls_in_progress: job="die-service-stage4" does not export it, "dice-roller-stage4" does';
  check([
    ['async_rolls_in_progress{job="die-service-stage4"}', message],
    [
      'async_rolls_in_progress{job=~"die-service.*"}',
      message.replace('="die-service-stage4"', '=~"die-service.*"'),
    ],
    ['async_rolls_in_progress{job=~"di.*"}'],
    ['async_rolls_in_progress{job!="dice-roller-stage4"}'],
    ['async_rolls_in_progress{job="prometheus"}'],
    ['async_rolls_in_progress{job="$job"}'],
  ]);
});

it('finds jobs that the server does not scrape', () => {
  check([
    [
      'up{job="dice-roler-stage4"}',
      'data query-job-unknown: Unknown job "dice-roler-stage4": no scrape job has that name, nearest is "dice-roller-stage4"',
    ],
    [
      'up{job=~"frontend.*"}',
      'data query-job-unknown: Unknown job "frontend.*": no scrape job matches it, there is "dice-roller-stage4", "die-service-stage4", "prometheus"',
    ],
    ['up{job=~"dice-roller.*"}'],
    ['up{job!="frontend"}'],
    ['up{job=~".*"}'],
    ['up{job=""}'],
    ['up{job=~"$job"}'],
    [{ expr: 'up{job="frontend"}', datasource: 'mimir' }],
    [{ expr: 'up{job="frontend"}', datasource: '${datasource}' }],
  ]);
});

it('knows no job of a server whose jobs can come from elsewhere', () => {
  const table: Table = [['up{job="frontend"}']];
  check(table, { flags: ['--web.enable-remote-write-receiver'] });
  check(table, { prometheus: `${SCRAPES}rule_files: ['rules.yml']\n` });
  check(table, {
    prometheus: `${SCRAPES}  - job_name: pods\n    kubernetes_sd_configs:\n      - role: pod\n    relabel_configs:\n      - source_labels: [__meta_kubernetes_service_label_app]\n        target_label: job\n`,
  });
  check(table, { prometheus: 'scrape_configs: [' });
});

it('judges by the server that the datasource names, where the tree starts several', () => {
  const image = 'prom/prometheus:v3.4.0';
  const other = SCRAPES.replaceAll('dice-roller-stage4', 'shop');
  const files = {
    'other.yml': other,
    'compose.yaml': JSON.stringify({
      services: {
        grafana: { image: 'grafana/grafana:12.2.0', volumes: ['./provisioning:/etc/grafana/provisioning'] },
        prometheus: { image, volumes: ['./prometheus.yml:/etc/prometheus/prometheus.yml'] },
        other: { image, volumes: ['./other.yml:/etc/prometheus/prometheus.yml'] },
      },
    }),
  };
  const table: Table = [
    [
      'up{job="shop"}',
      'data query-job-unknown: Unknown job "shop": no scrape job has that name, there is "dice-roller-stage4", "die-service-stage4", "prometheus"',
    ],
    ['up{job="dice-roller-stage4"}'],
    [{ expr: 'up{job="shop"}', datasource: 'mimir' }],
  ];
  check(table, { files });
});

it('still knows the job of a catalogued metric where others write too', () => {
  check(
    [
      [
        'async_rolls_in_progress{job="dice-roller"}',
        'data query-job-unknown: Unknown job "dice-roller": no scrape job has that name, there is "dice-roller-stage4", "die-service-stage4", "prometheus"',
      ],
      [`traces_spanmetrics_calls_total{${J}} > 0`],
      ['traces_spanmetrics_calls_total{job="dice-roller"} > 0'],
    ],
    { flags: ['--web.enable-remote-write-receiver'] },
  );
});

it('finds labels that the metric does not have', () => {
  check([
    [
      'sum(rate(async_rolls_total{die_typ="fair"}[5m]))',
      'data query-label-unknown: Unknown label die_typ of async_rolls_total, nearest is "die_type"',
    ],
    [
      'sum(rate(async_rolls_total{container_name="dice-roller-stage4"}[5m]))',
      `data query-label-unknown: Unknown label container_name of async_rolls_total, there is "die_type", "result", "service_name", "job", "instance"; container_name is a label of Loki's streams, set by the log pipeline`,
    ],
    [
      'sum by (die_typ) (rate(async_rolls_total[5m]))',
      'data query-label-unknown: Unknown label die_typ of async_rolls_total, nearest is "die_type"',
    ],
    [
      'async_rolls_in_progress{le="1"}',
      'data query-label-unknown: Unknown label le of async_rolls_in_progress, there is "service_name", "job", "instance"',
    ],
    [`sum(rate(async_rolls_total{${J}, service_name="dice-roller", instance=~"dice.*"}[5m]))`],
    ['sum by (le, service_name, job, instance) (rate(async_roll_duration_seconds_bucket[5m]))'],
    ['sum(rate(async_rolls_total{cluster=~".*"}[5m]))'],
    ['sum(rate(async_rolls_total{cluster=""}[5m]))'],
    ['sum(rate(async_rolls_total{cluster=~"$cluster"}[5m]))'],
    ['sum(rate(async_rolls_total{exported_job="a"}[5m]))'],
    ['sum by (kind) (label_replace(rate(async_rolls_total[5m]), "kind", "$1", "die_type", "(.*)"))'],
    ['sum by (version) (rate(async_rolls_total[5m]) * on (instance) group_left (version) build_info)'],
    ['sum by ($group) (rate(async_rolls_total[5m]))'],
    ['sum without (die_typ) (rate(async_rolls_total[5m]))'],
    ['sum by (code) (rate(prometheus_http_requests_total[5m]))'],
  ]);
});

it('knows no labels of jobs that discovery or another program may label', () => {
  const table: Table = [
    ['sum by (pod) (rate(async_rolls_total{pod="a"}[5m]))'],
    ['sum by (code) (rate(http_requests_total{code="200"}[5m]))'],
  ];
  check(table, {
    prometheus: `scrape_configs:\n  - job_name: dice-roller-stage4\n    docker_sd_configs:\n      - host: unix:///var/run/docker.sock\n  - job_name: shop\n    static_configs:\n      - targets: ['shop:80']\n`,
  });
});

it('finds values that a label never has', () => {
  check([
    [
      'sum(rate(async_rolls_total{result="sucess"}[5m]))',
      'data query-label-value-unknown: Unknown value "sucess" of label result, nearest is "success"',
    ],
    [
      'sum(rate(http_requests_total{status=~"50."}[5m]))',
      'data query-label-value-unknown: Unmatched pattern status=~"50.": none of the label\'s values passes it, there is "2xx", "3xx", "4xx", "5xx"',
    ],
    [
      'sum(rate(async_rolls_total{result!~"success|error"}[5m]))',
      'data query-label-value-unknown: Unmatched pattern result!~"success|error": none of the label\'s values passes it, there is "success", "error"',
    ],
    [
      'sum(rate(async_roll_duration_seconds_bucket{le="0.3"}[5m]))',
      'data query-label-value-unknown: Unknown value "0.3" of label le, there is "0.1", "0.25", "0.5", "0.75", "1.0", "1.5", "2.0", "3.0", …',
    ],
    ['sum(rate(http_requests_total{status=~"5.."}[5m]))'],
    ['sum(rate(http_requests_total{handler!="/nowhere"}[5m]))'],
    ['sum(rate(async_rolls_total{result="$result"}[5m]))'],
    ['sum(rate(async_rolls_total{result=~"${result:regex}"}[5m]))'],
    ['sum(rate(async_rolls_total{result=~"(?i)SUCCESS"}[5m]))'],
    ['sum(rate(async_roll_duration_seconds_bucket{le="0.25"}[5m]))'],
    ['sum(rate(async_rolls_total{instance="anything:1"}[5m]))'],
  ]);
});

it('finds matchers that no series fulfils', () => {
  check([
    [
      'up{job="prometheus", job="die-service-stage4"}',
      'data query-selector-never-matches: Contradictory matchers job="prometheus" and job="die-service-stage4": no series fulfils both',
    ],
    [
      'x{a="b", a!="b"}',
      'data query-selector-never-matches: Contradictory matchers a="b" and a!="b": no series fulfils both',
    ],
    [
      'x{a="b", a=~"c.*"}',
      'data query-selector-never-matches: Contradictory matchers a="b" and a=~"c.*": no series fulfils both',
    ],
    [
      'x{a=~""}',
      'data query-selector-never-matches: Empty pattern in a=~"": it takes only series without the label, of which there are none',
    ],
    ['x{a!~".*"}', 'data query-selector-never-matches: Impossible matcher a!~".*": no series fulfils it'],
    ['x{a="b", a=~"b.*"}'],
    ['x{a=~"b.*", a!~"bc.*"}'],
    ['x{a!=""}'],
    ['x{a!~""}'],
    ['x{a=""}'],
    ['x{a="$a", a!="b"}'],
    ['x{a=~"$a", a="b"}'],
    ['x{a=~"(?-s)b.*", a="b"}'],
  ]);
});

it('finds rates of gauges', () => {
  check([
    [
      'rate(async_rolls_in_progress[5m])',
      'data query-rate-over-gauge: Wrong function rate() for the gauge async_rolls_in_progress: it takes each fall for a restart; the change of a gauge is deriv()',
    ],
    [
      'sum(increase(async_rolls_in_progress[5m]))',
      'data query-rate-over-gauge: Wrong function increase() for the gauge async_rolls_in_progress: it takes each fall for a restart; the change of a gauge is delta()',
    ],
    ['deriv(async_rolls_in_progress[5m])'],
    ['delta(async_rolls_in_progress[5m])'],
    ['rate(async_roll_batch_size_sum[5m])'],
    ['rate(node_memory_free_bytes[5m])'],
    ['rate($metric[5m])'],
  ]);
});

it('finds rates of sums', () => {
  check([
    [
      'rate(sum by (die_type) (async_rolls_total)[5m:])',
      'data query-rate-of-sum: Wrong order of rate() and sum(): take rate() of each counter, then sum() of what it gives; the restart of one counter looks like an increase of all',
    ],
    [
      'increase(sum(other_total)[1h:1m])',
      'data query-rate-of-sum: Wrong order of increase() and sum(): take increase() of each counter, then sum() of what it gives; the restart of one counter looks like an increase of all',
    ],
    ['sum(rate(async_rolls_total[5m]))'],
    ['max_over_time(sum(rate(async_rolls_total[5m]))[1h:1m])'],
    ['rate(max by (pod) (restarts_total)[5m:])'],
    ['rate(sum(things)[5m:])'],
    ['deriv(sum(async_rolls_in_progress)[5m:])'],
  ]);
});

it('finds quantiles of what has no buckets', () => {
  check([
    [
      'histogram_quantile(0.95, sum by (job) (rate(async_roll_duration_seconds_bucket[5m])))',
      'data query-quantile-without-le: Missing label le: sum() takes it away before histogram_quantile(); write sum by (le, job)',
    ],
    [
      'histogram_quantile(0.95, sum(rate(unlisted_bucket[5m])))',
      'data query-quantile-without-le: Missing label le: sum() takes it away before histogram_quantile(); write sum by (le)',
    ],
    [
      'histogram_quantile(0.95, sum without (le) (rate(unlisted_bucket[5m])))',
      'data query-quantile-without-le: Missing label le: sum() takes it away before histogram_quantile(); take le out of its without()',
    ],
    [
      'histogram_quantile(0.95, rate(async_roll_duration_seconds_sum[5m]))',
      'data query-quantile-without-le: Missing label le: async_roll_duration_seconds_sum has no buckets; histogram_quantile() takes the _bucket series of a histogram',
    ],
    ['histogram_quantile(0.95, rate(async_roll_duration_seconds_bucket[5m]))'],
    ['histogram_quantile(0.95, sum without (instance) (rate(unlisted_bucket[5m])))'],
    ['histogram_quantile(0.95, sum by (job) (rate(native_seconds[5m])))'],
    ['histogram_quantile(0.95, sum(job:unlisted_bucket:rate5m))'],
    ['histogram_quantile(0.95, sum by ($group) (rate(unlisted_bucket[5m])))'],
    ['histogram_quantile(0.95, sum(rate($metric[5m])))'],
    [
      'histogram_quantile(0.9, label_replace(sum by (bound) (rate(unlisted_bucket[5m])), "le", "$1", "bound", "(.+)"))',
    ],
  ]);
});

it('finds divisions in which no series finds its partner', () => {
  check([
    [
      'sum by (die_type) (rate(async_rolls_total[5m])) / sum(rate(async_rolls_total[5m]))',
      'data query-division-label-mismatch: Unmatched division: the left side has the label die_type, the right side has not, so no series finds its partner',
    ],
    [
      'rate(async_rolls_total{result="error"}[5m]) / rate(async_rolls_total{result="success"}[5m])',
      'data query-division-label-mismatch: Unmatched division: result is "error" on the left side and "success" on the right side, so no series finds its partner',
    ],
    [
      'sum(rate(x_total[5m])) / sum by (code) (rate(x_total{code="200"}[5m]))',
      'data query-division-label-mismatch: Unmatched division: the right side has the label code, the left side has not, so no series finds its partner',
    ],
    [
      'sum by (die_type) (rate(async_rolls_total{result="error"}[5m])) / sum by (die_type) (rate(async_rolls_total[5m]))',
    ],
    [
      'rate(async_rolls_total{result="error"}[5m]) / ignoring (result) rate(async_rolls_total{result="success"}[5m])',
    ],
    [
      'sum by (die_type) (rate(async_rolls_total[5m])) / ignoring (die_type) group_left sum(rate(async_rolls_total[5m]))',
    ],
    [
      'sum by (die_type) (rate(async_rolls_total[5m])) / on () group_left () sum(rate(async_rolls_total[5m]))',
    ],
    ['sum by (die_type) (rate(async_rolls_total[5m])) / scalar(sum(rate(async_rolls_total[5m])))'],
    ['sum by (cluster) (a_total) / sum(b_total)'],
    ['rate(async_roll_batch_size_sum[5m]) / rate(async_roll_batch_size_count[5m])'],
    ['sum by (die_type) (rate(async_rolls_total[5m])) / $total'],
    ['rate(async_rolls_total{result="error"}[5m]) / rate(async_rolls_total{result="$result"}[5m])'],
    ['async_rolls_in_progress / time()'],
  ]);
});

it('finds bounds of buckets that Prometheus 3 writes with a decimal place', () => {
  const message = `data query-le-not-normalised: Expected le="1" to be le="1.0": Prometheus 3 stores whole bounds with a decimal place`;
  const table: Table = [['sum(rate(async_roll_duration_seconds_bucket{le="1"}[5m]))', message]];
  check([
    ...table,
    ['sum(rate(unlisted_bucket{le="1"}[5m]))', message],
    ['sum(rate(async_roll_duration_seconds_bucket{le="1.0"}[5m]))'],
    ['sum(rate(async_roll_duration_seconds_bucket{le=~"1|1.0"}[5m]))'],
    ['sum(rate(async_roll_duration_seconds_bucket{le=~"1(\\\\.0)?"}[5m]))'],
    ['sum(rate(async_roll_duration_seconds_bucket{le="+Inf"}[5m]))'],
    ['sum(rate(async_roll_duration_seconds_bucket{le="0.25"}[5m]))'],
    ['sum(rate(async_roll_duration_seconds_bucket{le="$le"}[5m]))'],
  ]);
  for (const image of ['prom/prometheus:v2.55.1', 'prom/prometheus:latest'])
    check([['sum(rate(async_roll_duration_seconds_bucket{le="1"}[5m]))']], { image });
});

it('finds windows that are too short for the scrape interval', () => {
  check([
    [
      'sum(rate(async_rolls_total[20s]))',
      'data query-window-too-short: Too short window 20s of rate(): job "dice-roller-stage4" is scraped every 15s, and two samples need twice that; write $__rate_interval or at least 1m',
    ],
    [
      'sum(rate(async_rolls_total[30s]))',
      'style query-window-too-short: Short window 30s of rate(): job "dice-roller-stage4" is scraped every 15s, and one failed scrape leaves a hole; write $__rate_interval or at least 1m',
    ],
    [
      'sum(rate(unlisted_total[20s]))',
      'data query-window-too-short: Too short window 20s of rate(): job "dice-roller-stage4" is scraped every 15s, and two samples need twice that; write $__rate_interval or at least 1m',
    ],
    ['sum(rate(async_rolls_total[1m]))'],
    ['sum(irate(async_rolls_total[30s]))'],
    ['sum(rate(async_rolls_total[$__rate_interval]))'],
    ['sum(rate(async_rolls_total[$__interval]))'],
    ['sum(rate(async_rolls_total[${seconds}s]))'],
    ['max_over_time(async_rolls_in_progress[10s])'],
    ['rate(job:rolls:sum[20s])'],
    [{ expr: 'sum(rate(async_rolls_total[20s]))', datasource: 'mimir' }],
  ]);
  const slow = SCRAPES.replace('job_name: prometheus', 'job_name: prometheus\n    scrape_interval: 1s');
  check([['sum(rate(unlisted_total[10s]))'], ['sum(rate(unlisted_total{job=~"$job"}[10s]))']], {
    prometheus: slow,
  });
});

it('finds raw counters over time', () => {
  const message = (name: string) =>
    `style query-counter-without-rate: Raw counter ${name} over time only rises: write rate(${name}[$__rate_interval]) or increase()`;
  check([
    ['async_rolls_total', message('async_rolls_total')],
    ['topk(3, async_roll_batch_size_count)', message('async_roll_batch_size_count')],
    ['sum by (die_type) (async_rolls_total)'],
    [{ expr: 'async_rolls_total', panel: 'stat' }],
    [{ expr: 'async_rolls_total', panel: 'table' }],
    [{ expr: 'async_rolls_total', panel: 'bargauge' }],
    [{ expr: 'async_rolls_total', panel: 'gauge' }],
    ['async_rolls_total > 0'],
    ['async_rolls_total - async_rolls_total offset 5m'],
    ['count(async_rolls_total)'],
    ['async_rolls_in_progress'],
    ['unlisted_total'],
  ]);
});

it('finds quantiles of raw buckets', () => {
  check([
    [
      'histogram_quantile(0.9, sum by (le) (unlisted_bucket))',
      "style query-quantile-without-rate: Quantile since the start: unlisted_bucket counts from the program's start; write rate(unlisted_bucket[$__rate_interval]) inside",
    ],
    ['histogram_quantile(0.9, sum by (le) (increase(unlisted_bucket[1h])))'],
    ['histogram_quantile(0.9, job:unlisted:rate5m_bucket)'],
    ['histogram_quantile(0.9, $buckets)'],
  ]);
});

it('finds patterns without a pattern', () => {
  check([
    ['x{a=~"b"}', 'style query-regex-needless: Expected a=~"b" to be a="b": it has no pattern in it'],
    ['x{a!~"b c"}', 'style query-regex-needless: Expected a!~"b c" to be a!="b c": it has no pattern in it'],
    ['x{a=~"b|c"}'],
    ['x{a=~"b.*"}'],
    ['x{a=~"$b"}'],
    ['x{a=~"prefix-${b}"}'],
    ['x{a=~"10\\\\.0"}'],
  ]);
});

it('finds labels in legends that the result does not have', () => {
  check([
    [
      { expr: 'sum by (result) (rate(async_rolls_total[5m]))', legend: '{{die_type}} {{result}}' },
      'style query-legend-label-missing: Missing label die_type in the legend "{{die_type}} {{result}}", there is "result"',
    ],
    [
      { expr: 'sum(rate(unlisted_total[5m]))', legend: '{{ instance }}' },
      'style query-legend-label-missing: Missing label instance in the legend "{{ instance }}", the result has no labels',
    ],
    [
      { expr: 'rate(async_rolls_total[5m])', legend: '{{die_typ}}' },
      'style query-legend-label-missing: Missing label die_typ in the legend "{{die_typ}}", nearest is "die_type"',
    ],
    [{ expr: 'rate(async_rolls_total[5m])', legend: '{{die_type}} {{service_name}} {{instance}}' }],
    [{ expr: 'rate(unlisted_total[5m])', legend: '{{pod}}' }],
    [{ expr: 'sum by ($group) (rate(x_total[5m]))', legend: '{{pod}}' }],
    [{ expr: 'count_values("version", build)', legend: '{{version}}' }],
    [{ expr: 'sum by (a) (x) * on (a) group_left (b) y', legend: '{{a}} {{b}}' }],
    [{ expr: 'label_replace(sum by (a) (x), "c", "$1", "a", "(.*)")', legend: '{{c}}' }],
    [{ expr: 'topk(3, sum by (a) (x))', legend: '{{a}}' }],
    [{ expr: 'sum(x)', legend: '__auto' }],
  ]);
});

it('finds units that contradict the query', () => {
  const p95 = 'histogram_quantile(0.95, sum by (le) (rate(async_roll_duration_seconds_bucket[5m])))';
  check([
    [
      { expr: p95, unit: 'ms' },
      'style query-unit-mismatch: Contradictory unit "ms": query A gives seconds, for which Grafana has "s"',
    ],
    [
      { expr: 'sum(rate(async_rolls_total[5m]))', unit: 's' },
      'style query-unit-mismatch: Contradictory unit "s": query A gives events per second, for which Grafana has "reqps", "ops" and "cps"',
    ],
    [
      { expr: 'rate(node_network_receive_bytes_total[5m])', unit: 'bytes' },
      'style query-unit-mismatch: Contradictory unit "bytes": query A gives bytes per second, for which Grafana has "Bps" and "binBps"',
    ],
    [
      { expr: 'sum(rate(unlisted_seconds_sum[5m])) / sum(rate(unlisted_seconds_count[5m]))', unit: 'bytes' },
      'style query-unit-mismatch: Contradictory unit "bytes": query A gives seconds, for which Grafana has "s"',
    ],
    [
      { expr: 'node_memory_MemFree_bytes', unit: 'percent' },
      'style query-unit-mismatch: Contradictory unit "percent": query A gives bytes, for which Grafana has "bytes" and "decbytes"',
    ],
    [{ expr: p95, unit: 's' }],
    [{ expr: p95, unit: 'short' }],
    [{ expr: `${p95} * 1000`, unit: 'ms' }],
    [{ expr: 'rate(node_network_receive_bytes_total[5m]) * 8', unit: 'bps' }],
    [{ expr: 'rate(node_cpu_seconds_total[5m])', unit: 'percentunit' }],
    [{ expr: 'time() - process_start_time_seconds', unit: 'dtdurations' }],
    [{ expr: 'process_start_time_seconds * 1000', unit: 'dateTimeAsIso' }],
    [{ expr: 'a_bytes / b_bytes', unit: 'percentunit' }],
    [{ expr: 'sum(rate(unlisted_total[5m]))', unit: 'percent' }],
    [{ expr: p95, unit: 'ms', panel: 'table' }],
  ]);
});
