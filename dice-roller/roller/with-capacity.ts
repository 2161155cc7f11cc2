import { HttpError } from '../common/http-error.ts';
import type { RollerParts } from './roller-parts.ts';

/** Does `work` while it holds room for `rolls`. @throws HttpError 503 with `Retry-After` when there is none. */
export async function withCapacity<T>(
  rolls: number,
  { capacity, config, logger }: RollerParts,
  work: () => Promise<T>,
): Promise<T> {
  if (!capacity.take(rolls)) {
    const limit = config.ROLL_MAX_IN_FLIGHT;
    logger.warn({ rolls, limit }, 'Too many rolls in flight');
    throw new HttpError(503, `Too many rolls in flight (at most ${limit})`, { 'retry-after': '1' });
  }
  try {
    return await work();
  } finally {
    capacity.give(rolls);
  }
}
