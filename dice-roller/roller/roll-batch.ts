import { type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { DieSpecification } from '../common/die.ts';
import { HttpError } from '../common/http-error.ts';
import { castDie } from './chance.ts';
import { lookUpDie } from './look-up-die.ts';
import type { RollerParts } from './roller-parts.ts';
import { withCapacity } from './with-capacity.ts';

/** The rolls of a batch in the order of their indexes. */
export interface Batch {
  readonly total: number;
  readonly rolls: readonly number[];
  readonly count: number;
}

/** Thrown by a roll of a batch that was drawn to fail. */
class FailedRoll extends Error {}

/**
 * Rolls a die `times` at once. All rolls settle before there is an answer, and one failure fails the batch.
 *
 * @throws HttpError 404 for an unknown die, 500 naming the first failing index, 503 when die-service or this process
 * cannot.
 */
export async function rollBatch(die: string, times: number, parts: RollerParts): Promise<Batch> {
  const { dice, instruments, logger } = parts;
  trace.getActiveSpan()?.setAttributes({ 'die.type': die, 'async.batch_size': times });
  logger.info({ die_type: die, times }, 'Async roll batch started');
  instruments.async_roll_batch_size.observe({}, times);
  try {
    const batch = await withCapacity(times, parts, () => rollKnown(die, times, parts));
    instruments.async_roll_batches_total.inc({ die_type: dice.label(die), result: 'success' });
    return batch;
  } catch (error) {
    instruments.async_roll_batches_total.inc({ die_type: dice.label(die), result: 'error' });
    throw error;
  }
}

async function rollKnown(die: string, times: number, parts: RollerParts): Promise<Batch> {
  const { instruments, logger } = parts;
  const start = performance.now();
  const specification = await lookUpDie(die, parts).catch((error: unknown) => {
    logger.error({ die_type: die }, 'Failed to get die specification for async roll');
    throw error;
  });
  const indexes = Array.from({ length: times }, (_, index) => index);
  const settled = await Promise.allSettled(indexes.map((index) => rollOne(index, die, specification, parts)));
  const duration = (performance.now() - start) / 1000;
  instruments.async_roll_duration_seconds.observe({}, duration);

  const failure = settled.find((result) => result.status === 'rejected');
  if (failure) throw batchFailure(failure.reason, die, times, parts);
  const rolls = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const total = rolls.reduce((sum, value) => sum + value, 0);
  trace.getActiveSpan()?.setAttribute('async.total_result', total);
  logger.info({ die_type: die, times, total, rolls, duration }, 'Async roll batch completed');
  return { total, rolls, count: times };
}

function rollOne(
  index: number,
  die: string,
  specification: DieSpecification,
  parts: RollerParts,
): Promise<number> {
  const { dice, instruments, tracer } = parts;
  const attributes = {
    'async.roll_index': index,
    'die.type': die,
    'die.faces': `[${specification.faces.join(', ')}]`,
  };
  return tracer.startActiveSpan(`async_roll_${index}`, { attributes }, async (span) => {
    instruments.async_rolls_in_progress.inc();
    try {
      const value = await castOne(index, die, specification, parts);
      instruments.async_rolls_total.inc({ die_type: dice.label(die), result: 'success' });
      span.setAttributes({ 'die.error': false, 'die.result': value });
      return value;
    } catch (error) {
      instruments.async_rolls_total.inc({ die_type: dice.label(die), result: 'error' });
      recordFailure(span, error);
      throw error;
    } finally {
      instruments.async_rolls_in_progress.dec();
      span.end();
    }
  });
}

async function castOne(
  index: number,
  die: string,
  specification: DieSpecification,
  { chance, config, logger }: RollerParts,
): Promise<number> {
  const outcome = await castDie(specification, chance, config.ROLL_MAX_DELAY_MS);
  const fields = { die_type: die, roll_index: index };
  if (outcome.kind === 'failed') {
    const { error_rate } = specification;
    logger.error({ ...fields, error_rate }, 'Async roll triggered error condition');
    throw new FailedRoll(`Die '${die}' failed on roll ${index}`);
  }
  logger.info({ ...fields, roll_value: outcome.value }, 'Async roll completed');
  return outcome.value;
}

function recordFailure(span: Span, error: unknown): void {
  const exception = error instanceof Error ? error : new Error(String(error));
  span.setAttribute('die.error', true);
  span.recordException(exception);
  span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
}

/** What to throw for a batch: only a failure that was drawn is told to the client. */
function batchFailure(reason: unknown, die: string, times: number, { logger }: RollerParts): unknown {
  const error = reason instanceof Error ? reason.message : String(reason);
  logger.error({ die_type: die, times, error }, 'Async roll batch failed');
  return reason instanceof FailedRoll ? new HttpError(500, `Async roll batch failed: ${error}`) : reason;
}
