import { isSpanContextValid, trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';

/** The levels that can be configured, as LOG_LEVEL spells them. */
export const logLevels = ['debug', 'info', 'warning', 'error'] as const;

/**
 * Makes a logger that writes one JSON object a line: RFC 3339 UTC `timestamp`, upper-case `level`, `message`, `logger`,
 * inside a span its `trace_id` and `span_id`, and the event's fields flat beside them.
 *
 * @param name The program, as the field `logger`.
 * @param destination Where lines go; stdout when absent.
 */
export function createLogger(
  name: string,
  level: (typeof logLevels)[number],
  destination?: DestinationStream,
): Logger {
  return pino(
    {
      level: level === 'warning' ? 'warn' : level,
      messageKey: 'message',
      base: { logger: name },
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label === 'warn' ? 'WARNING' : label.toUpperCase() }),
      },
      mixin: spanFields,
    },
    // Synchronous, so that the last lines before an exit are not lost.
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

function spanFields(): Record<string, string> {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
}
