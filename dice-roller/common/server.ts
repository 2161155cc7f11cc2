import { type Context, context, type Tracer, trace } from '@opentelemetry/api';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import { expose } from './exposition.ts';
import { HttpError } from './http-error.ts';
import type { SharedInstruments } from './instruments.ts';
import { handlerLabel, methodLabel, statusLabel } from './label-value.ts';
import { endServerSpan, isQuiet, pathOf, startServerSpan } from './request-span.ts';
import { watchUnusedConnections } from './unused-connections.ts';

/** What every HTTP program is made of. */
export interface ServerParts {
  readonly logger: Logger;
  readonly tracer: Tracer;
  readonly instruments: SharedInstruments;
  /** Why the program cannot serve yet, or undefined when it can. */
  readonly unreadyReason: () => string | undefined;
}

/** A program's server and the switch that makes it go out of service. */
export interface Server {
  readonly app: FastifyInstance;
  /** Stops accepting and resolves when the requests in flight have their answers. */
  drain(): Promise<void>;
}

/** Contexts of requests that have a server span. */
const contexts = new WeakMap<FastifyRequest, Context>();
/** Requests that are counted already: an aborted one could be counted twice. */
const finished = new WeakSet<FastifyRequest>();

/**
 * Makes a server with what both programs share: a span, metrics and a log line for each request, errors as
 * `{"detail": …}`, `/metrics`, `/healthz`, `/readyz`, and a drain that keep-alive clients cannot hold up.
 */
export function createServer(parts: ServerParts): Server {
  let draining = false;
  const app = fastify({
    logger: false,
    requestTimeout: 30_000,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    // For a path that cannot be decoded; no hook sees such a request.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      const method = methodLabel(request.method);
      parts.instruments.http_requests_total.inc({ method, status: '4xx', handler: 'none' });
      reply.code(400).send({ detail: 'Bad Request' });
    },
  });
  const cutUnused = watchUnusedConnections(app.server);
  observeRequests(app, parts);
  answerErrors(app, parts.logger);

  app.addHook('onSend', async (_request, reply) => {
    // Otherwise close() waits for a keep-alive client's idle connection, more than a minute.
    if (draining) reply.header('connection', 'close');
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    const reason = draining ? 'draining' : parts.unreadyReason();
    if (reason) throw new HttpError(503, `Not ready: ${reason}`);
    return { status: 'ready' };
  });
  app.get('/metrics', async (request, reply) => {
    const { contentType, body } = await expose(parts.instruments.registry, request.headers.accept);
    return reply.header('content-type', contentType).header('vary', 'accept').send(body);
  });

  return {
    app,
    drain: async () => {
      draining = true;
      const closed = app.close();
      cutUnused();
      await closed;
    },
  };
}

function observeRequests(app: FastifyInstance, parts: ServerParts): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (isQuiet(request)) return done();
    const requestContext = startServerSpan(parts.tracer, request);
    contexts.set(request, requestContext);
    context.with(requestContext, done);
  });
  app.addHook('onResponse', async (request, reply) => finish(request, reply, parts));
  app.addHook('onSend', async (request, reply) => {
    // The client is gone, so there will be no response to observe.
    if (reply.raw.destroyed) finish(request, reply, parts);
  });
}

function finish(request: FastifyRequest, reply: FastifyReply, { logger, instruments }: ServerParts): void {
  if (finished.has(request)) return;
  finished.add(request);
  const requestContext = contexts.get(request);
  context.with(requestContext ?? context.active(), () => {
    const method = methodLabel(request.method);
    const handler = handlerLabel(request.routeOptions.url);
    const duration = reply.elapsedTime / 1000;
    instruments.http_requests_total.inc({ method, status: statusLabel(reply.statusCode), handler });
    instruments.http_request_duration_seconds.observe({ method, handler }, duration);
    if (isQuiet(request)) return;
    const status = reply.statusCode;
    logger.info({ method: request.method, path: pathOf(request), status, duration }, 'Request completed');
    endServerSpan(requestContext && trace.getSpan(requestContext), status);
  });
}

function answerErrors(app: FastifyInstance, logger: Logger): void {
  // Before fastify looks at the body, so that a bad one on a path that does not exist is still a 404.
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const isKnownPath = app.hasRoute({ method: 'GET', url: pathOf(request) });
    if (!isKnownPath) return reply.code(404).send({ detail: 'Not Found' });
    return reply.code(405).header('allow', 'GET').send({ detail: 'Method Not Allowed' });
  });
  app.setErrorHandler((error: FastifyError | HttpError, _request, reply) => {
    if (error instanceof HttpError) {
      return reply.code(error.status).headers(error.headers).send({ detail: error.detail });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ detail: error.message });
    logger.error({ error: error.stack ?? error.message }, 'Unexpected error');
    return reply.code(500).send({ detail: 'Internal server error' });
  });
}
