import { trace } from '@opentelemetry/api';
import { HttpError } from '../common/http-error.ts';
import { castDie } from './chance.ts';
import { lookUpDie } from './look-up-die.ts';
import type { RollerParts } from './roller-parts.ts';
import { withCapacity } from './with-capacity.ts';

/**
 * Rolls a die once.
 *
 * @throws HttpError 404 for an unknown die, 500 when the roll fails, 503 when die-service or this process cannot.
 */
export async function roll(die: string, parts: RollerParts): Promise<number> {
  const { dice, instruments, logger } = parts;
  trace.getActiveSpan()?.setAttribute('die.type', die);
  logger.info({ die_type: die }, 'Roll request received');
  try {
    const value = await withCapacity(1, parts, () => rollKnown(die, parts));
    instruments.dice_rolls_total.inc({ die_type: dice.label(die), result: 'success' });
    instruments.dice_roll_value.observe({ die_type: dice.label(die) }, value);
    return value;
  } catch (error) {
    instruments.dice_rolls_total.inc({ die_type: dice.label(die), result: 'error' });
    if (error instanceof HttpError) throw error;
    logger.error({ die_type: die }, `Unexpected error during roll: ${error}`);
    throw error;
  }
}

async function rollKnown(die: string, parts: RollerParts): Promise<number> {
  const { chance, config, logger } = parts;
  const specification = await lookUpDie(die, parts).catch((error: unknown) => {
    logger.error({ die_type: die }, 'Failed to get die specification');
    throw error;
  });
  const outcome = await castDie(specification, chance, config.ROLL_MAX_DELAY_MS);
  const span = trace.getActiveSpan();
  span?.setAttribute('die.error', outcome.kind === 'failed');
  if (outcome.kind === 'failed') {
    const { error_rate } = specification;
    logger.error({ die_type: die, error_rate }, 'Die triggered error condition');
    throw new HttpError(500, `Die '${die}' failed!`);
  }
  span?.setAttribute('die.result', outcome.value);
  logger.info({ die_type: die, roll_value: outcome.value, faces: specification.faces }, 'Roll completed');
  return outcome.value;
}
