import { setTimeout as sleep } from 'node:timers/promises';
import { asRecord } from '../load/record.ts';
import type { ProvisionedDatasource } from '../model/datasource.ts';
import { clockAhead, clockChecks } from './clocks.ts';
import { type GrafanaClient, type GrafanaDatasource, grafanaClient } from './grafana-client.ts';
import { type Ask, type HttpLimits, httpServer, type Server } from './http.ts';
import type { Check } from './result.ts';
import type { Address } from './secrets.ts';
import { type LiveDatasource, liveDatasource, type Stack, settlingMs } from './stack.ts';
import { Trouble } from './trouble.ts';

/** Where the stack is: Grafana, or the servers behind it by datasource type. */
export type Where =
  | { readonly kind: 'grafana'; readonly address: Address }
  | { readonly kind: 'direct'; readonly addresses: Readonly<Partial<Record<DirectType, Address>>> };

/** Datasource types that can be asked without Grafana. */
export type DirectType = 'prometheus' | 'loki' | 'tempo';

/** How long to wait for a server that is starting, and who is told. */
export interface Patience {
  /** Milliseconds. */
  readonly timeoutMs: number;
  readonly progress: (text: string) => void;
  readonly now: () => number;
}

const TITLES: { readonly [Type in DirectType]: string } = {
  prometheus: 'Prometheus',
  loki: 'Loki',
  tempo: 'Tempo',
};

/** Waits until the stack answers, and learns what datasources it has. Never throws: what fails is a check that failed. */
export async function connect(
  where: Where,
  provisioned: readonly ProvisionedDatasource[],
  limits: HttpLimits,
  patience: Patience,
): Promise<Stack> {
  return where.kind === 'grafana'
    ? connectGrafana(httpServer('Grafana', where.address, limits), provisioned, patience)
    : connectDirectly(where.addresses, provisioned, limits, patience);
}

async function connectGrafana(
  server: Server,
  provisioned: readonly ProvisionedDatasource[],
  patience: Patience,
): Promise<Stack> {
  const grafana = grafanaClient(server);
  const ready = await waitFor(server, () => grafana.health(), patience);
  const failed = (message: string): Stack => ({
    name: server.name,
    grafana,
    datasources: [],
    checks: [{ area: 'server', name: 'Grafana', verdict: 'failed', message }],
    isFresh: false,
  });
  if (ready.trouble !== undefined) return failed(ready.trouble);
  try {
    const found = await untilProvisioned(grafana, provisioned, ready.waited, patience);
    const datasources = await Promise.all(found.map((one) => behindGrafana(grafana, one, patience)));
    const message = `${server.name} is ${ready.value || 'of an unknown version'} and lets us in`;
    return {
      name: server.name.replace('Grafana', `Grafana ${ready.value}`.trim()),
      grafana,
      datasources,
      checks: [{ area: 'server', name: 'Grafana', verdict: 'ok', message }, ...clockChecks(datasources)],
      isFresh: ready.waited,
    };
  } catch (error) {
    return failed(oneLine(error));
  }
}

/** Grafana's datasources, once it has read the files, or has had the time to. */
async function untilProvisioned(
  grafana: GrafanaClient,
  provisioned: readonly ProvisionedDatasource[],
  isFresh: boolean,
  { timeoutMs, progress }: Patience,
): Promise<readonly GrafanaDatasource[]> {
  const end = performance.now() + settlingMs(isFresh, timeoutMs);
  for (;;) {
    const found = await grafana.datasources();
    const missing = provisioned.find((wanted) => !liveDatasource(found, wanted));
    const left = end - performance.now();
    if (!missing || left <= 0) return found;
    progress(`waiting for datasource ${missing.name}`);
    await sleep(Math.min(1000, left));
  }
}

async function behindGrafana(
  grafana: GrafanaClient,
  { uid, name, type, isDefault, jsonData }: GrafanaDatasource,
  patience: Patience,
): Promise<LiveDatasource> {
  const ask = grafana.behind(uid);
  // Whether it is healthy is asked with the datasources of the tree; here only its clock is of interest.
  const aheadMs =
    type === 'prometheus' ? await clockAhead(ask, patience.now).catch(() => undefined) : undefined;
  return { uid, name, type, isDefault, jsonData, ask, trouble: undefined, aheadMs };
}

async function connectDirectly(
  addresses: Readonly<Partial<Record<DirectType, Address>>>,
  provisioned: readonly ProvisionedDatasource[],
  limits: HttpLimits,
  patience: Patience,
): Promise<Stack> {
  const types = (Object.keys(TITLES) as DirectType[]).filter((type) => addresses[type]);
  const servers = await Promise.all(
    types.map(async (type) => {
      const server = httpServer(TITLES[type], addresses[type] as Address, limits);
      const ready = await waitFor(server, () => isReady(type, server.ask), patience);
      const aheadMs =
        type === 'prometheus' && ready.trouble === undefined
          ? await clockAhead(server.ask, patience.now).catch(() => undefined)
          : undefined;
      return { type, server, ready, aheadMs };
    }),
  );
  const datasources = servers.flatMap(({ type, server, ready, aheadMs }): LiveDatasource[] => {
    const common = { type, ask: server.ask, trouble: ready.trouble, aheadMs };
    const ofTree = provisioned.filter((datasource) => datasource.type === type);
    const stand = { uid: type, name: TITLES[type], isDefault: false, jsonData: {}, ...common };
    return ofTree.length === 0
      ? [stand]
      : ofTree.map(({ effectiveUid, name, isDefault, jsonData }) => ({
          ...common,
          uid: effectiveUid,
          name,
          isDefault,
          jsonData: asRecord(jsonData) ?? {},
        }));
  });
  return {
    name: servers.map(({ server }) => server.name).join(', '),
    grafana: undefined,
    datasources,
    checks: [
      ...servers.map(
        ({ type, server, ready }): Check => ({
          area: 'server',
          name: TITLES[type],
          verdict: ready.trouble === undefined ? 'ok' : 'failed',
          message: ready.trouble ?? `${server.name} answers`,
        }),
      ),
      ...clockChecks(datasources),
    ],
    isFresh: servers.some(({ ready }) => ready.waited),
  };
}

async function isReady(type: DirectType, ask: Ask): Promise<void> {
  switch (type) {
    case 'prometheus':
      await ask({ path: '/api/v1/query', form: { query: '1' }, isPatient: true });
      return;
    case 'loki':
      await ask({ path: '/loki/api/v1/labels', isPatient: true });
      return;
    case 'tempo':
      await ask({ path: '/api/echo', asText: true, isPatient: true });
      return;
    default:
      return type satisfies never;
  }
}

/** Asks until there is an answer, as long as the trouble is of a kind that passes while a server starts. */
async function waitFor<T>(
  server: Server,
  check: () => Promise<T>,
  { timeoutMs, progress }: Patience,
): Promise<{ value?: T; trouble?: string; waited: boolean }> {
  const end = performance.now() + timeoutMs;
  for (let waited = false; ; waited = true) {
    try {
      return { value: await check(), waited };
    } catch (error) {
      const left = end - performance.now();
      if (!isStarting(error) || left <= 0) return { trouble: oneLine(error), waited };
      progress(`waiting for ${server.name}, ${Math.ceil(left / 1000)} s left: ${oneLine(error)}`);
      await sleep(Math.min(1000, left));
    }
  }
}

function isStarting(error: unknown): boolean {
  if (!(error instanceof Trouble)) return false;
  return ['unreachable', 'interrupted'].includes(error.kind) || [502, 503, 504].includes(error.status ?? 0);
}

function oneLine(error: unknown): string {
  if (error instanceof Trouble) return error.message;
  throw error;
}
