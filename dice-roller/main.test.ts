import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerDice, type LogLine, startFakeDieService, testDice } from './test/roller-lab.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Programs as child processes, compiled as they are shipped. */
const children: ChildProcess[] = [];

beforeAll(() => {
  execFileSync(process.execPath, [path('build.js')]);
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

// At the same time, because most of their time they wait.
describe.concurrent('A program', () => {
  it('answers what is in flight, sends its spans and exits with 0 on SIGTERM, also for a keep-alive client', async ({
    expect,
  }) => {
    const dieService = await startFakeDieService(answerDice(testDice));
    const traces: string[] = [];
    const collector = await startFakeDieService(async (request, response) => {
      for await (const chunk of request) traces.push(String(chunk));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const program = start('dice-roller', {
      DIE_SERVICE_URL: dieService.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=stage4',
      // Long enough that SIGTERM comes while it rolls.
      ROLL_MAX_DELAY_MS: '3000',
    });
    const url = await program.listening();
    const agent = new Agent({ keepAlive: true });
    const answer = request(`${url}/roll-async?die=fair&times=20`, agent);
    await program.logged('Async roll batch started');
    program.child.kill('SIGTERM');
    expect(await answer).toMatchObject({ status: 200, connection: 'close' });
    // After ten seconds it ends itself with 1.
    expect(await program.exitCode).toBe(0);
    for (const text of ['GET /roll-async', 'async_roll_19', '"dice-roller"', 'stage4']) {
      await expect.poll(() => traces.join('')).toContain(text);
    }
    expect(program.lines().map(({ message }) => message)).toContain('Stopped');
    agent.destroy();
    await dieService.stop();
    await collector.stop();
  });

  it('writes JSON lines only, and makes no noise about traces without an endpoint', async () => {
    const dieService = await startFakeDieService(answerDice(testDice));
    const program = start('dice-roller', { DIE_SERVICE_URL: dieService.url, ROLL_MAX_DELAY_MS: '0' });
    const url = await program.listening();
    for (const query of ['/roll?die=fair', '/roll?die=no', '/roll', '/%zz', '/roll-async?die=fair&times=3']) {
      await (await fetch(`${url}${query}`)).text();
    }
    program.child.kill('SIGTERM');
    expect(await program.exitCode).toBe(0);
    for (const line of program.lines()) {
      expect(line.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(line.level).toMatch(/^(INFO|WARNING|ERROR)$/);
      expect(line.message).toBeTypeOf('string');
      expect(line).not.toHaveProperty('trace_id');
    }
    expect(program.lines().length).toBeGreaterThan(15);
    await dieService.stop();
  });

  it('stops with 0 when the collector is gone, and warns once', async () => {
    const dieService = await startFakeDieService(answerDice(testDice));
    const program = start('dice-roller', {
      DIE_SERVICE_URL: dieService.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    });
    await fetch(await program.listening());
    program.child.kill('SIGTERM');
    expect(await program.exitCode).toBe(0);
    expect(
      program.lines().filter(({ message }) => message === 'Cannot export spans').length,
    ).toBeLessThanOrEqual(1);
    await dieService.stop();
  });

  it.each([
    ['dice-roller', { PORT: '99999', LOG_LEVEL: 'loud' }, /PORT="99999".*LOG_LEVEL="loud"/s],
    ['die-service', { DICE_FILE: '/does/not/exist' }, /\/does\/not\/exist/],
    ['die-service', { DICE_FILE: path('package.json') }, /Bad die specification in .*package\.json/],
    ['die-service', { EXTREME_DIE: 'yes' }, /EXTREME_DIE="yes"/],
  ])('%s does not start with %o, and says why in one JSON line', async (name, env, reason) => {
    const program = start(name, env);
    expect(await program.exitCode).toBe(2);
    expect(program.lines()).toHaveLength(1);
    expect(program.lines()[0]).toMatchObject({ level: 'ERROR', message: expect.stringMatching(reason) });
  });

  it('that does not exist is refused with the names of those that do', async () => {
    const program = start('dise-roller', {});
    expect(await program.exitCode).toBe(2);
    expect(program.output()).toContain('expected one of dice-roller, die-service, traffic, compare, start');
  });

  it('start runs both services, lets traffic through, and stops both on SIGTERM', async () => {
    const [DICE_ROLLER_PORT, DIE_SERVICE_PORT] = [await freePort(), await freePort()];
    const program = start('start', { DICE_ROLLER_PORT, DIE_SERVICE_PORT, ROLL_MAX_DELAY_MS: '0' });
    await program.logged('Die service connectivity verified');
    await program.count('"message":"Listening"', 2);
    const flags = ['--users', '2', '--requests', '5', '--rate', '1000', '--dice', 'fair'];
    const traffic = start('traffic', { TARGET_URL: `http://127.0.0.1:${DICE_ROLLER_PORT}` }, flags);
    expect(await traffic.exitCode).toBe(0);
    expect(traffic.output()).toMatch(/requests {2}10 in .*\nerrors {4}0 \(0\.0 %\)\nanswers {3}200: 10\n/);
    program.child.kill('SIGTERM');
    expect(await program.exitCode).toBe(0);
    expect(program.output().match(/"message":"Stopped"/g)).toHaveLength(2);
  });

  it('start fails when one of its services does', async () => {
    const [DICE_ROLLER_PORT, DIE_SERVICE_PORT] = [await freePort(), await freePort()];
    const program = start('start', { DICE_ROLLER_PORT, DIE_SERVICE_PORT, DICE_FILE: '/does/not/exist' });
    expect(await program.exitCode).toBe(2);
    expect(program.output()).toContain('/does/not/exist');
  });

  it('traffic exits with 1 when nothing can be reached', async () => {
    const program = start('traffic', { TARGET_URL: 'http://127.0.0.1:1' });
    expect(await program.exitCode).toBe(1);
    expect(program.output()).toContain('Cannot reach http://127.0.0.1:1');
  });
});

function start(name: string, env: Readonly<Record<string, string>>, flags: readonly string[] = []) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [path('dist/main.js'), name, ...flags], {
    // A busy machine can take long over any answer.
    env: { PATH, PORT: '0', DIE_SERVICE_TIMEOUT_MS: '20000', ...env },
  });
  children.push(child);
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const lines = () =>
    output
      .split('\n')
      .filter(Boolean)
      .map((line): LogLine => JSON.parse(line));
  const count = async (text: string, times: number) => {
    while (output.split(text).length <= times) await once(child.stdout, 'data');
  };
  const logged = async (message: string): Promise<LogLine> => {
    await count(`"message":"${message}"`, 1);
    const line = output.split('\n').find((text) => text.includes(`"message":"${message}"`));
    return JSON.parse(line ?? '{}');
  };
  return {
    child,
    output: () => output,
    lines,
    logged,
    count,
    listening: async () => `http://127.0.0.1:${(await logged('Listening')).port}`,
    // 'close' comes after the last output, 'exit' may come before it.
    exitCode: once(child, 'close').then(([code]) => code as number | null),
  };
}

async function freePort(): Promise<string> {
  const server = await startFakeDieService(() => {});
  await server.stop();
  return new URL(server.url).port;
}

function request(url: string, agent: Agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, connection: response.headers.connection }),
      );
    }).on('error', reject);
  });
}
