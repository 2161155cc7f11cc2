import { expect, test } from 'vitest';
import { findLogLabels } from './log-labels.ts';
import { treeOf } from './tree-of.ts';

test('labels of Alloy: relabelling, stages, static and external labels', () => {
  const alloy = `
discovery.docker "all" { host = "unix:///var/run/docker.sock" }
discovery.relabel "logs" {
  targets = discovery.docker.all.targets
  rule {
    source_labels = ["__meta_docker_container_name"]
    regex         = "/(.{1,30})"
    target_label  = "container_name"
  }
  // target_label = "commented"
  rule { target_label = "__path__" }
}
loki.source.docker "all" {
  targets = discovery.relabel.logs.output
  labels  = { "platform" = "docker" }
}
loki.process "json" {
  stage.json { expressions = { level = "level", hidden = "x" } }
  stage.labels {
    values = { level = "", service = "service_name" }
  }
  stage.static_labels { values = { env = "dev" } }
  forward_to = [loki.write.out.receiver]
}
loki.write "out" {
  endpoint { url = "http://loki:3100/loki/api/v1/push" }
  external_labels = { cluster = "local" }
}
prometheus.remote_write "m" { external_labels = { metrics_only = "x" } }
`;
  expect([...findLogLabels(treeOf({ 'stack/config.alloy': alloy }))].sort()).toEqual([
    'cluster',
    'container_name',
    'env',
    'level',
    'platform',
    'service',
  ]);
});

test('relabelling without a log source is not about logs', () => {
  const alloy =
    'discovery.relabel "m" {\n  rule { target_label = "only_metrics" }\n}\nprometheus.scrape "m" { }\n';
  expect(findLogLabels(treeOf({ 'a.alloy': alloy })).size).toBe(0);
});

test('labels of Promtail', () => {
  const promtail = `scrape_configs:
  - job_name: a
    static_configs: [{targets: [localhost], labels: {job: varlogs, __path__: /x}}]
    relabel_configs: [{source_labels: [__a], target_label: container}]
    pipeline_stages: [{labels: {level: }}, {match: {selector: '{a="b"}', stages: [{static_labels: {env: x}}]}}]
clients: [{url: x, external_labels: {cluster: a}}]`;
  expect([...findLogLabels(treeOf({ 'p/promtail-config.yaml': promtail }))].sort()).toEqual([
    'cluster',
    'container',
    'env',
    'job',
    'level',
  ]);
});

test('broken and unrelated files give none', () => {
  expect(
    findLogLabels(
      treeOf({ 'promtail.yml': 'a: [', 'x.alloy': 'loki.write "a" {{{"', 'c.yaml': 'labels: {a: 1}' }),
    ).size,
  ).toBe(0);
});
