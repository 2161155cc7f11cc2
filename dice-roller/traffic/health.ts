import { createServer, type Server } from 'node:http';

/** Answers `/healthz` on `port`: 200 as long as `isHealthy`, otherwise 503. */
export function serveHealth(port: number, isHealthy: () => boolean): Server {
  const server = createServer((request, response) => {
    const isKnown = request.url === '/healthz';
    const status = isKnown ? (isHealthy() ? 200 : 503) : 404;
    const body = status === 200 ? { status: 'ok' } : { detail: isKnown ? 'No answers' : 'Not Found' };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return server.listen(port).unref();
}
