import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadConfig, wholeNumber } from './common/config.ts';

const variables = z.object({
  DICE_ROLLER_PORT: wholeNumber(1, 65535).default(8107),
  DIE_SERVICE_PORT: wholeNumber(1, 65535).default(8106),
});

/** How long die-service may take to be ready, in milliseconds. */
const readyLimit = 10_000;

interface Program {
  readonly child: ChildProcess;
  /** The exit code; 1 when a signal ended it. */
  readonly ended: Promise<number>;
}

/**
 * Runs die-service and dice-roller together on loopback, as processes of their own, until a signal or until one of
 * them ends. dice-roller stops first, for its last rolls may need die-service.
 */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const { DICE_ROLLER_PORT, DIE_SERVICE_PORT } = loadConfig(variables, env);
  const dieServiceUrl = `http://127.0.0.1:${DIE_SERVICE_PORT}`;
  const shared = { ...env, HOST: '127.0.0.1', DIE_SERVICE_URL: dieServiceUrl };
  const running: Program[] = [];
  const stopLatest = () => running.at(-1)?.child.kill('SIGTERM');
  process.on('SIGTERM', stopLatest);
  process.on('SIGINT', stopLatest);

  const dieService = run('die-service', { ...shared, PORT: String(DIE_SERVICE_PORT) });
  running.push(dieService);
  const isReady = await becomesReady(`${dieServiceUrl}/readyz`, dieService);
  if (isReady) {
    const roller = run('dice-roller', { ...shared, PORT: String(DICE_ROLLER_PORT) });
    running.push(roller);
    console.error(
      `dice-roller: http://127.0.0.1:${DICE_ROLLER_PORT}  die-service: ${dieServiceUrl}  (stop: ^C)`,
    );
    await Promise.race([dieService.ended, roller.ended]);
  }
  for (const { child } of running) child.kill('SIGTERM');
  process.exitCode = Math.max(isReady ? 0 : 1, ...(await Promise.all(running.map(({ ended }) => ended))));
}

function run(program: string, env: NodeJS.ProcessEnv): Program {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), program], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return { child, ended: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))) };
}

async function becomesReady(url: string, { child }: Program): Promise<boolean> {
  const end = performance.now() + readyLimit;
  while (performance.now() < end) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return true;
    await sleep(50);
  }
  console.error(`die-service was not ready after ${readyLimit / 1000} s`);
  return false;
}
