import { trace } from '@opentelemetry/api';
import type { DieSpecification } from '../common/die.ts';
import { HttpError } from '../common/http-error.ts';
import type { Lookup } from './die-client.ts';
import type { RollerParts } from './roller-parts.ts';

/**
 * Asks die-service for a die, and counts, logs and traces the outcome.
 *
 * @throws HttpError 404 when there is no such die, 503 when there is no usable answer.
 */
export async function lookUpDie(name: string, parts: RollerParts): Promise<DieSpecification> {
  const { client, dice, instruments, logger } = parts;
  trace.getActiveSpan()?.setAttribute('die_service.identifier', name);
  logger.info({ identifier: name }, 'Querying die service for specification');
  const start = performance.now();
  const lookup = await client.find(name);
  const duration = (performance.now() - start) / 1000;

  if (lookup.status === 'success') dice.confirm(name);
  if (lookup.status === 'not_found') dice.refute(name);
  instruments.die_service_requests_total.inc({ identifier: dice.label(name), status: lookup.status });
  instruments.die_service_request_duration_seconds.observe({}, duration);
  return answerOf(name, lookup, duration, parts);
}

function answerOf(
  name: string,
  lookup: Lookup<DieSpecification>,
  duration: number,
  { logger }: RollerParts,
): DieSpecification {
  const fields = { identifier: name, duration };
  switch (lookup.status) {
    case 'success': {
      const { faces, error_rate } = lookup.value;
      logger.info({ ...fields, faces, error_rate }, 'Die specification retrieved from service');
      trace
        .getActiveSpan()
        ?.setAttributes({ 'die.faces': `[${faces.join(', ')}]`, 'die.error_rate': error_rate });
      return lookup.value;
    }
    case 'not_found':
      logger.warn({ ...fields, status_code: lookup.code }, 'Die service returned error');
      throw new HttpError(404, `Die '${name}' not found`);
    case 'error_4xx':
    case 'error_5xx':
      logger.warn({ ...fields, status_code: lookup.code }, 'Die service returned error');
      break;
    case 'timeout':
      logger.error(fields, 'Die service request timed out');
      break;
    case 'connection_error':
      logger.error({ ...fields, error: lookup.reason }, 'Failed to connect to die service');
      break;
    case 'invalid_response':
      logger.error({ ...fields, error: lookup.reason }, `Error querying die service: ${lookup.reason}`);
      break;
    default:
      lookup satisfies never;
  }
  throw new HttpError(503, `Die service unavailable: ${lookup.status}`);
}
