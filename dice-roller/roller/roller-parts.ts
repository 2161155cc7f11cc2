import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { RollerConfig } from '../common/config.ts';
import type { Instruments } from '../common/instruments.ts';
import type { Capacity } from './capacity.ts';
import type { Chance } from './chance.ts';
import type { DieClient } from './die-client.ts';
import type { KnownDice } from './known-dice.ts';

/** What dice-roller's routes work with. */
export interface RollerParts {
  readonly config: RollerConfig;
  readonly logger: Logger;
  readonly tracer: Tracer;
  readonly instruments: Instruments<'dice-roller-stage4'>;
  readonly chance: Chance;
  readonly capacity: Capacity;
  readonly dice: KnownDice;
  readonly client: DieClient;
}
