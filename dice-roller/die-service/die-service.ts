import { type Tracer, trace } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { DieSpecification } from '../common/die.ts';
import { HttpError } from '../common/http-error.ts';
import { createInstruments, type Instruments } from '../common/instruments.ts';
import { dieLabel } from '../common/label-value.ts';
import { type Query, readOptional } from '../common/query.ts';
import { createServer, type Server } from '../common/server.ts';
import type { Dice } from './load-dice.ts';

/** What die-service is given from outside. */
export interface DieServiceOutside {
  readonly dice: Dice;
  readonly logger: Logger;
  readonly tracer: Tracer;
}

interface DieServiceParts extends DieServiceOutside {
  readonly instruments: Instruments<'die-service-stage4'>;
}

/** Bound of what an answer and a log line repeat of an unknown name. */
const echoLength = 64;

/** Puts die-service together; it is not yet listening. */
export function createDieService({ dice, logger, tracer }: DieServiceOutside): Server {
  const instruments = createInstruments('die-service-stage4');
  instruments.die_specifications_loaded.set(dice.size);
  for (const name of dice.keys()) {
    instruments.die_specifications_requested_total.zero({ identifier: dieLabel(name) });
  }
  logger.info({ count: dice.size, identifiers: [...dice.keys()] }, 'Die specifications loaded');
  const server = createServer({ logger, tracer, instruments, unreadyReason: () => undefined });
  addRoutes(server, { dice, logger, tracer, instruments });
  return server;
}

function addRoutes({ app }: Server, parts: DieServiceParts): void {
  app.get('/', async () => ({
    service: 'Die Service API',
    version: '1.0.0',
    endpoints: ['/dice', '/dice?identifier={id}'],
    loaded_specifications: parts.dice.size,
  }));
  app.get<{ Querystring: Query }>('/dice', async ({ query }) => {
    const identifier = readOptional(query, 'identifier');
    if (identifier === undefined) return { identifiers: listDice(parts) };
    return { identifier, specification: findDie(identifier, parts) };
  });
}

function listDice({ dice, instruments, logger }: DieServiceParts): readonly string[] {
  const identifiers = [...dice.keys()];
  trace.getActiveSpan()?.setAttributes({ 'request.type': 'list', 'die.count': dice.size });
  instruments.die_list_requests_total.inc({});
  logger.info({ count: dice.size, identifiers }, 'Die list requested');
  return identifiers;
}

function findDie(identifier: string, { dice, instruments, logger }: DieServiceParts): DieSpecification {
  const name = identifier.slice(0, echoLength);
  const die = dice.get(identifier);
  trace.getActiveSpan()?.setAttributes({
    'request.type': 'get',
    'die.identifier': name,
    'die.found': die !== undefined,
  });
  logger.info({ identifier: name }, 'Die specification requested');
  if (!die) {
    const available = [...dice.keys()];
    logger.warn({ identifier: name, available_identifiers: available }, 'Unknown die identifier requested');
    const list = available.map((known) => `'${known}'`).join(', ');
    throw new HttpError(404, `Die identifier '${name}' not found. Available: [${list}]`);
  }
  instruments.die_specifications_requested_total.inc({ identifier: dieLabel(identifier) });
  logger.info({ identifier, faces: die.faces, error_rate: die.error_rate }, 'Die specification found');
  return die;
}
