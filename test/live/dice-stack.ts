import type { Running } from './lab.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';
import { buildServices, type Services, startServices, startTraffic } from './services.ts';
import { startTraceSink, type TraceSink } from './trace-sink.ts';

/** Both services with traffic, a Prometheus that scrapes them, and a place for their traces. */
export interface DiceStack {
  readonly sink: TraceSink;
  readonly services: Services;
  readonly prometheus: Prometheus;
  stop(): Promise<void>;
}

/** Builds and starts the services and what observes them; what started before something failed is stopped again. */
export async function startDiceStack(): Promise<DiceStack> {
  const started: { stop(): Promise<unknown> }[] = [];
  const stop = async () => {
    for (const each of started.splice(0).reverse()) await each.stop();
  };
  const keep = <Part extends { stop(): Promise<unknown> }>(part: Part): Part => {
    started.push(part);
    return part;
  };
  try {
    buildServices();
    const sink = keep(await startTraceSink());
    const services = keep(
      await startServices({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.endpoint, ROLL_MAX_DELAY_MS: '50' }),
    );
    const prometheus = keep(
      await startPrometheus({
        'dice-roller:8000': new URL(services.rollerUrl).host,
        'die-service:8000': new URL(services.dieServiceUrl).host,
      }),
    );
    keep<Running>(startTraffic(services.rollerUrl, ['--rate', '20', '--requests', '0', '--seed', '1']));
    return { sink, services, prometheus, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
