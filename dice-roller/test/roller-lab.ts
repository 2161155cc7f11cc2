import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import type { Response } from 'light-my-request';
import { loadConfig, rollerVariables } from '../common/config.ts';
import type { DieSpecification } from '../common/die.ts';
import { createLogger } from '../common/logger.ts';
import { createTracing } from '../common/tracing.ts';
import { type Chance, fairChance } from '../roller/chance.ts';
import { createDiceRoller, type DiceRoller } from '../roller/dice-roller.ts';

/** One parsed log line. */
export type LogLine = Readonly<Record<string, unknown>>;

/** dice-roller in this process, not listening, with everything it lets out. */
export interface RollerLab {
  readonly roller: DiceRoller;
  /** Sends `GET path`. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  readonly logs: LogLine[];
  /** Spans that have ended. */
  spans(): readonly ReadableSpan[];
  /** The value of a series, as `/metrics` prints it, such as `a_total{b="c"}`; undefined when there is none. */
  metric(series: string): Promise<number | undefined>;
  /** The series that `/metrics` prints, without their values and without Node's own. */
  series(): Promise<readonly string[]>;
}

/** What a lab is made with; the rest is as in production, but rolls take no time. */
export interface LabSettings {
  readonly dieServiceUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly chance?: Partial<Chance>;
}

/** Rolls that take until a test lets them go. */
export interface HeldRolls {
  readonly chance: Pick<Chance, 'wait'>;
  /** How many are under way. */
  count(): number;
  letGo(): void;
}

/** Holds rolls by a promise instead of a time, for tests of what happens meanwhile. */
export function holdRolls(): HeldRolls {
  let [held, letGo] = [0, () => {}];
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const wait = async () => {
    held++;
    await released;
    held--;
  };
  return { chance: { wait }, count: () => held, letGo: () => letGo() };
}

/** Puts dice-roller together for a test. */
export function createRollerLab({ dieServiceUrl, env = {}, chance = {} }: LabSettings): RollerLab {
  const config = loadConfig(rollerVariables, {
    DIE_SERVICE_URL: dieServiceUrl,
    ROLL_MAX_DELAY_MS: '0',
    // A busy machine can take long over any answer.
    DIE_SERVICE_TIMEOUT_MS: '20000',
    ...env,
  });
  const logs: LogLine[] = [];
  const logger = createLogger('dice-roller', 'info', { write: (line) => void logs.push(JSON.parse(line)) });
  const exporter = new InMemorySpanExporter();
  const { tracer } = createTracing('dice-roller', [new SimpleSpanProcessor({ exporter })]);
  const roller = createDiceRoller({ config, logger, tracer, chance: { ...fairChance(), ...chance } });
  const get = (url: string, headers = {}) => roller.app.inject({ url, headers });
  const samples = async () => readSamples((await get('/metrics')).body);
  return {
    roller,
    get,
    logs,
    spans: () => exporter.getFinishedSpans(),
    metric: async (series) => (await samples()).get(series),
    series: async () => [...(await samples()).keys()].filter((name) => !/^(nodejs|process)_/.test(name)),
  };
}

/** A die-service that answers as a test wants. */
export interface FakeDieService {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server on a free port of loopback. */
export async function startFakeDieService(listener: RequestListener): Promise<FakeDieService> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers like die-service with the given dice. */
export function answerDice(dice: Readonly<Record<string, DieSpecification>>): RequestListener {
  return (request, response) => {
    const identifier = new URL(request.url ?? '', 'http://any').searchParams.get('identifier');
    const specification = identifier === null ? undefined : dice[identifier];
    const body =
      identifier === null
        ? { identifiers: Object.keys(dice) }
        : specification
          ? { identifier, specification }
          : { detail: 'not found' };
    const status = 'detail' in body ? 404 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** The dice of the tests: like those that ship, and one that always fails. */
export const testDice = {
  fair: { faces: [1, 2, 3, 4, 5, 6], error_rate: 0 },
  risky: { faces: [2, 3, 4, 5, 6, 7], error_rate: 0.1 },
  broken: { faces: [1], error_rate: 1 },
} as const satisfies Readonly<Record<string, DieSpecification>>;

/** Samples of a page in the text format by series. */
export function readSamples(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}
