import { startTracing } from '../common/tracing.ts';
import { serveHealth } from './health.ts';
import { readOptions, type TrafficOptions, trafficHelp } from './options.ts';
import { runTraffic } from './run-traffic.ts';
import { sendRequest } from './send-request.ts';
import { createTally, type Tally } from './tally.ts';

/** Seconds without any success after which the generator is not healthy. */
const silenceLimit = 60;
/** Seconds between two lines of progress. */
const progressPause = 5;

/**
 * Runs the traffic generator: progress on stderr, the summary on stdout. The exit code is 1 when nothing was reached or
 * errors are above the bound.
 *
 * @throws StartError for bad options.
 */
export async function main(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<void> {
  if (args.includes('--help')) return console.log(trafficHelp());
  const options = readOptions(args, env);
  const stop = stopSignal();
  if (options.rate === 0) return idle(options, stop);
  if (!(await isReachable(options.target))) {
    console.error(`Cannot reach ${options.target}: is it running? (npm run dice-roller)`);
    process.exitCode = 1;
    return;
  }
  const tracing = startTracing('traffic-generator', env, (reason) =>
    console.error(`Cannot export spans: ${reason}`),
  );
  const tally = createTally();
  let lastSuccess = performance.now();
  const isHealthy = () => performance.now() - lastSuccess < silenceLimit * 1000;
  if (options['health-port']) serveHealth(options['health-port'], isHealthy);

  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const progress = setInterval(() => console.error(progressLine(tally, elapsed())), progressPause * 1000);
  await runTraffic(
    options,
    async (request, sender) => {
      const outcome = await sendRequest(options.target, request, sender, options.timeout, tracing.tracer);
      if (outcome.kind === 'success') lastSuccess = performance.now();
      return outcome;
    },
    tally,
    stop,
  );
  clearInterval(progress);
  console.log(tally.summary(elapsed()));
  process.exitCode = exitCode(tally, options['max-error-rate']);
  await tracing.shutdown(2000);
}

/** 0 when the run is as it should be; 1 when nothing was reached or too much failed. */
export function exitCode(tally: Tally, maxErrorRate: number): 0 | 1 {
  if (tally.requests() > 0 && !tally.isReached()) return 1;
  return tally.errors() > maxErrorRate * tally.requests() ? 1 : 0;
}

function stopSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGTERM', () => controller.abort());
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

/** A rate of 0 turns the generator off; it stays, so that a stack in which it is a service stays up. */
async function idle(options: TrafficOptions, stop: AbortSignal): Promise<void> {
  console.error('Traffic is off (rate 0)');
  if (options['health-port']) serveHealth(options['health-port'], () => true);
  const keepAlive = setInterval(() => {}, 60_000);
  await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  clearInterval(keepAlive);
}

async function isReachable(target: string): Promise<boolean> {
  return fetch(target, { signal: AbortSignal.timeout(5000) }).then(
    () => true,
    () => false,
  );
}

function progressLine(tally: Tally, elapsed: number): string {
  const rate = (tally.requests() / elapsed).toFixed(1);
  return `${elapsed.toFixed(0)} s: ${tally.requests()} requests (${rate}/s), ${tally.errors()} errors`;
}
