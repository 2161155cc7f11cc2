import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { RollerConfig } from '../common/config.ts';
import { createInstruments, type Instruments } from '../common/instruments.ts';
import { type Query, readBatch, readDie } from '../common/query.ts';
import { createServer, type Server } from '../common/server.ts';
import shippedDice from '../dice.json' with { type: 'json' };
import { createCapacity } from './capacity.ts';
import { type Chance, fairChance } from './chance.ts';
import { connectToDieService } from './connect-to-die-service.ts';
import { createDieClient } from './die-client.ts';
import { createKnownDice } from './known-dice.ts';
import { roll } from './roll.ts';
import { rollBatch } from './roll-batch.ts';
import type { RollerParts } from './roller-parts.ts';

/** What dice-roller is given from outside. */
export interface RollerOutside {
  readonly config: RollerConfig;
  readonly logger: Logger;
  readonly tracer: Tracer;
  /** Fair chance when absent. */
  readonly chance?: Chance;
}

/** dice-roller's server, not yet listening, with its instruments. */
export interface DiceRoller extends Server {
  readonly instruments: Instruments<'dice-roller-stage4'>;
  /** Asks die-service which dice there are, again and again in the background until it answers. */
  connect(): Promise<void>;
}

/** Puts dice-roller together. */
export function createDiceRoller({
  config,
  logger,
  tracer,
  chance = fairChance(),
}: RollerOutside): DiceRoller {
  const instruments = createInstruments('dice-roller-stage4');
  const client = createDieClient(config.DIE_SERVICE_URL, config.DIE_SERVICE_TIMEOUT_MS, tracer);
  const dice = createKnownDice(Object.keys(shippedDice), instruments);
  const capacity = createCapacity(config.ROLL_MAX_IN_FLIGHT);
  const connection = connectToDieService(client, dice, logger);
  const unreadyReason = () => (connection.isSeen() ? undefined : 'die service was not seen yet');
  const server = createServer({ logger, tracer, instruments, unreadyReason });
  server.app.addHook('onClose', async () => connection.stop());
  addRoutes(server, { config, logger, tracer, instruments, chance, capacity, dice, client });
  return { ...server, instruments, connect: connection.start };
}

function addRoutes({ app }: Server, parts: RollerParts): void {
  app.get('/', async () => ({
    service: 'Dice Roller API',
    version: '3.0.0',
    stage: '4',
    endpoints: ['/roll', '/roll-async'],
    integration: 'die-service',
    features: ['async-rolling', 'concurrent-operations'],
  }));
  app.get<{ Querystring: Query }>('/roll', async ({ query }) => {
    return { roll: await roll(readDie(query), parts) };
  });
  app.get<{ Querystring: Query }>('/roll-async', async ({ query }) => {
    const { die, times } = readBatch(query);
    return rollBatch(die, times, parts);
  });
}
