import { type GrafanaVersion, isAtLeast } from '../model/grafana-version.ts';
import type { DashboardProvider } from '../model/provider.ts';
import type { PropertyPath, SyntaxErrorAt } from '../model/source-file.ts';
import type { WalkedFile } from '../model/workspace.ts';

/**
 * The first thing for which Grafana does not show a walked file as it is meant. `loads` tells whether a dashboard of
 * the file's outer title is made all the same (an empty one).
 */
export type FileFault =
  | { readonly kind: 'not-json'; readonly error: SyntaxErrorAt; readonly loads: false }
  /** `{"dashboard": …}` of the HTTP API, or `{"spec": …}` without the rest of a resource. */
  | { readonly kind: 'wrapped'; readonly key: 'dashboard' | 'spec'; readonly loads: boolean }
  /** A Kubernetes resource, which this version does not take; `generation` is 1 or 2. */
  | { readonly kind: 'resource'; readonly generation: 1 | 2; readonly loads: boolean }
  /** The inside of a v2 resource (`elements`, `layout`) on its own. */
  | { readonly kind: 'v2-spec'; readonly loads: boolean }
  | { readonly kind: 'foreign-folder'; readonly folderUid: string; readonly loads: false }
  | { readonly kind: 'no-title'; readonly loads: false }
  | { readonly kind: 'uid-illegal'; readonly character: string; readonly loads: false }
  | { readonly kind: 'uid-too-long'; readonly loads: false }
  /** Refused up to Grafana 10: a dashboard and its folder share a title. */
  | { readonly kind: 'title-is-folder'; readonly loads: false };

/** Longest uid that Grafana takes. */
export const MAX_UID_LENGTH = 40;

/** What Grafana of a version has against a file that one of its providers walks; undefined when it is well. */
export function fileFault(
  walked: WalkedFile,
  provider: DashboardProvider,
  version: GrafanaVersion,
): FileFault | undefined {
  const { file, folder } = walked;
  const [error] = file.syntaxErrors;
  if (error) return { kind: 'not-json', error, loads: false };
  const json = record(file.value);
  if (!json) return { kind: 'no-title', loads: false };
  const title = typeof json.title === 'string' ? json.title.trim() : '';
  const shape = shapeFault(json, title, provider, version);
  if (shape !== 'none') return shape;
  if (title === '') return { kind: 'no-title', loads: false };
  // Grafana trims it first.
  const uid = typeof json.uid === 'string' ? json.uid.trim() : '';
  const character = /[^A-Za-z0-9_-]/u.exec(uid)?.[0];
  if (character !== undefined) return { kind: 'uid-illegal', character, loads: false };
  if (uid.length > MAX_UID_LENGTH) return { kind: 'uid-too-long', loads: false };
  if (title === folder && !isAtLeast(version, '11.0')) return { kind: 'title-is-folder', loads: false };
  return undefined;
}

/** Who a dashboard is to Grafana, and where its file says so. */
export interface DashboardIdentity {
  /** Undefined when Grafana makes up a random one. */
  readonly uid: string | undefined;
  readonly title: string;
  readonly uidPath: PropertyPath;
  readonly titlePath: PropertyPath;
}

/** The identity that a walked file without fault gives its dashboard; a resource has it in other places. */
export function identityOf({ file }: WalkedFile): DashboardIdentity {
  const json = record(file.value) ?? {};
  const title = textOf(json.title);
  if (title !== '' || !isResource(json))
    return { uid: textOf(json.uid) || undefined, title, uidPath: ['uid'], titlePath: ['title'] };
  return {
    uid: textOf(record(json.metadata)?.name) || undefined,
    title: textOf(record(json.spec)?.title),
    uidPath: ['metadata', 'name'],
    titlePath: ['spec', 'title'],
  };
}

function shapeFault(
  json: Json,
  title: string,
  provider: DashboardProvider,
  version: GrafanaVersion,
): FileFault | undefined | 'none' {
  const loads = title !== '';
  if (isResource(json)) return resourceFault(json, loads, provider, version);
  if (record(json.elements) && record(json.layout) && !Array.isArray(json.panels))
    return { kind: 'v2-spec', loads: loads && !isAtLeast(version, '13.0') };
  for (const key of ['dashboard', 'spec'] as const) {
    const inner = record(json[key]);
    // A dashboard of its own may have such a key beside its panels.
    if (inner && (!loads || (looksLikeDashboard(inner) && !Array.isArray(json.panels))))
      return { kind: 'wrapped', key, loads };
  }
  return 'none';
}

/**
 * Resources are read from Grafana 13 on (v2 ones from 13.0.1); 12.4 has part of it, which is not known exactly, so
 * nothing is said of it.
 */
function resourceFault(
  json: Json,
  loads: boolean,
  provider: DashboardProvider,
  version: GrafanaVersion,
): FileFault | undefined {
  const generation = /\/v2/.test(textOf(json.apiVersion)) ? 2 : 1;
  if (!isAtLeast(version, '12.4')) return { kind: 'resource', generation, loads };
  if (!isAtLeast(version, '13.0')) return undefined;
  const isFirst = version.major === 13 && version.minor === 0 && version.patch === 0;
  if (generation === 2 && isFirst) return { kind: 'resource', generation, loads: false };
  const folderUid = record(record(json.metadata)?.annotations)?.['grafana.app/folder'];
  return typeof folderUid === 'string' && folderUid !== (provider.folderUid ?? '')
    ? { kind: 'foreign-folder', folderUid, loads: false }
    : undefined;
}

type Json = Readonly<Record<string, unknown>>;

function isResource(json: Json): boolean {
  return (
    textOf(json.apiVersion).startsWith('dashboard.grafana.app/') &&
    json.kind === 'Dashboard' &&
    record(json.spec) !== undefined
  );
}

function looksLikeDashboard(json: Json): boolean {
  return typeof json.title === 'string' || Array.isArray(json.panels);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function record(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
