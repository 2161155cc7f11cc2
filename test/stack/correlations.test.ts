import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compose, readRootFile } from './compose-file.ts';

/** What a datasource says, `$$` read as Grafana does. */
interface ProvisionedDatasource {
  readonly uid: string;
  readonly url: string;
  readonly jsonData: Json;
}
type Json = Readonly<Record<string, unknown>>;

const { datasources, prune } = parse(
  readRootFile('provisioning/datasources/datasources.yaml').replaceAll('$$', '$'),
) as { datasources: readonly ProvisionedDatasource[]; prune: boolean };
const byUid = Object.fromEntries(datasources.map((datasource) => [datasource.uid, datasource]));
const tempo = parse(readRootFile('stack/tempo.yaml'));
const prometheus = parse(readRootFile('stack/prometheus.yml'));
const alloy = readRootFile('stack/config.alloy');
const prometheusFlags = compose.services.prometheus?.command ?? [];

describe('Datasources', () => {
  it('have uids that stay, and point where compose.yaml puts the programs', () => {
    expect(prune).toBe(true);
    expect(datasources.map(({ uid, url }) => [uid, url])).toEqual([
      ['prometheus', 'http://prometheus:9090'],
      ['loki', 'http://loki:3100'],
      ['tempo', 'http://tempo:3200'],
    ]);
    expect(tempo.server.http_listen_port).toBe(3200);
    expect(parse(readRootFile('stack/loki.yaml')).server.http_listen_port).toBe(3100);
  });

  it('know the scrape interval', () => {
    expect(byUid.prometheus?.jsonData.timeInterval).toBe(prometheus.global.scrape_interval);
  });
});

describe('From metric to trace', () => {
  it('exemplars have one label on all metrics, and Grafana looks for it', () => {
    expect(byUid.prometheus?.jsonData.exemplarTraceIdDestinations).toEqual([
      { name: 'trace_id', datasourceUid: 'tempo' },
    ]);
    expect(tempo.overrides.defaults.metrics_generator.trace_id_label_name).toBe('trace_id');
  });

  it('Prometheus keeps exemplars and Tempo sends them', () => {
    expect(prometheusFlags).toContain('--enable-feature=exemplar-storage');
    expect(prometheus.storage.exemplars.max_exemplars).toBeGreaterThan(0);
    const [write] = tempo.metrics_generator.storage.remote_write;
    expect(write).toEqual({ url: 'http://prometheus:9090/api/v1/write', send_exemplars: true });
    expect(prometheusFlags).toContain('--web.enable-remote-write-receiver');
  });
});

describe('From log to trace', () => {
  it('each line has the trace id as structured metadata, and a link by that name', () => {
    expect(alloy).toMatch(/stage\.structured_metadata \{\s+values = \{trace_id = "", span_id = ""\}/);
    expect(byUid.loki?.jsonData.derivedFields).toEqual([
      {
        name: 'trace_id',
        matcherType: 'label',
        matcherRegex: 'trace_id',
        datasourceUid: 'tempo',
        url: '${__value.raw}',
        urlDisplayLabel: 'Trace',
      },
    ]);
  });
});

describe('From trace to log', () => {
  it("asks for the span's service and trace, by the label that Alloy gives", () => {
    expect(byUid.tempo?.jsonData.tracesToLogsV2).toMatchObject({
      datasourceUid: 'loki',
      tags: [{ key: 'service.name', value: 'service_name' }],
      query: '{${__tags}} | trace_id="${__trace.traceId}"',
    });
    expect(alloy).toMatch(/docker_compose_service"\]\s+target_label {2}= "service_name"/);
  });

  it('every service has in its spans the name it has in compose.yaml', () => {
    // Spans carry the program's name unless OTEL_SERVICE_NAME says otherwise.
    const programs: Record<string, string> = {
      'die-service': 'die-service',
      'dice-roller': 'dice-roller',
      traffic: 'traffic-generator',
    };
    for (const [name, program] of Object.entries(programs))
      expect(compose.services[name]?.environment?.OTEL_SERVICE_NAME ?? program).toBe(name);
  });
});

describe('From trace to metric', () => {
  it('Tempo makes span metrics and the service graph, which Grafana asks for', () => {
    // Tempo starts with a misspelt processor and makes no metrics.
    expect(tempo.overrides.defaults.metrics_generator.processors).toEqual(['span-metrics', 'service-graphs']);
    expect(byUid.tempo?.jsonData.serviceMap).toEqual({ datasourceUid: 'prometheus' });
    expect(byUid.tempo?.jsonData.tracesToMetrics).toMatchObject({
      datasourceUid: 'prometheus',
      tags: [{ key: 'service.name', value: 'service' }],
      queries: [{ query: 'sum(rate(traces_spanmetrics_calls_total{$__tags}[5m]))' }],
    });
  });

  it('recreating the container makes no new series', () => {
    expect(compose.services.tempo?.hostname).toBe('tempo');
  });
});

describe('Traces', () => {
  it('go from the services to Alloy and on to Tempo, which listens beyond localhost', () => {
    for (const name of ['die-service', 'dice-roller', 'traffic'])
      expect(compose.services[name]?.environment?.OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://alloy:4318');
    expect(alloy).toContain('endpoint = "0.0.0.0:4318"');
    expect(alloy).toContain('endpoint = "tempo:4317"');
    expect(tempo.distributor.receivers.otlp.protocols.grpc.endpoint).toBe('0.0.0.0:4317');
  });
});
