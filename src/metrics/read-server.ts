import { UsageError } from '../model/usage-error.ts';
import {
  type Described,
  gatherFamilies,
  type Sample,
  WRITTEN_TYPES,
  withoutSeries,
} from './metric-family.ts';
import type { Seen } from './to-catalogue.ts';

/** Which series of a server are read. */
export interface ServerOptions {
  /** Only these jobs; default: all that the server has. */
  readonly jobs?: readonly string[];
  /** Milliseconds for each request; default 30,000. */
  readonly timeout?: number;
}

/** Names that the server makes itself for each job. */
const OF_THE_SERVER = /^(?:up|scrape_\w+|ALERTS|ALERTS_FOR_STATE)$|:|_created$/;

/**
 * Reads the metrics that a Prometheus server holds by its API: names and labels from `/api/v1/series` of the last
 * hour, types and help from `/api/v1/metadata`.
 *
 * @throws UsageError when it does not answer as Prometheus does
 */
export async function readServer(url: string, options: ServerOptions = {}): Promise<Seen> {
  const api = `${url.replace(/\/+$/, '')}/api/v1`;
  const timeout = options.timeout ?? 30_000;
  const present = await strings(`${api}/label/job/values`, timeout);
  const missing = (options.jobs ?? []).filter((job) => !present.includes(job));
  if (missing.length > 0)
    throw new UsageError(
      `${url}: expected job ${missing.join(', ')}, the server has ${present.join(', ') || 'none'}`,
    );
  const described = describedBy(await data(`${api}/metadata`, timeout));
  const samples: Sample[] = [];
  const start = Math.floor(Date.now() / 1000) - 3600;
  for (const job of options.jobs ?? present) {
    const matcher = encodeURIComponent(`{job=${JSON.stringify(job)}}`);
    const series = await data(`${api}/series?match[]=${matcher}&start=${start}`, timeout);
    if (Array.isArray(series)) samples.push(...series.flatMap(sampleOf));
  }
  const families = gatherFamilies(
    samples.filter(({ name }) => !OF_THE_SERVER.test(name)),
    described,
    true,
  );
  return { families, withoutSeries: withoutSeries(described, families), targetLabels: targetLabels(samples) };
}

/** The series `up` has the labels of its target and no others. */
function targetLabels(samples: readonly Sample[]): Seen['targetLabels'] {
  const labels = new Map<string, Record<string, string[]>>();
  for (const { name, labels: found } of samples) {
    const { __name__: _, job, instance: __, ...added } = found;
    if (name !== 'up' || job === undefined) continue;
    const ofJob = labels.get(job) ?? {};
    labels.set(job, ofJob);
    for (const [label, value] of Object.entries(added))
      ofJob[label] = [...new Set([...(ofJob[label] ?? []), value])].sort();
  }
  return labels;
}

async function strings(url: string, timeout: number): Promise<string[]> {
  const value = await data(url, timeout);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string').sort() : [];
}

/** The `data` of one answer. */
async function data(url: string, timeout: number): Promise<unknown> {
  const answer = await fetchText(url, timeout);
  let body: unknown;
  try {
    body = JSON.parse(answer);
  } catch {
    throw new UsageError(
      `${url}: expected JSON from Prometheus' API, found ${JSON.stringify(answer.slice(0, 40))}`,
    );
  }
  const {
    status,
    data: value,
    error,
  } = (body ?? {}) as { status?: unknown; data?: unknown; error?: unknown };
  if (status !== 'success')
    throw new UsageError(`${url}: the server says ${JSON.stringify(error ?? status)}`);
  return value;
}

/**
 * The text at a URL.
 *
 * @throws UsageError when nobody answers or the answer is not 2xx
 */
export async function fetchText(url: string, timeout: number): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      signal: AbortSignal.timeout(timeout),
      headers: { accept: 'application/json, application/openmetrics-text;q=0.9, text/plain;q=0.5' },
    });
    if (response.ok) return await response.text();
  } catch (error) {
    const { cause, message } = error as Error;
    throw new UsageError(`${url}: no answer, ${cause instanceof Error ? cause.message : message}`);
  }
  throw new UsageError(
    `${url}: expected an answer with status 200, found ${response.status} ${response.statusText}`,
  );
}

function describedBy(metadata: unknown): Map<string, Described> {
  return new Map(
    Object.entries((metadata ?? {}) as Record<string, unknown>).flatMap(
      ([name, entries]): [string, Described][] => {
        const [first] = Array.isArray(entries) ? (entries as Record<string, unknown>[]) : [];
        if (!first) return [];
        const text = (value: unknown) => (typeof value === 'string' ? value : '');
        return [
          [
            name,
            {
              type: WRITTEN_TYPES[text(first.type)],
              help: text(first.help),
              unit: text(first.unit) || undefined,
            },
          ],
        ];
      },
    ),
  );
}

function sampleOf(series: unknown): Sample[] {
  const labels = series as Readonly<Record<string, string>>;
  const name = labels?.__name__;
  return name === undefined ? [] : [{ name, labels }];
}
