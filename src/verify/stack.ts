import type { ProvisionedDatasource } from '../model/datasource.ts';
import type { GrafanaClient } from './grafana-client.ts';
import type { Ask } from './http.ts';
import type { Check } from './result.ts';

/** A running stack: how its datasources are asked. */
export interface Stack {
  /** For people: `Grafana 12.2.0 at http://…`. */
  readonly name: string;
  /** Undefined when the datasources are asked directly. */
  readonly grafana: GrafanaClient | undefined;
  readonly datasources: readonly LiveDatasource[];
  /** What was learned while connecting. */
  readonly checks: readonly Check[];
  /** It was not there at first, so what is missing may still come. */
  readonly isFresh: boolean;
}

/** A datasource of a running stack. */
export interface LiveDatasource {
  readonly uid: string;
  readonly name: string;
  /** Plugin id, such as `prometheus`. */
  readonly type: string;
  readonly isDefault: boolean;
  readonly jsonData: Readonly<Record<string, unknown>>;
  /** Its own API. */
  readonly ask: Ask;
  /** Why it cannot be asked; its queries are then not sent. */
  readonly trouble: string | undefined;
  /** Milliseconds that this machine's clock is ahead of the server's; undefined when it did not say. */
  readonly aheadMs: number | undefined;
}

/** Grafana answers before it has read the last file; this much later it has, even when it was up before us. */
const SETTLED_MS = 5000;

/** Milliseconds that something provisioned may still be missing, of the time that there is for the stack to be ready. */
export function settlingMs(isFresh: boolean, timeoutMs: number): number {
  return isFresh ? timeoutMs : Math.min(SETTLED_MS, timeoutMs);
}

/** What stands behind a datasource of the tree: by uid, then by name. */
export function liveDatasource<Live extends Pick<LiveDatasource, 'uid' | 'name'>>(
  datasources: readonly Live[],
  wanted: Pick<ProvisionedDatasource, 'effectiveUid' | 'name'>,
): Live | undefined {
  return (
    datasources.find(({ uid }) => uid === wanted.effectiveUid) ??
    datasources.find(({ name }) => name === wanted.name)
  );
}
