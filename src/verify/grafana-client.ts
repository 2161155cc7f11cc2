import { asList, asRecord, asText } from '../load/record.ts';
import type { Ask, Server } from './http.ts';
import { Trouble } from './trouble.ts';

/** What is asked of Grafana's HTTP API. Reads only: the one POST is a query. */
export interface GrafanaClient {
  readonly name: string;
  /** Its version. @throws Trouble while it is not ready */
  health(): Promise<string>;
  datasources(): Promise<readonly GrafanaDatasource[]>;
  /** Undefined when it has none with this uid. */
  dashboard(uid: string): Promise<GrafanaDashboard | undefined>;
  /** What the datasource's plugin says of its own connection; undefined where this version or plugin cannot tell. */
  datasourceHealth(uid: string): Promise<{ readonly ok: boolean; readonly message: string } | undefined>;
  /** The results by refId, those that failed too; `behind` is the uid of the datasource. */
  query(body: QueryBody, behind: string): Promise<Readonly<Record<string, QueryResult>>>;
  /** The API behind a datasource. */
  behind(uid: string): Ask;
}

/** A datasource as Grafana has it. */
export interface GrafanaDatasource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly isDefault: boolean;
  readonly jsonData: Readonly<Record<string, unknown>>;
}

/** A dashboard as Grafana has it. */
export interface GrafanaDashboard {
  /** Title of its folder; `General` for none. */
  readonly folder: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** Body of `/api/ds/query`: times in milliseconds since 1970, as the browser sends them. */
export interface QueryBody {
  readonly from: string;
  readonly to: string;
  readonly queries: readonly Readonly<Record<string, unknown>>[];
}

/** One result of `/api/ds/query`. */
export interface QueryResult {
  readonly error: string | undefined;
  readonly frames: readonly unknown[];
}

/** Milliseconds: it has nothing to compute for this. */
const HEALTH_LIMIT = 5000;

/** Asks one Grafana, 9 and newer. */
export function grafanaClient({ name, ask }: Server): GrafanaClient {
  return {
    name,
    async health() {
      const answer = asRecord(await ask({ path: '/api/health', timeoutMs: HEALTH_LIMIT, isPatient: true }));
      if (typeof answer?.version !== 'string' && answer?.database !== 'ok')
        throw new Trouble('not-json', `${name} answers /api/health, but not as a Grafana does`);
      return asText(answer.version) ?? '';
    },
    async datasources() {
      return asList(await ask({ path: '/api/datasources' })).map(readDatasource);
    },
    async dashboard(uid) {
      const path = `/api/dashboards/uid/${encodeURIComponent(uid)}`;
      const answer = asRecord(await orUndefined(ask({ path }), 404));
      if (!answer) return undefined;
      const meta = asRecord(answer.meta);
      // The root has no uid in some versions, `general` in others, and different titles.
      const isRoot = ['', 'general'].includes(asText(meta?.folderUid) ?? '');
      const folder = isRoot ? 'General' : (asText(meta?.folderTitle) ?? '');
      return { folder, json: asRecord(answer.dashboard) ?? {} };
    },
    async datasourceHealth(uid) {
      try {
        const answer = await ask({
          path: `/api/datasources/uid/${encodeURIComponent(uid)}/health`,
          behind: uid,
        });
        return { ok: true, message: asText(asRecord(answer)?.message) ?? '' };
      } catch (error) {
        if (!(error instanceof Trouble) || error.status === undefined) throw error;
        if (error.status === 404) return undefined;
        const says = asRecord(error.json);
        if (says?.status !== 'ERROR') throw error;
        return { ok: false, message: asText(says.message) ?? '' };
      }
    },
    async query(body, behind) {
      const answer = await ask({ path: '/api/ds/query', json: body, behind }).catch((error: unknown) => {
        // One failed query makes the whole answer a 400 (or 207); the results are in it all the same.
        if (error instanceof Trouble && asRecord(asRecord(error.json)?.results)) return error.json;
        throw error;
      });
      const results = asRecord(asRecord(answer)?.results);
      if (!results) throw new Trouble('not-json', `${name} answered a query without results`);
      return Object.fromEntries(
        Object.entries(results).map(([refId, result]) => [refId, readResult(result)]),
      );
    },
    behind: (uid) => behind(ask, uid),
  };
}

/** Through the proxy; some builds answer 404 there and only have the plugin's own resources, so those are second. */
function behind(ask: Ask, uid: string): Ask {
  const proxy = `/api/datasources/proxy/uid/${encodeURIComponent(uid)}`;
  const resources = `/api/datasources/uid/${encodeURIComponent(uid)}/resources`;
  return async ({ form, query, ...request }) => {
    // As GET: the proxy lets viewers do nothing else, and nothing can be changed by it.
    const whole = { ...request, query: { ...form, ...query }, behind: uid };
    try {
      return await ask({ ...whole, path: proxy + request.path });
    } catch (error) {
      const isGrafanas = error instanceof Trouble && error.status === 404 && asRecord(error.json)?.message;
      if (!isGrafanas) throw error;
      return ask({ ...whole, path: resources + request.path });
    }
  };
}

async function orUndefined(answer: Promise<unknown>, status: number): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Trouble && error.status === status) return undefined;
    throw error;
  }
}

function readDatasource(value: unknown): GrafanaDatasource {
  const json = asRecord(value) ?? {};
  return {
    uid: asText(json.uid) ?? '',
    name: asText(json.name) ?? '',
    type: asText(json.type) ?? '',
    url: asText(json.url) ?? '',
    isDefault: json.isDefault === true,
    jsonData: asRecord(json.jsonData) ?? {},
  };
}

function readResult(value: unknown): QueryResult {
  const json = asRecord(value);
  return { error: asText(json?.error) || undefined, frames: asList(json?.frames) };
}
