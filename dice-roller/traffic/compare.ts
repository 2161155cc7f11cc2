import { parseArgs } from 'node:util';
import { StartError, wholeNumber } from '../common/config.ts';
import { urlOf } from './send-request.ts';

/** What the comparison does. */
export interface CompareOptions {
  readonly target: string;
  readonly die: string;
  readonly rolls: number;
  readonly iterations: number;
}

/** Times of one iteration in seconds. */
export interface Iteration {
  readonly sequential: number;
  readonly batch: number;
}

const help = `Compares sequential rolls with one batch.

  --target      where dice-roller is (default: TARGET_URL or http://127.0.0.1:8107)
  --die         name of the die (default: fair)
  --rolls       rolls of an iteration, 1 to 20 (default: 10)
  --iterations  iterations, 1 to 1000 (default: 5)`;

/** Runs the comparison and prints it as a table. @throws StartError for bad options and when an answer is not 200. */
export async function main(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return console.log(help);
  const options = readCompareOptions(args, env);
  const iterations: Iteration[] = [];
  for (let number = 1; number <= options.iterations; number += 1) {
    const iteration = await measure(options);
    iterations.push(iteration);
    const { sequential, batch } = iteration;
    console.error(
      `${number}/${options.iterations}: ${sequential.toFixed(2)} s one by one, ${batch.toFixed(2)} s at once`,
    );
  }
  console.log(compareTable(options.rolls, iterations));
}

/** Reads the flags. @throws StartError that names the bad one. */
export function readCompareOptions(args: readonly string[], env: NodeJS.ProcessEnv): CompareOptions {
  const values = readFlags(args);
  const count = (name: 'rolls' | 'iterations', max: number, fallback: string) => {
    const result = wholeNumber(1, max).safeParse(values[name] ?? fallback);
    if (result.success) return result.data;
    throw new StartError(`Bad --${name} '${values[name]}': expected a whole number from 1 to ${max}`);
  };
  return {
    target: values.target ?? (env.TARGET_URL || 'http://127.0.0.1:8107'),
    die: values.die ?? 'fair',
    rolls: count('rolls', 20, '10'),
    iterations: count('iterations', 1000, '5'),
  };
}

/** The table: mean, least and largest of both ways in seconds, and how many times faster the batch was. */
export function compareTable(rolls: number, iterations: readonly Iteration[]): string {
  const columns: readonly (readonly [string, readonly number[]])[] = [
    [`${rolls} x /roll`, iterations.map(({ sequential }) => sequential)],
    [`/roll-async?times=${rolls}`, iterations.map(({ batch }) => batch)],
    ['speed-up', iterations.map(({ sequential, batch }) => sequential / batch)],
  ];
  const rows = columns.map(([name, values]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const unit = name === 'speed-up' ? 'x' : 's';
    const cells = [mean, Math.min(...values), Math.max(...values)].map(
      (value) => `${value.toFixed(2)} ${unit}`,
    );
    return [name, ...cells];
  });
  return [['', 'mean', 'min', 'max'], ...rows]
    .map(([name = '', ...cells]) => `${name.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join('')}`)
    .join('\n');
}

async function measure(options: CompareOptions): Promise<Iteration> {
  const { target, die, rolls } = options;
  const sequential = await time(async () => {
    for (let roll = 0; roll < rolls; roll += 1) await get(urlOf(target, { kind: 'roll', die, times: 1 }));
  });
  const batch = await time(() => get(urlOf(target, { kind: 'batch', die, times: rolls })));
  return { sequential, batch };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function get(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch((error: Error) => {
    throw new StartError(
      `Cannot reach ${url}: ${error.cause ?? error.message} (npm run dice-roller starts it)`,
    );
  });
  const text = await response.text();
  if (response.status !== 200)
    throw new StartError(`${url} answered ${response.status}: ${text.slice(0, 200)}`);
}

function readFlags(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { target: text, die: text, rolls: text, iterations: text } })
      .values;
  } catch (error) {
    throw new StartError(`${(error as Error).message}\n\n${help}`);
  }
}
