import {
  context,
  defaultTextMapSetter,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { z } from 'zod';
import { type DieSpecification, diceAnswer, dieAnswer } from '../common/die.ts';
import type { LabelsOf } from '../common/instruments.ts';

/** How a question to die-service can end. */
export type LookupStatus = LabelsOf<'die_service_requests_total'>['status'];

/** What die-service answered, or why it is no answer. `code` is the HTTP status where there was one. */
export type Lookup<T> =
  | { readonly status: 'success'; readonly value: T }
  | { readonly status: Exclude<LookupStatus, 'success'>; readonly reason: string; readonly code?: number };

/** Questions that die-service answers; they never throw. */
export interface DieClient {
  /** The specification of one die. */
  find(identifier: string): Promise<Lookup<DieSpecification>>;
  /** The names of all dice. */
  list(): Promise<Lookup<readonly string[]>>;
}

const propagator = new W3CTraceContextPropagator();

/**
 * A client of the die-service at `url` that waits `timeoutMs` for an answer, does not retry, and makes a client span
 * whose context it sends along.
 */
export function createDieClient(url: string, timeoutMs: number, tracer: Tracer): DieClient {
  return {
    find: async (identifier) => {
      const address = `${url}/dice?identifier=${encodeURIComponent(identifier)}`;
      const answer = await ask(address, dieAnswer, timeoutMs, tracer);
      if (answer.status !== 'success') return answer;
      return answer.value.identifier === identifier
        ? { status: 'success', value: answer.value.specification }
        : { status: 'invalid_response', reason: `asked for '${identifier}', got another die`, code: 200 };
    },
    list: async () => {
      const answer = await ask(`${url}/dice`, diceAnswer, timeoutMs, tracer);
      return answer.status === 'success' ? { status: 'success', value: answer.value.identifiers } : answer;
    },
  };
}

function ask<T>(address: string, shape: z.ZodType<T>, timeoutMs: number, tracer: Tracer): Promise<Lookup<T>> {
  const { hostname, port } = new URL(address);
  const attributes = {
    'http.request.method': 'GET',
    'url.full': address,
    'server.address': hostname,
    ...(port ? { 'server.port': Number(port) } : {}),
  };
  return tracer.startActiveSpan('GET', { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const answer = await request(address, shape, timeoutMs);
    describe(span, answer);
    span.end();
    return answer;
  });
}

async function request<T>(address: string, shape: z.ZodType<T>, timeoutMs: number): Promise<Lookup<T>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  propagator.inject(context.active(), headers, defaultTextMapSetter);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(address, { headers, signal, redirect: 'manual' });
    const text = await response.text();
    return response.status === 200 ? readAnswer(text, shape) : refusal(response.status);
  } catch (error) {
    return { status: isTimeout(error) ? 'timeout' : 'connection_error', reason: reasonOf(error) };
  }
}

function readAnswer<T>(text: string, shape: z.ZodType<T>): Lookup<T> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { status: 'invalid_response', reason: 'answer is not JSON', code: 200 };
  }
  const result = shape.safeParse(body);
  if (result.success) return { status: 'success', value: result.data };
  const [issue] = result.error.issues;
  return { status: 'invalid_response', reason: `${issue?.path.join('.')}: ${issue?.message}`, code: 200 };
}

function refusal(code: number): Lookup<never> {
  const reason = `status ${code}`;
  if (code === 404) return { status: 'not_found', reason, code };
  if (code >= 500) return { status: 'error_5xx', reason, code };
  return { status: code >= 400 ? 'error_4xx' : 'invalid_response', reason, code };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** fetch says only "fetch failed"; the reason is its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}

function describe(span: Span, answer: Lookup<unknown>): void {
  const code = answer.status === 'success' ? 200 : answer.code;
  if (code !== undefined) span.setAttribute('http.response.status_code', code);
  if (answer.status === 'success') return;
  span.setAttribute('error.type', answer.code && answer.code !== 200 ? String(answer.code) : answer.status);
  span.setStatus({ code: SpanStatusCode.ERROR, message: answer.reason });
}
