/**
 * Load on dice-roller's /roll-async without delays, beside the same route on bare node:http; all on loopback.
 *
 *   node bench/dice-roller.js [--seconds 10] [--connections 16] [--soak 120]
 *
 * Prints requests a second, latencies and memory as a table; with --soak also whether memory stays flat that long.
 * The exit code is 1 when an answer was not 200 or memory grew by more than a quarter after the first quarter of the time.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '16' },
    soak: { type: 'string', default: '0' },
  },
});
const [seconds, connections, soak] = [values.seconds, values.connections, values.soak].map(Number);
const program = path('../dice-roller/dist/main.js');
const children = [];
process.once('exit', () => {
  for (const child of children) child.kill();
});

execFileSync(process.execPath, [path('../dice-roller/build.js')]);
const dieService = await start([program, 'die-service'], {});
const roller = await start([program, 'dice-roller'], {
  DIE_SERVICE_URL: dieService.url,
  ROLL_MAX_DELAY_MS: '0',
});
const bare = await start([path('bare-http.js')], { DIE_SERVICE_URL: dieService.url });

console.log(
  `/roll-async?die=fair&times=10, ${connections} connections, ${seconds} s each in three rounds, Node ${process.version}`,
);
const rounds = { 'bare node:http': [], 'dice-roller': [] };
for (let round = 0; round < 3; round += 1) {
  rounds['bare node:http'].push(await measure(bare, seconds / 3));
  rounds['dice-roller'].push(await measure(roller, seconds / 3));
}
// The best round is the one that other work on the machine disturbed least.
const best = (results) => results.reduce((a, b) => (b['requests/s'] > a['requests/s'] ? b : a));
console.table(Object.fromEntries(Object.entries(rounds).map(([name, results]) => [name, best(results)])));
if (soak > 0) await watchMemory(roller, soak);
process.exit();

/** Starts a program that logs its port, and waits for that line. */
async function start(args, env) {
  const settings = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: '0',
    // The port is read from the log; and lines at this level are part of the work.
    LOG_LEVEL: 'info',
    OTEL_SDK_DISABLED: 'true',
    ...env,
  };
  const child = spawn(process.execPath, args, { env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk) => {
    // What comes after the port is read, so that the program does not stop at a full pipe, and dropped.
    if (!output.includes('"port":')) output += chunk;
  });
  while (!output.includes('"port":')) await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${/"port":(\d+)/.exec(output)[1]}`, pid: child.pid };
}

/** Sends requests as fast as answers come, for `duration` seconds after a warm-up of one. */
async function measure(server, duration) {
  await load(server, 1);
  const latencies = await load(server, duration);
  latencies.sort((a, b) => a - b);
  const quantile = (q) => Number(latencies[Math.ceil(q * latencies.length) - 1].toFixed(1));
  return {
    'requests/s': Math.round(latencies.length / duration),
    'p50 ms': quantile(0.5),
    'p99 ms': quantile(0.99),
    'max ms': quantile(1),
    'memory MB': residentMegabytes(server),
  };
}

async function load({ url }, duration) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const end = performance.now() + duration * 1000;
  const latencies = [];
  const connection = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await request(`${url}/roll-async?die=fair&times=10`, agent);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  agent.destroy();
  return latencies;
}

function request(url, agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', resolve);
      if (response.statusCode === 200) return;
      console.error(`${url} answered ${response.statusCode}`);
      process.exit(1);
    }).once('error', reject);
  });
}

/** Keeps the load up and compares memory after the first quarter with memory at the end. */
async function watchMemory(server, duration) {
  const samples = [];
  const sending = load(server, duration);
  for (let tick = 1; tick <= 12; tick += 1) {
    await sleep((duration * 1000) / 12);
    samples.push(residentMegabytes(server));
  }
  const requests = (await sending).length;
  const [first, last] = [Math.max(...samples.slice(0, 3)), samples.at(-1)];
  const isFlat = last <= first * 1.25;
  console.log(`${requests} requests in ${duration} s, memory in MB: ${samples.join(' ')}`);
  console.log(
    `memory is ${isFlat ? 'flat' : 'NOT flat'}: ${first} MB in the first quarter, ${last} MB at the end`,
  );
  if (!isFlat) process.exitCode = 1;
}

function residentMegabytes({ pid }) {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Math.round(Number(kilobytes) / 1024);
}
