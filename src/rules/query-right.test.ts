import { expect, it } from 'vitest';
import { queryFindings, type TableQuery } from './query-table.ts';

const loki = (expr: string): TableQuery => ({ expr, datasource: 'loki' });
const tempo = (expr: string): TableQuery => ({ expr, datasource: 'tempo' });

/** Right expressions in the manner of widely used dashboards, in a tree that knows nothing of their metrics. */
const NODE_EXPORTER: readonly TableQuery[] = [
  {
    expr: '100 - (avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval])) * 100)',
    unit: 'percent',
  },
  {
    expr: 'sum by (mode) (irate(node_cpu_seconds_total{instance="$node",job="$job"}[5m]))',
    legend: '{{mode}}',
    unit: 'percentunit',
  },
  {
    expr: '1 - node_memory_MemAvailable_bytes{instance=~"$node"} / node_memory_MemTotal_bytes{instance=~"$node"}',
    unit: 'percentunit',
  },
  {
    expr: 'node_memory_MemTotal_bytes - node_memory_MemFree_bytes - (node_memory_Cached_bytes + node_memory_Buffers_bytes)',
    unit: 'bytes',
  },
  {
    expr: '(node_filesystem_size_bytes{fstype!~"tmpfs|overlay"} - node_filesystem_avail_bytes) * 100 / node_filesystem_size_bytes',
    unit: 'percent',
  },
  {
    expr: 'rate(node_network_receive_bytes_total{device!~"lo|veth.*"}[5m]) * 8',
    legend: '{{device}} in',
    unit: 'bps',
  },
  { expr: '-rate(node_network_transmit_bytes_total{device=~"$device"}[$__rate_interval])', unit: 'Bps' },
  { expr: 'rate(node_disk_io_time_seconds_total{device=~"nvme.+|sd.+"}[2m])', unit: 'percentunit' },
  { expr: 'time() - node_boot_time_seconds{instance="$node"}', unit: 's' },
  {
    expr: 'node_load1 / on (instance) group_left count by (instance) (count by (instance, cpu) (node_cpu_seconds_total))',
  },
  { expr: 'predict_linear(node_filesystem_free_bytes{mountpoint="/"}[6h], 24 * 3600) < 0' },
  { expr: 'node_timex_offset_seconds', unit: 's' },
  {
    expr: 'max_over_time(node_hwmon_temp_celsius[1h]) * on (chip) group_left (chip_name) node_hwmon_chip_names',
    legend: '{{chip_name}}',
  },
  { expr: 'topk(5, sum without (cpu) (rate(node_softnet_processed_total[$__rate_interval])))' },
  { expr: 'changes(node_boot_time_seconds[1d])', panel: 'stat' },
  { expr: 'label_replace(node_uname_info, "host", "$1", "nodename", "([^.]+).*")', panel: 'table' },
  {
    expr: 'instance:node_cpu_utilisation:rate5m{job="node-exporter", cluster="$cluster"} != 0',
    datasource: 'mimir',
  },
];

const CADVISOR: readonly TableQuery[] = [
  {
    expr: 'sum(rate(container_cpu_usage_seconds_total{name=~".+"}[5m])) by (name) * 100',
    legend: '{{name}}',
    unit: 'percent',
  },
  {
    expr: 'sum by (pod) (container_memory_working_set_bytes{container!="", image!="", namespace="$namespace"})',
    unit: 'bytes',
  },
  {
    expr: 'sum(rate(container_cpu_cfs_throttled_periods_total[5m])) by (pod) / sum(rate(container_cpu_cfs_periods_total[5m])) by (pod)',
  },
  { expr: 'sum(rate(container_network_receive_bytes_total{id="/"}[$interval]))', unit: 'Bps' },
  { expr: 'count(rate(container_last_seen{name=~".+"}[5m]))' },
  { expr: 'sum(rate(container_fs_reads_total{device=~"(/dev/)?(sd.+|nvme.+)"}[$__rate_interval])) by (pod)' },
  { expr: 'max by (container) (container_spec_memory_limit_bytes) > 0', unit: 'bytes' },
  {
    expr: 'sum by (name) (container_memory_rss{name=~"$container"}) / scalar(machine_memory_bytes)',
    unit: 'percentunit',
  },
  { expr: '(time() - container_start_time_seconds{name!=""}) / 86400', unit: 'd' },
  { expr: 'absent(container_last_seen{name="nginx"})', panel: 'stat' },
];

const KUBE_STATE: readonly TableQuery[] = [
  { expr: 'sum(kube_pod_container_status_restarts_total{namespace=~"$namespace"}) by (pod)', panel: 'table' },
  {
    expr: 'sum by (namespace) (kube_pod_status_phase{phase=~"Pending|Unknown|Failed"}) > 0',
    legend: '{{namespace}}',
  },
  {
    expr: 'kube_deployment_status_replicas_available{deployment="$deployment"} / kube_deployment_spec_replicas{deployment="$deployment"}',
  },
  {
    expr: 'sum(kube_pod_container_resource_requests{resource="cpu", unit="core"}) / sum(kube_node_status_allocatable{resource="cpu"})',
  },
  {
    expr: 'sum by (cluster, namespace) (kube_pod_info{node=~"$node"} * on (pod, namespace) group_left (owner_name) kube_pod_owner)',
  },
  { expr: 'count by (node) (sum by (node, pod) (kube_pod_info) or vector(0))' },
  { expr: 'increase(kube_pod_container_status_restarts_total[1h]) > 3', legend: '{{namespace}}/{{pod}}' },
  { expr: 'max(kube_node_status_condition{condition="Ready", status="true"}) by (node) == bool 0' },
  { expr: 'time() - max by (cronjob) (kube_cronjob_status_last_schedule_time)' },
  {
    expr: 'kube_persistentvolumeclaim_info unless on (persistentvolumeclaim) kube_pod_spec_volumes_persistentvolumeclaims_info',
  },
  {
    expr: 'sum(node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate{cluster="$cluster"}) by (namespace)',
  },
  { expr: 'namespace_workload_pod:kube_pod_owner:relabel{cluster="$cluster", workload_type=~".+"}' },
];

const SERVICES: readonly TableQuery[] = [
  {
    expr: 'histogram_quantile(0.99, sum by (le, route) (rate(http_server_duration_seconds_bucket[$__rate_interval])))',
    legend: 'p99 {{route}}',
    unit: 's',
  },
  {
    expr: 'histogram_quantile(0.5, sum by (job) (rate(http_server_request_duration_seconds[5m])))',
    unit: 's',
  },
  {
    expr: 'histogram_fraction(0, 0.2, sum(rate(http_server_request_duration_seconds[1h])))',
    unit: 'percentunit',
  },
  {
    expr: 'sum(rate(grpc_server_handled_total{grpc_code!="OK"}[5m])) / sum(rate(grpc_server_handled_total[5m]))',
    unit: 'percentunit',
  },
  { expr: 'sum by (code) (rate(prometheus_http_requests_total[5m]))', legend: '{{code}}' },
  { expr: 'go_memstats_alloc_bytes{job="prometheus"}', unit: 'bytes' },
  { expr: 'rate(process_cpu_seconds_total{job="dice-roller-stage4"}[1m])', unit: 'percentunit' },
  { expr: 'nodejs_eventloop_lag_p99_seconds{job="dice-roller-stage4"}', unit: 's' },
  { expr: 'prometheus_tsdb_head_series{instance=~"$instance"} and on (instance) up == 1' },
  { expr: 'scrape_samples_scraped{job="dice-roller-stage4"}', legend: '{{instance}}' },
  { expr: 'min by (job) (up)', legend: '{{job}}' },
  { expr: 'count(ALERTS{alertstate="firing"}) or vector(0)', panel: 'stat' },
  { expr: 'sum(increase(async_rolls_total[$__range]))', panel: 'stat' },
  { expr: 'sum by (die_type) (rate(async_rolls_total{result!="success"}[5m])) > $threshold' },
  { expr: 'topk($limit, sum by ($group) (rate({__name__=~"$metric", job=~"$job"}[$__rate_interval])))' },
  { expr: 'avg_over_time((sum(rate(async_rolls_total[1m])))[1h:5m])' },
  { expr: 'sum(rate(async_rolls_total[5m] offset 1w)) / sum(rate(async_rolls_total[5m]))' },
  { expr: 'sum(rate(async_rolls_total[5m] @ end()))' },
  {
    expr: 'sum(rate(async_roll_duration_seconds_bucket{le="1.0"}[5m])) / sum(rate(async_roll_duration_seconds_count[5m]))',
    unit: 'percentunit',
  },
  {
    expr: '(sum by (handler) (rate(http_requests_total{status="5xx"}[$window])) or sum by (handler) (rate(http_requests_total[$window])) * 0) / sum by (handler) (rate(http_requests_total[$window]))',
    legend: '{{handler}}',
  },
  { expr: 'traces_spanmetrics_latency_bucket{service="dice-roller"} > 0' },
  {
    expr: 'sum by (client, server) (rate(traces_service_graph_request_total[5m]))',
    legend: '{{client}} to {{server}}',
  },
  { expr: 'sum(rate(tempo_distributor_bytes_received_total[$__rate_interval])) by (tenant)', unit: 'binBps' },
  {
    expr: 'sum(rate(loki_request_duration_seconds_count{status_code=~"5..", route="loki_api_v1_push"}[5m]))',
  },
  { expr: 'cortex_ingester_active_series{job=~"($namespace)/(ingester.*)"}', datasource: 'mimir' },
  { expr: '# comment\nsum(\n  up # another\n)' },
];

const LOGS_AND_TRACES: readonly TableQuery[] = [
  loki('{service_name="dice-roller"} | json'),
  loki(
    '{container_name=~"dice-.*"} |= "error" != "timeout" | logfmt | level="error" | line_format "{{.message}}"',
  ),
  loki('sum by (level) (count_over_time({service_name="$service"} | json [$__auto]))'),
  loki('topk(10, sum by (die_type) (rate({service_name="dice-roller"} | json | __error__="" [5m])))'),
  loki('quantile_over_time(0.95, {service_name="dice-roller"} | json | unwrap duration [5m]) by (handler)'),
  loki('{service_name="dice-roller"} |~ `(?i)$search` | label_format took="{{.duration}}"'),
  loki('approx_topk(10, sum by (path) (rate({service_name="dice-roller"} | json [5m])))'),
  loki('bytes_over_time({service_name=~".+"}[$__interval])'),
  tempo('{ resource.service.name = "dice-roller" && name = "GET /roll-async" }'),
  tempo('{ span.async.batch_size > 5 } | select(span.die.type)'),
  tempo('{ resource.service.name = "$service" && duration > 100ms } | count() > 2'),
  tempo('{ nestedSetParent < 0 && status = error } | rate() by (name) with (exemplars = true)'),
  tempo('5e7c3a1f9d2b4c60'),
  tempo('{ status = error } >> { kind = server }'),
  tempo('{ } | rate() by (resource.service.name)'),
  tempo('{ } | quantile_over_time(duration, .9, .5)'),
];

it.each([
  ['node_exporter', NODE_EXPORTER],
  ['cAdvisor', CADVISOR],
  ['kube-state-metrics', KUBE_STATE],
  ['services', SERVICES],
  ['Loki and Tempo', LOGS_AND_TRACES],
])('finds nothing in right expressions of %s', (_, queries) => {
  expect(
    queryFindings(queries).flatMap((found, index) => found.map((finding) => [queries[index], finding])),
  ).toEqual([]);
});

it('has looked at enough of them', () => {
  expect(
    [NODE_EXPORTER, CADVISOR, KUBE_STATE, SERVICES, LOGS_AND_TRACES].flat().length,
  ).toBeGreaterThanOrEqual(60);
});
