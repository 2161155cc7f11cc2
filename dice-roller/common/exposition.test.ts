import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../metrics.ts';
import { expose } from './exposition.ts';
import { createInstruments } from './instruments.ts';
import { createTracing } from './tracing.ts';

const openMetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const text = 'text/plain; version=0.0.4; charset=utf-8';

/** What Prometheus 3 sends when it is told to prefer OpenMetrics. */
const prometheusAccept =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';

describe('The page of metrics', () => {
  it.each([
    ['', text],
    ['*/*', text],
    ['text/plain', text],
    [openMetrics, openMetrics],
    [prometheusAccept, openMetrics],
    ['application/openmetrics-text;q=0.3,text/plain;q=0.9', text],
    ['application/openmetrics-text;q=0', text],
    ['application/openmetrics-text;q=rubbish', text],
    ['text/html, nonsense;;;,,', text],
  ])('is written as asked for: %s', async (accept, contentType) => {
    const { registry } = createInstruments('die-service-stage4');
    expect((await expose(registry, accept)).contentType).toBe(contentType);
  });

  it('keeps the names of counters in both formats, in whatever order they are asked for', async () => {
    const instruments = createInstruments('dice-roller-stage4');
    instruments.async_rolls_total.inc({ die_type: 'fair', result: 'success' });
    const line = 'async_rolls_total{die_type="fair",result="success"} 1';
    for (const accept of [openMetrics, '', openMetrics, '']) {
      const { body } = await expose(instruments.registry, accept);
      expect(body.split('\n')).toContain(line);
      expect(body).toContain(
        accept === '' ? '# TYPE async_rolls_total counter' : '# TYPE async_rolls counter',
      );
      expect(body.endsWith('# EOF\n')).toBe(accept !== '');
    }
  });

  it('has an exemplar on histograms and counters in OpenMetrics only, when a span is active', async () => {
    const { tracer } = createTracing('test', [
      new SimpleSpanProcessor({ exporter: new InMemorySpanExporter() }),
    ]);
    const instruments = createInstruments('dice-roller-stage4');
    const traceId = tracer.startActiveSpan('work', (span) => {
      instruments.async_roll_batch_size.observe({}, 4);
      instruments.dice_rolls_total.inc({ die_type: 'fair', result: 'success' });
      instruments.async_rolls_in_progress.inc();
      return trace.getActiveSpan() === span ? span.spanContext().traceId : 'not active';
    });
    instruments.async_roll_batch_size.observe({}, 9);
    const { body } = await expose(instruments.registry, openMetrics);
    const withExemplar = body.split('\n').filter((line) => line.includes(' # {'));
    expect(withExemplar.map((line) => line.replace(/ [\d.]+$/, ''))).toEqual([
      `dice_rolls_total{die_type="fair",result="success"} 1 # {trace_id="${traceId}"} 1`,
      `async_roll_batch_size_bucket{le="5"} 1 # {trace_id="${traceId}"} 4`,
    ]);
    expect((await expose(instruments.registry)).body).not.toContain(' # {');
  });

  it('shows every metric of the catalogue under its type, with its help and its buckets', async () => {
    for (const job of ['dice-roller-stage4', 'die-service-stage4'] as const) {
      const { body } = await expose(createInstruments(job).registry);
      for (const [name, metric] of Object.entries(catalogue.metrics)) {
        const isExported = (metric.jobs as readonly string[]).includes(job);
        expect(body.includes(`# TYPE ${name} ${metric.type}\n`)).toBe(isExported);
        expect(body.includes(`# HELP ${name} ${metric.help}\n`)).toBe(isExported);
      }
      expect(body).toContain('process_cpu_seconds_total');
      expect(body).toContain('nodejs_eventloop_lag_seconds');
    }
  });
});

describe('A label value', () => {
  it('is escaped', async () => {
    const { Gauge } = await import('prom-client');
    const { registry } = createInstruments('die-service-stage4');
    new Gauge({ name: 'odd', help: 'a\\b\nc', labelNames: ['x'], registers: [registry] }).set(
      { x: 'a"b\\c\nd' },
      1,
    );
    const { body } = await expose(registry);
    expect(body).toContain('# HELP odd a\\\\b\\nc\n');
    expect(body).toContain('odd{x="a\\"b\\\\c\\nd"} 1\n');
  });
});
