import { context, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { setGlobalErrorHandler } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** A tracer and the way to get its last spans out. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is waiting, within `limitMs`; never throws. */
  shutdown(limitMs: number): Promise<void>;
}

/** What is told about a failing export. */
export type WarnOfExport = (reason: string) => void;

/** Pause between two warnings of failing exports, in milliseconds. */
const warningPause = 60_000;

/**
 * Traces to the OTLP/HTTP endpoint that the environment names (`OTEL_EXPORTER_OTLP_ENDPOINT` or
 * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`); without one, or with `OTEL_SDK_DISABLED=true`, nothing is recorded.
 *
 * The resource is `service.name` = `serviceName`, overridden by `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`.
 */
export function startTracing(serviceName: string, env: NodeJS.ProcessEnv, warn: WarnOfExport): Tracing {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none') {
    return createTracing(serviceName, []);
  }
  warnOfFailedExports(warn);
  return createTracing(serviceName, [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })]);
}

/** Traces to the given processors; without any, spans are not recorded but an incoming context is passed on. */
export function createTracing(serviceName: string, spanProcessors: SpanProcessor[]): Tracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  if (spanProcessors.length === 0) return { tracer: trace.getTracer(serviceName), shutdown: async () => {} };

  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new TracerProvider({ resource, spanProcessors });
  return {
    tracer: provider.getTracer(serviceName),
    shutdown: async (limitMs) => {
      const limit = new Promise((resolve) => setTimeout(resolve, limitMs).unref());
      // A collector that is gone rejects; the spans are lost then, the exit is not.
      await Promise.race([provider.shutdown().catch(() => {}), limit]);
    },
  };
}

function warnOfFailedExports(warn: WarnOfExport): void {
  let lastWarning = Number.NEGATIVE_INFINITY;
  setGlobalErrorHandler((error) => {
    if (performance.now() - lastWarning < warningPause) return;
    lastWarning = performance.now();
    warn(typeof error === 'string' ? error : (error.message ?? 'unknown error'));
  });
}
