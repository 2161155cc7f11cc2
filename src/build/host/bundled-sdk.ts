import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withGrafanaDefaults } from '../../definition/grafana-defaults.ts';
import { sha256 } from '../cache/observe.ts';
import { bundledParts } from './bundled-parts.ts';

/** What definitions are made of, beside panelproof. */
export const SDK = '@grafana/grafana-foundation-sdk';

type SdkPart = Readonly<Record<string, unknown>>;

const { version, folders, load } = bundledParts;

/**
 * The exports of a part of the SDK, by the real path of its `index.js`, from the copy that is bundled with panelproof,
 * with Grafana's defaults: loading its 200 files one by one takes longer than all else that a build of one definition
 * does. Undefined when the copy at that path is of another version or somebody has changed it.
 */
export function bundledSdk(path: string): SdkPart | undefined {
  if (!parts.has(path)) parts.set(path, bundledPart(path));
  return parts.get(path);
}

const parts = new Map<string, SdkPart | undefined>();

/** Lets `require` find that copy too: a class of it is the same, whoever extends or patches it. */
export function requireBundledSdk(): void {
  const { extensions } = createRequire(import.meta.url);
  const loadJavaScript = extensions['.js'];
  extensions['.js'] = (module, path) => {
    const sdk = bundledSdk(path);
    if (sdk) module.exports = sdk;
    else loadJavaScript(module, path);
  };
}

/** Whether a path is that of a part of some copy of the SDK. */
export function isSdkPart(path: string): boolean {
  const { root, part } = partAt(path);
  return part !== '' && versionOf(root) !== undefined;
}

function bundledPart(path: string): SdkPart | undefined {
  const { root, part } = partAt(path);
  if (!Object.hasOwn(load, part) || !isBundledVersion(root)) return undefined;
  const isBundled = [...importedFolders(part)].every((folder) => isAsBundled(root, folder));
  return isBundled ? withGrafanaDefaults(load[part]?.() ?? {}) : undefined;
}

/** The folder of a copy and the name of a part, by the path of its `index.js`; both `''` for other paths. */
function partAt(path: string): { root: string; part: string } {
  const [, root = '', part = ''] = /^(.*)[\\/]dist[\\/](\w+)[\\/]index\.js$/.exec(path) ?? [];
  return { root, part };
}

/** All folders that a part needs, its own included. */
function importedFolders(folder: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(folder)) return seen;
  seen.add(folder);
  for (const other of folders[folder]?.imports ?? []) importedFolders(other, seen);
  return seen;
}

const compared = new Map<string, boolean>();

function isAsBundled(root: string, folder: string): boolean {
  const at = join(root, 'dist', folder);
  const known = compared.get(at);
  if (known !== undefined) return known;
  const isSame = digestIn(at, folders[folder]?.files ?? []) === folders[folder]?.sha256;
  compared.set(at, isSame);
  return isSame;
}

function digestIn(folder: string, files: readonly string[]): string | undefined {
  try {
    return sha256(Buffer.concat(files.map((file) => readFileSync(join(folder, file)))));
  } catch {
    return undefined;
  }
}

const versions = new Map<string, unknown>();

/** Whether a copy of the SDK, by its folder, says that it is of the bundled version. */
export function isBundledVersion(root: string): boolean {
  return version !== undefined && versionOf(root) === version;
}

/** The version of a copy of the SDK by its folder; undefined when it is none. */
function versionOf(root: string): unknown {
  if (!versions.has(root)) versions.set(root, readVersion(join(root, 'package.json')));
  return versions.get(root);
}

function readVersion(manifest: string): unknown {
  try {
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return name === SDK ? version : undefined;
  } catch {
    return undefined;
  }
}
