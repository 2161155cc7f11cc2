import type { Logger } from 'pino';
import type { DieClient } from './die-client.ts';
import type { KnownDice } from './known-dice.ts';

/** Pause between two tries to see die-service, in milliseconds. */
const retryPause = 500;

/** What is known about the way to die-service. */
export interface Connection {
  /** Tries once, and goes on in the background until die-service answers. */
  start(): Promise<void>;
  /** Gives up. */
  stop(): void;
  /** Whether die-service has answered once. */
  isSeen(): boolean;
}

/** Learns the dice from die-service as soon as it answers. A warning is logged only for the first failure. */
export function connectToDieService(client: DieClient, dice: KnownDice, logger: Logger): Connection {
  let seen = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const attempt = async (isFirst: boolean): Promise<void> => {
    const answer = await client.list();
    if (answer.status === 'success') {
      seen = true;
      answer.value.forEach(dice.confirm);
      logger.info({ identifiers: answer.value }, 'Die service connectivity verified');
      return;
    }
    if (isFirst) logger.warn(`Could not connect to die service: ${answer.reason}`);
    if (!stopped) timer = setTimeout(() => attempt(false), retryPause).unref();
  };
  return {
    start: () => attempt(true),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
    isSeen: () => seen,
  };
}
