import {
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { FastifyRequest } from 'fastify';

const propagator = new W3CTraceContextPropagator();

/** Routes that say nothing about the service's work: neither traced nor logged. */
const quietRoutes = new Set(['/metrics', '/healthz', '/readyz']);

/** Whether a request belongs in traces and in the request log. */
export function isQuiet(request: FastifyRequest): boolean {
  return quietRoutes.has(request.routeOptions.url ?? '');
}

/** Starts the server span of a request as a child of the caller's, and returns the context that holds it. */
export function startServerSpan(tracer: Tracer, request: FastifyRequest): Context {
  const caller = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
  const route = request.routeOptions.url;
  const span = tracer.startSpan(
    route ? `${request.method} ${route}` : request.method,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        'url.path': pathOf(request),
        'url.scheme': 'http',
        ...(route ? { 'http.route': route } : {}),
      },
    },
    caller,
  );
  return trace.setSpan(caller, span);
}

/** Ends a server span; an answer of 500 or above is an error. */
export function endServerSpan(span: Span | undefined, statusCode: number): void {
  if (!span) return;
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** The request's path without its query, at most 200 characters. */
export function pathOf(request: FastifyRequest): string {
  return (request.url.split('?')[0] ?? '').slice(0, 200);
}
