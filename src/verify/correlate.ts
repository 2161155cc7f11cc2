import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HttpLimits, httpServer } from './http.ts';
import { lokiClient } from './loki-client.ts';
import { prometheusClient } from './prometheus-client.ts';
import type { Check } from './result.ts';
import type { Address } from './secrets.ts';
import type { LiveDatasource, Stack } from './stack.ts';
import { tempoClient } from './tempo-client.ts';
import { Trouble } from './trouble.ts';

/** How a request is followed through the stack. */
export interface CorrelateOptions {
  /** dice-roller. */
  readonly service: Address;
  readonly limits: HttpLimits;
  readonly progress: (text: string) => void;
  readonly now: () => number;
  /** Milliseconds that each way may take; default: what a scrape or a flush takes, with room. */
  readonly within?: Partial<Record<'trace' | 'logs' | 'exemplar', number>>;
}

const WITHIN = { trace: 30_000, logs: 60_000, exemplar: 60_000 };

/** A batch of the most rolls: few others fall into its bucket, whose last exemplar is the one that is kept. */
const ROLLS = 20;
const PATH = `/roll-async?die=fair&times=${ROLLS}`;
const HISTOGRAM = 'async_roll_batch_size_bucket';

/** Sends one request with a known trace id and says whether its trace, its lines and its exemplar arrive in time. */
export async function correlate(stack: Stack, options: CorrelateOptions): Promise<readonly Check[]> {
  const traceId = randomBytes(16).toString('hex');
  const started = options.now();
  const check = (name: string, verdict: Check['verdict'], message: string): Check => ({
    area: 'correlation',
    name,
    verdict,
    message,
  });
  const service = httpServer('dice-roller', options.service, options.limits);
  try {
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    await service.ask({ path: PATH, headers: { traceparent } });
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return [check('request', 'failed', error.message)];
  }
  const window = () => ({ from: started - 60_000, to: options.now() + 60_000 });
  const within = { ...WITHIN, ...options.within };
  const follow = async (
    name: string,
    type: string,
    limitMs: number,
    look: (ask: LiveDatasource['ask']) => Promise<string | undefined>,
  ): Promise<Check> => {
    const datasource = stack.datasources.find((each) => each.type === type);
    if (!datasource) return check(name, 'not-asked', `no ${type} was given`);
    if (datasource.trouble !== undefined) return check(name, 'failed', datasource.trouble);
    const found = await lookUntil(
      limitMs,
      () => look(datasource.ask),
      () => options.progress(`waiting for the ${name} of trace ${traceId}`),
    );
    return 'message' in found
      ? check(name, 'ok', `${found.message} after ${(found.tookMs / 1000).toFixed(1)} s`)
      : check(
          name,
          'failed',
          `not there within ${limitMs / 1000} s${found.trouble === undefined ? '' : `: ${found.trouble}`}`,
        );
  };
  const ways = await Promise.all([
    follow('trace', 'tempo', within.trace, async (ask) => {
      const spans = await tempoClient(ask).trace(traceId);
      const ids = new Set(spans.map(({ spanId }) => spanId));
      const children = spans.filter(({ parentSpanId }) => ids.has(parentSpanId)).length;
      // The server's span is sent last: only then is the trace whole.
      return children > ROLLS
        ? `trace ${traceId} has ${spans.length} spans, ${children} of them children`
        : undefined;
    }),
    follow('logs', 'loki', within.logs, async (ask) => {
      const query = `{service_name=~".+"} | trace_id="${traceId}"`;
      const answer = await lokiClient(ask).range(query, { ...window(), stepMs: 1000, lines: 100 });
      return answer.kind === 'lines' && answer.count > 0
        ? `${answer.count} ${answer.count === 1 ? 'line carries' : 'lines carry'} the trace id`
        : undefined;
    }),
    follow('exemplar', 'prometheus', within.exemplar, async (ask) => {
      const found = await prometheusClient(ask).exemplars(HISTOGRAM, window());
      return found.some((labels) => labels.trace_id === traceId)
        ? `${HISTOGRAM} has it as an exemplar`
        : undefined;
    }),
  ]);
  return [check('request', 'ok', `${service.name}${PATH} was asked as trace ${traceId}`), ...ways];
}

async function lookUntil(
  limitMs: number,
  look: () => Promise<string | undefined>,
  waiting: () => void,
): Promise<{ message: string; tookMs: number } | { trouble: string | undefined }> {
  const started = performance.now();
  for (let trouble: string | undefined; ; ) {
    try {
      const message = await look();
      const tookMs = performance.now() - started;
      if (message !== undefined) return { message, tookMs };
      trouble = undefined;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      trouble = error.message;
    }
    const left = limitMs - (performance.now() - started);
    if (left <= 0) return { trouble };
    waiting();
    await sleep(Math.min(1000, left));
  }
}
