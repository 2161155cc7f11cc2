import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Server } from './server.ts';
import type { Tracing } from './tracing.ts';

/** Milliseconds after a signal in which connections are cut that still have no answer. */
const answerLimit = 6500;
/** Milliseconds that the last spans have to leave. */
const flushLimit = 2000;
/** Milliseconds after a signal in which the process ends, whatever still hangs. */
const exitLimit = 9500;

/** What a program runs with. */
export interface ServerRun {
  readonly server: Server;
  readonly logger: Logger;
  readonly tracing: Tracing;
  readonly host: string;
  readonly port: number;
}

/**
 * Listens, and on SIGTERM or SIGINT drains: answers what is in flight, sends the last spans, and exits with 0,
 * all within 10 seconds.
 */
export async function runServer({ server, logger, tracing, host, port }: ServerRun): Promise<void> {
  let isStopping = false;
  const stop = async (signal: string) => {
    // A terminal's ^C reaches this process twice: directly, and as SIGTERM from the program that started it.
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, 'Shutting down');
    setTimeout(() => {
      logger.warn('Cutting connections that are still open');
      server.app.server.closeAllConnections();
    }, answerLimit).unref();
    setTimeout(() => process.exit(1), exitLimit).unref();
    await server.drain();
    await tracing.shutdown(flushLimit);
    logger.info('Stopped');
    process.exit(0);
  };
  // Once: who sends the same signal again wants out at once.
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);

  await server.app.listen({ host, port });
  const address = server.app.server.address() as AddressInfo;
  logger.info({ host: address.address, port: address.port }, 'Listening');
}
