import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { pathError, UsageError } from '../model/usage-error.ts';
import type { ImportInput } from './draft.ts';

/** Largest text that is taken for a dashboard. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The texts of files and of all `.json` files in folders.
 *
 * @throws UsageError when a path cannot be read, or a folder has none
 */
export function readInputs(root: string, paths: readonly string[]): readonly ImportInput[] {
  return paths.flatMap((path) => {
    const stat = statOf(path);
    if (!stat.isDirectory()) return [readInput(root, path, stat.size)];
    const names = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() && entry.name.endsWith('.json') && !entry.parentPath.includes('node_modules'),
      )
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    if (names.length === 0) throw new UsageError(`no .json files in ${path}`);
    return names.map((name) => readInput(root, name, statOf(name).size));
  });
}

/**
 * The dashboard of a running Grafana, as its HTTP API gives it. The token comes from `GRAFANA_TOKEN`; user and password
 * may stand in the URL.
 *
 * @throws UsageError when it cannot be had; the message says what the server answered
 */
export async function fetchInput(url: string, uid: string, token: string | undefined): Promise<ImportInput> {
  let base: URL;
  try {
    base = new URL(url);
  } catch {
    throw new UsageError(`--grafana ${url} is no URL, such as http://localhost:3000`);
  }
  const headers: Record<string, string> = { accept: 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  else if (base.username)
    headers.authorization = `Basic ${Buffer.from(`${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`).toString('base64')}`;
  base.username = '';
  base.password = '';
  const at = `${base.href.replace(/\/$/, '')}/api/dashboards/uid/${encodeURIComponent(uid)}`;
  try {
    const response = await fetch(at, { headers, signal: AbortSignal.timeout(30_000) });
    if (!response.ok) throw new UsageError(`${at} answers ${response.status} ${response.statusText}`);
    return { name: at, text: await response.text() };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { message, cause } = error as Error;
    throw new UsageError(`cannot ask ${at}: ${cause instanceof Error ? cause.message : message}`);
  }
}

function readInput(root: string, path: string, size: number): ImportInput {
  if (size > MAX_BYTES) throw new UsageError(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MB`);
  const below = relative(resolve(root), resolve(path)).split(sep).join('/');
  return { name: path, text: readFileSync(path, 'utf8'), file: below.startsWith('../') ? undefined : below };
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw pathError('read', path, error);
  }
}
