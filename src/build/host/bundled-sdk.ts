import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundledParts } from './bundled-parts.ts';

const { version, folders, load } = bundledParts;

/**
 * The exports of a part of the SDK (by the real path of its `index.js`) from the copy that is bundled with panelproof:
 * loading its 200 files one by one takes longer than all else that a build of one definition does. Undefined when the
 * copy at that path is of another version or somebody has changed it, which the sizes of its files tell.
 */
export function bundledSdk(path: string): object | undefined {
  const { root, part } = partAt(path);
  if (!Object.hasOwn(load, part) || versionOf(root) !== version) return undefined;
  return [...importedFolders(part)].every((folder) => isAsBundled(root, folder)) ? load[part]?.() : undefined;
}

/** Whether a path is that of a part of some copy of the SDK. */
export function isSdkPart(path: string): boolean {
  const { root, part } = partAt(path);
  return part !== '' && versionOf(root) !== undefined;
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
  const isSame = Object.entries(folders[folder]?.files ?? {}).every(
    ([name, size]) => statSync(join(at, name), { throwIfNoEntry: false })?.size === size,
  );
  compared.set(at, isSame);
  return isSame;
}

const versions = new Map<string, unknown>();

/** The version of a copy of the SDK by its folder; undefined when it is none. */
function versionOf(root: string): unknown {
  if (!versions.has(root)) versions.set(root, readVersion(join(root, 'package.json')));
  return versions.get(root);
}

function readVersion(manifest: string): unknown {
  try {
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    return name === '@grafana/grafana-foundation-sdk' ? version : undefined;
  } catch {
    return undefined;
  }
}
