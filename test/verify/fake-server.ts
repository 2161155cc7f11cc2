import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';

/** A server on loopback that answers as a test wants it to. */
export interface FakeServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** An answer as it was recorded: the body as text, or as JSON. */
export interface RecordedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: unknown;
}

/** Serves HTTP on a free port. */
export async function serve(listener: RequestListener): Promise<FakeServer> {
  const server = createServer(listener);
  const url = await listening(server);
  return { url, stop: () => stopped(server) };
}

/** Waits until a server listens on a free port of loopback and gives its address. */
export async function listening(server: NetServer, scheme = 'http'): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Stops a server, whatever its connections do. */
export async function stopped(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The text of a recorded body. */
export function bodyText({ body }: RecordedAnswer): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
