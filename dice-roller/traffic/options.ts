import { parseArgs } from 'node:util';
import { z } from 'zod';
import { StartError, wholeNumber } from '../common/config.ts';

const number = (min: number, max: number) =>
  z
    .string()
    .refine((text) => /^\d+(\.\d+)?$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: `expected a number from ${min} to ${max}`,
    })
    .transform(Number);

const url = z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// URL' });

/** What the generator can be told, by flag or variable. Times are in seconds. */
const options = {
  target: { env: 'TARGET_URL', shape: url.default('http://127.0.0.1:8107'), help: 'where dice-roller is' },
  users: { env: 'TRAFFIC_USERS', shape: wholeNumber(1, 1000).default(10), help: 'users at the same time' },
  requests: {
    env: 'TRAFFIC_REQUESTS',
    shape: wholeNumber(0, 1e9).default(20),
    help: 'requests of each user, 0 = no end',
  },
  rate: {
    env: 'TRAFFIC_RATE',
    shape: number(0, 10_000).optional(),
    help: 'requests a second of all users together, 0 = send nothing (default: users pause 0.5 to 2 s)',
  },
  duration: { env: 'TRAFFIC_DURATION', shape: number(0, 1e9).default(0), help: 'seconds to run, 0 = no end' },
  'async-probability': {
    env: 'TRAFFIC_ASYNC_PROBABILITY',
    shape: number(0, 1).default(0.3),
    help: 'share of batches among the requests',
  },
  'max-batch': { env: 'TRAFFIC_MAX_BATCH', shape: wholeNumber(1, 20).default(10), help: 'largest batch' },
  dice: {
    env: 'TRAFFIC_DICE',
    shape: z
      .string()
      .transform((list) => list.split(',').filter((die) => die !== ''))
      .pipe(z.array(z.string()).min(1))
      .default(['fair', 'risky']),
    help: 'names of the dice, with commas',
  },
  seed: {
    env: 'TRAFFIC_SEED',
    shape: wholeNumber(0, 2 ** 32 - 1).optional(),
    help: 'the same seed, the same requests',
  },
  timeout: {
    env: 'TRAFFIC_TIMEOUT',
    shape: number(0.001, 600).default(30),
    help: 'seconds to wait for an answer',
  },
  'max-error-rate': {
    env: 'TRAFFIC_MAX_ERROR_RATE',
    shape: number(0, 1).default(0.5),
    help: 'share of errors above which the exit code is 1',
  },
  'health-port': {
    env: 'TRAFFIC_HEALTH_PORT',
    shape: wholeNumber(1, 65535).optional(),
    help: 'port that answers /healthz (default: none)',
  },
} as const;

/** What the generator does. Times are in seconds. */
export type TrafficOptions = {
  readonly [Name in keyof typeof options]: z.output<(typeof options)[Name]['shape']>;
};

/**
 * Reads flags, then variables, then defaults.
 *
 * @throws StartError that lists everything that is bad.
 */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): TrafficOptions {
  const flags = readFlags(args);
  const problems: string[] = [];
  const entries = Object.entries(options).map(([name, option]) => {
    const fromEnv = env[option.env] || undefined;
    const given = flags[name] ?? fromEnv;
    const result = option.shape.safeParse(given);
    if (result.success) return [name, result.data];
    const source = flags[name] === undefined ? option.env : `--${name}`;
    problems.push(`  ${source}=${JSON.stringify(given)}: ${result.error.issues[0]?.message}`);
    return [name, undefined];
  });
  if (problems.length > 0) throw new StartError(`Bad options:\n${problems.join('\n')}`);
  return Object.fromEntries(entries);
}

/** The text of `--help`. */
export function trafficHelp(): string {
  const lines = Object.entries(options).map(
    ([name, { env, help }]) => `  --${name.padEnd(18)} ${env.padEnd(27)} ${help}`,
  );
  return ['Sends load to dice-roller.', '', ...lines].join('\n');
}

function readFlags(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const known = Object.keys(options).map((name) => [name, { type: 'string' as const }] as const);
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(known) }).values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${trafficHelp()}`);
  }
}
