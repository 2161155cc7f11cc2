import { context, defaultTextMapSetter, type Span, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { z } from 'zod';
import type { Outcome, Request } from './tally.ts';

/** Who sends a request, as span attributes: the user, and the request's number from 1. */
export interface Sender {
  readonly user: number;
  readonly number: number;
}

const answer = z.union([z.object({ roll: z.number() }), z.object({ total: z.number() })]);
const propagator = new W3CTraceContextPropagator();

/** Sends one request with a root span of its own; never throws. */
export function sendRequest(
  target: string,
  request: Request,
  sender: Sender,
  timeoutSeconds: number,
  tracer: Tracer,
): Promise<Outcome> {
  const isBatch = request.kind === 'batch';
  const attributes = {
    'user.id': sender.user,
    'request.number': sender.number,
    'die.type': request.die,
    'async.enabled': isBatch,
    ...(isBatch ? { 'async.batch_size': request.times } : {}),
  };
  const name = isBatch ? 'simulated_user_async_request' : 'simulated_user_sync_request';
  return tracer.startActiveSpan(name, { attributes, root: true }, async (span) => {
    const outcome = await ask(urlOf(target, request), timeoutSeconds);
    describe(span, request, outcome);
    span.end();
    return outcome;
  });
}

/** The address of a request. */
export function urlOf(target: string, { kind, die, times }: Request): string {
  const base = target.replace(/\/+$/, '');
  const query = `die=${encodeURIComponent(die)}`;
  return kind === 'batch' ? `${base}/roll-async?${query}&times=${times}` : `${base}/roll?${query}`;
}

async function ask(url: string, timeoutSeconds: number): Promise<Outcome> {
  const headers: Record<string, string> = {};
  propagator.inject(context.active(), headers, defaultTextMapSetter);
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    const text = await response.text();
    if (response.status !== 200)
      return { kind: 'refused', status: response.status, message: text.slice(0, 200) };
    const body = answer.parse(JSON.parse(text));
    return { kind: 'success', value: 'roll' in body ? body.roll : body.total };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'timeout' };
    // fetch says only "fetch failed"; the reason is its cause.
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return { kind: 'unreachable', message: String(cause) };
  }
}

function describe(span: Span, request: Request, outcome: Outcome): void {
  const status = outcome.kind === 'success' || outcome.kind === 'timeout' ? outcome.kind : 'error';
  span.setAttribute('request.status', status);
  if (outcome.kind === 'success') {
    span.setAttribute('response.status_code', 200);
    span.setAttribute(request.kind === 'batch' ? 'async.total_result' : 'roll.value', outcome.value);
    return;
  }
  if (outcome.kind === 'refused') span.setAttribute('response.status_code', outcome.status);
  const message = outcome.kind === 'timeout' ? 'timeout' : outcome.message;
  span.setAttribute('error.message', message);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}
