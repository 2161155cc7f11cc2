import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readCatalogue } from '../load/catalogues.ts';
import { pathError, UsageError } from '../model/usage-error.ts';
import { type CatalogueChange, catalogueChanges } from './catalogue-changes.ts';
import { printCatalogue } from './print-catalogue.ts';
import { readPage } from './read-page.ts';
import { fetchText, readServer } from './read-server.ts';
import { type OmittedMetric, type PulledCatalogue, type Seen, toCatalogue } from './to-catalogue.ts';

/** Where metrics are read from, and what they are compared with. */
export interface PullOptions {
  /** A page of metrics (a file or a URL) or the URL of a Prometheus server. */
  readonly source: string;
  /**
   * Names of scrape jobs. For a page: the job that scrapes it, default the host of the URL or the file's name without
   * its ending. For a server: the only jobs that are read, default all.
   */
  readonly jobs?: readonly string[];
  /** Path of a catalogue's module to compare with (`--check`). */
  readonly check?: string;
  /** Claim that the source shows all that its jobs ever export, so that any other name is a mistake; default false. */
  readonly complete?: boolean;
  /** Milliseconds for each request; default 30,000. */
  readonly timeout?: number;
}

/** What was read. */
export interface PullResult extends PulledCatalogue {
  /** The catalogue as the text of a module. */
  readonly text: string;
  readonly omitted: readonly OmittedMetric[];
  /** How the live service differs from the catalogue to compare with; undefined when none was given. */
  readonly changes: readonly CatalogueChange[] | undefined;
}

/**
 * Reads the metrics of a live service into a catalogue, and compares it with one that exists.
 *
 * @throws UsageError for a source that cannot be read or is neither a page nor a server, and for a catalogue that
 *   cannot be read
 */
export async function metricsPull(options: PullOptions): Promise<PullResult> {
  const { source, check } = options;
  const before = check === undefined ? undefined : await catalogueIn(check);
  const { seen, job } = await see(options, before && Object.keys(before.jobs));
  const pulled = toCatalogue(seen, job, options.complete ?? false);
  return {
    ...pulled,
    text: printCatalogue(pulled.catalogue, withoutSecrets(source)),
    changes: before && catalogueChanges(before, pulled, seen.families),
  };
}

async function catalogueIn(file: string) {
  const catalogue = readCatalogue(await textOf(file));
  if (catalogue) return catalogue;
  throw new UsageError(
    `${file}: expected a metric catalogue: \`export const catalogue = { catalogueVersion: 1, … }\``,
  );
}

/** Reads a page or a server, whichever the source is. */
async function see(
  { source, jobs, timeout = 30_000 }: PullOptions,
  known: readonly string[] | undefined,
): Promise<{ seen: Seen; job: string }> {
  // A page that belongs to a catalogue of one job is that job's.
  const pageJob = jobs?.[0] ?? (known?.length === 1 ? known[0] : undefined) ?? defaultJob(source);
  const page = (text: string) => ({
    seen: { ...readPage(text, source), targetLabels: undefined },
    job: pageJob,
  });
  if (!/^https?:\/\//.test(source)) return page(await textOf(source));
  const isPage = /\/metrics\/?$/.test(new URL(source).pathname) || !(await isServer(source, timeout));
  if (isPage) return page(await fetchText(source, timeout));
  return { seen: await readServer(source, { timeout, ...(jobs ? { jobs } : {}) }), job: pageJob };
}

async function isServer(url: string, timeout: number): Promise<boolean> {
  try {
    return (
      JSON.parse(await fetchText(`${url.replace(/\/+$/, '')}/api/v1/labels`, timeout)).status === 'success'
    );
  } catch {
    return false;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw pathError('read', file, error);
  }
}

function defaultJob(source: string): string {
  return /^https?:/.test(source) ? new URL(source).hostname : basename(source).replace(/\.\w+$/, '');
}

/** A URL's user and password do not belong in a file. */
function withoutSecrets(source: string): string {
  return source.replace(/^(https?:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '');
}
