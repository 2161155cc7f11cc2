import { isSpanContextValid, TraceFlags, trace } from '@opentelemetry/api';
import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
} from 'prom-client';
import { catalogue } from '../metrics.ts';

type Catalogue = typeof catalogue.metrics;
type MetricName = keyof Catalogue;

/** What `/metrics` prints. */
export type MetricRegistry = Registry<OpenMetricsContentType>;

/** A scrape job of the catalogue: one program. */
export type Job = keyof typeof catalogue.jobs;

/** The labels of a metric with the values that each of them can have. */
export type LabelsOf<N extends MetricName> = {
  readonly [L in keyof Catalogue[N]['labels']]: Catalogue[N]['labels'][L] extends readonly (infer V)[]
    ? V
    : string;
};

/** A counter or gauge `inc`reases, a histogram `observe`s; a counter's series can be made to exist with 0. */
export type Instrument<N extends MetricName> = Catalogue[N]['type'] extends 'counter'
  ? { inc(labels: LabelsOf<N>): void; zero(labels: LabelsOf<N>): void }
  : Catalogue[N]['type'] extends 'gauge'
    ? { inc(by?: number): void; dec(by?: number): void; set(value: number): void }
    : { observe(labels: LabelsOf<N>, value: number): void };

/** The instruments of one job by metric name, and the registry that `/metrics` prints. */
export type Instruments<J extends Job> = {
  readonly [N in MetricName as J extends Catalogue[N]['jobs'][number] ? N : never]: Instrument<N>;
} & { readonly registry: MetricRegistry };

/** The instruments that both programs have. */
export type SharedInstruments = Pick<
  Instruments<Job>,
  keyof Instruments<'dice-roller-stage4'> & keyof Instruments<'die-service-stage4'>
>;

interface Definition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly jobs: readonly string[];
  readonly labels: Readonly<Record<string, readonly string[]>>;
  readonly buckets?: readonly number[];
}

/** Makes the instruments of one scrape job from the catalogue, and Node's own, in a registry of their own. */
export function createInstruments<J extends Job>(job: J): Instruments<J> {
  // prom-client refuses exemplars in a registry of the other format; exposition.ts prints both from this one.
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  const definitions: Readonly<Record<string, Definition>> = catalogue.metrics;
  const instruments = Object.entries(definitions)
    .filter(([, definition]) => definition.jobs.includes(job))
    .map(([name, definition]) => [name, createInstrument(name, definition, registry)]);
  return Object.assign(Object.fromEntries(instruments), { registry });
}

function createInstrument(name: string, definition: Definition, registry: MetricRegistry) {
  const options = {
    name,
    help: definition.help,
    labelNames: Object.keys(definition.labels),
    registers: [registry],
  };
  switch (definition.type) {
    case 'counter': {
      const counter = new Counter({ ...options, enableExemplars: true });
      return {
        inc: (labels: Record<string, string>) =>
          counter.inc({ labels, value: 1, exemplarLabels: exemplar() }),
        zero: (labels: Record<string, string>) => counter.inc({ labels, value: 0 }),
      };
    }
    case 'gauge': {
      const gauge = new Gauge(options);
      return {
        inc: (by = 1) => gauge.inc(by),
        dec: (by = 1) => gauge.dec(by),
        set: (value: number) => gauge.set(value),
      };
    }
    case 'histogram': {
      const buckets = [...(definition.buckets ?? [])];
      const histogram = new Histogram({ ...options, buckets, enableExemplars: true });
      return {
        observe: (labels: Record<string, string>, value: number) =>
          histogram.observe({ labels, value, exemplarLabels: exemplar() }),
      };
    }
    default:
      return definition.type satisfies never;
  }
}

/** The active span as an exemplar; none when it is not sampled, for then no trace could be found by it. */
function exemplar(): Record<string, string> | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (!span || !isSpanContextValid(span) || !(span.traceFlags & TraceFlags.SAMPLED)) return undefined;
  return { trace_id: span.traceId };
}
