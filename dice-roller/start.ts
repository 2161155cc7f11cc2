import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadConfig, StartError, wholeNumber } from './common/config.ts';

const variables = z.object({
  DICE_ROLLER_PORT: wholeNumber(1, 65535).default(8107),
  DIE_SERVICE_PORT: wholeNumber(1, 65535).default(8106),
});

/** How long die-service may take to be ready, in milliseconds. */
const readyLimit = 10_000;

/**
 * Runs die-service and dice-roller together on loopback, as processes of their own, until a signal or until one of
 * them ends.
 */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const { DICE_ROLLER_PORT, DIE_SERVICE_PORT } = loadConfig(variables, env);
  const dieServiceUrl = `http://127.0.0.1:${DIE_SERVICE_PORT}`;
  const children: ChildProcess[] = [];
  const run = (program: string, port: number) => {
    const settings = { ...env, HOST: '127.0.0.1', PORT: String(port), DIE_SERVICE_URL: dieServiceUrl };
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), program], {
      env: settings,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    children.push(child);
    return new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  };
  const stop = (signal: NodeJS.Signals) => {
    for (const child of children) child.kill(signal);
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  // The terminal sends its ^C to the children as well; a second signal would cut their drain short.
  process.on('SIGINT', () => {});

  const dieService = run('die-service', DIE_SERVICE_PORT);
  await Promise.race([dieService, untilReady(`${dieServiceUrl}/readyz`)]);
  const roller = run('dice-roller', DICE_ROLLER_PORT);
  console.error(
    `dice-roller: http://127.0.0.1:${DICE_ROLLER_PORT}  die-service: ${dieServiceUrl}  (stop: ^C)`,
  );
  const first = await Promise.race([dieService, roller]);
  stop('SIGTERM');
  const codes = await Promise.all([dieService, roller]);
  process.exitCode = Math.max(first, ...codes);
}

async function untilReady(url: string): Promise<void> {
  const end = performance.now() + readyLimit;
  while (performance.now() < end) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(50);
  }
  throw new StartError(`die-service was not ready after ${readyLimit / 1000} s`);
}
