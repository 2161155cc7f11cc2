import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort, type Running, root, run, waitUntil } from './lab.ts';

const program = join(root, 'dice-roller/dist/main.js');

/** dice-roller and die-service on free ports of loopback. */
export interface Services {
  readonly rollerUrl: string;
  readonly dieServiceUrl: string;
  readonly roller: Running;
  readonly dieService: Running;
  stop(): Promise<void>;
}

/** Compiles dice-roller's programs. */
export function buildServices(): void {
  execFileSync(process.execPath, [join(root, 'dice-roller/build.js')], { stdio: 'inherit' });
}

/** Starts die-service and dice-roller (compiled before) and waits until both are ready. `env` is for both. */
export async function startServices(env: Readonly<Record<string, string>> = {}): Promise<Services> {
  const [diePort, rollerPort] = [await freePort(), await freePort()];
  const dieServiceUrl = `http://127.0.0.1:${diePort}`;
  const rollerUrl = `http://127.0.0.1:${rollerPort}`;
  const dieService = run(process.execPath, [program, 'die-service'], { ...env, PORT: String(diePort) });
  await untilReady(dieServiceUrl, dieService);
  // A busy machine can take long over any answer; a lookup that is given up would show in the panels of errors.
  const patient = { DIE_SERVICE_TIMEOUT_MS: '20000', ...env };
  const rollerEnv = { ...patient, PORT: String(rollerPort), DIE_SERVICE_URL: dieServiceUrl };
  const roller = run(process.execPath, [program, 'dice-roller'], rollerEnv);
  await untilReady(rollerUrl, roller);
  return {
    rollerUrl,
    dieServiceUrl,
    roller,
    dieService,
    stop: async () => {
      await Promise.all([roller.stop(), dieService.stop()]);
    },
  };
}

/** Starts the traffic generator with the given flags. */
export function startTraffic(
  target: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  return run(process.execPath, [program, 'traffic', '--target', target, ...flags], env);
}

async function untilReady(url: string, process: Running): Promise<void> {
  await waitUntil(`${url}/readyz`, async () => (await fetch(`${url}/readyz`)).ok, { everyMs: 50 }).catch(
    (error) => {
      throw new Error(`${(error as Error).message}:\n${process.output()}`, { cause: error });
    },
  );
}
