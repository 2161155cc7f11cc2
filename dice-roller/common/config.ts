import { z } from 'zod';
import { logLevels } from './logger.ts';

/** A mistake of whoever starts a program, such as a bad variable, flag or file: printed without a stack. */
export class StartError extends Error {}

/** A whole number given as text, from `min` to `max`. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `expected a whole number from ${min} to ${max}`,
    })
    .transform(Number);

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected an http:// or https:// URL' })
  .transform((url) => url.replace(/\/+$/, ''));

const server = {
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(8000),
  LOG_LEVEL: z
    .string()
    .transform((level) => level.toLowerCase())
    .pipe(z.enum(logLevels, { error: `expected one of ${logLevels.join(', ')}` }))
    .default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
};

/** The variables that dice-roller reads, with their defaults. */
export const rollerVariables = z.object({
  ...server,
  DIE_SERVICE_URL: httpUrl.default('http://127.0.0.1:8106'),
  DIE_SERVICE_TIMEOUT_MS: wholeNumber(1, 60_000).default(2000),
  ROLL_MAX_DELAY_MS: wholeNumber(0, 60_000).default(1000),
  ROLL_MAX_IN_FLIGHT: wholeNumber(1, 100_000).default(200),
});

/** The variables that die-service reads, with their defaults. */
export const dieServiceVariables = z.object({
  ...server,
  DICE_FILE: z.string().optional(),
  EXTREME_DIE: z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .default('false')
    .transform((flag) => flag === 'true'),
});

/** Configuration of dice-roller: times in milliseconds. */
export type RollerConfig = Readonly<z.output<typeof rollerVariables>>;
/** Configuration of die-service. */
export type DieServiceConfig = Readonly<z.output<typeof dieServiceVariables>>;

/**
 * Reads variables from the environment; an empty one counts as absent.
 *
 * @throws A {@link StartError} that lists every bad variable.
 */
export function loadConfig<T>(variables: z.ZodType<T>, env: NodeJS.ProcessEnv): T {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = variables.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return `  ${name}=${JSON.stringify(given[name])}: ${issue.message}`;
  });
  throw new StartError(`Bad configuration:\n${lines.join('\n')}`);
}
