import { readFileSync } from 'node:fs';
import { diskTree, type FileTree } from '../../load/file-tree.ts';
import type { OutputState } from '../build-result.ts';
import { type BuildRecord, readRecord } from './build-record.ts';
import { keepLook, lookAt, looksUnchanged, type UnchangedBuild } from './last-look.ts';
import { isAsObserved, type Observations, sha256 } from './observe.ts';

/**
 * Whether everything that the last build read and wrote is as it was: then another one would do nothing, and this is
 * what it would say. Loads no compiler, no SDK and no parser. Undefined when the build has to run.
 *
 * @param now milliseconds since 1970
 */
export function unchangedBuild(
  folder: string,
  provisioning: string,
  now: number = Date.now(),
): UnchangedBuild | undefined {
  return looksUnchanged(folder, provisioning) ?? readsUnchanged(folder, provisioning, now);
}

/** The same by the contents of all files; the next time a look at them will do. */
export function readsUnchanged(
  folder: string,
  provisioning: string,
  now: number = Date.now(),
): UnchangedBuild | undefined {
  const tree = treeAt(folder);
  const record = tree && readRecord(tree.root, provisioning);
  if (!record) return undefined;
  const { root, modules, seen, printed } = record;
  const looks = Array.from(pathsOf(tree, record), (path) => [path, lookAt(path)] as const);
  for (const output of record.outputs)
    if (digestAt(`${root}/${output.path}`) !== output.sha256) return undefined;
  for (const path in modules) if (digestAt(path) !== modules[path]) return undefined;
  if (!isAsObserved(tree, seen)) return undefined;
  const outputs = record.outputs.flatMap(({ path, definition }): OutputState[] =>
    definition === undefined ? [] : [{ path, definition, state: 'unchanged' }],
  );
  keepLook({ root, provisioning, looks, unchanged: { outputs, printed } }, now);
  return { outputs, printed };
}

/** SHA-256 of a file by absolute path, or `missing`. */
export function digestAt(path: string): string {
  try {
    return sha256(readFileSync(path));
  } catch {
    return 'missing';
  }
}

function treeAt(folder: string): FileTree | undefined {
  try {
    return diskTree(folder);
  } catch {
    return undefined;
  }
}

/** Absolute paths of all that decides whether a build is unchanged. */
function pathsOf(tree: FileTree, { root, outputs, modules, seen }: BuildRecord): Iterable<string> {
  const inTree = [...outputs.map(({ path }) => path), ...observedPaths(tree, seen)];
  return new Set([
    ...Object.keys(modules),
    ...inTree.map((path) => (path === '' ? root : `${root}/${path}`)),
  ]);
}

function observedPaths(tree: FileTree, { files, kinds, lists }: Observations): string[] {
  // What a link leads to changes without the folder that it stands in.
  const links = Object.keys(lists).flatMap((folder) =>
    tree
      .list(folder)
      .flatMap(({ name, isLink }) => (isLink ? [folder === '' ? name : `${folder}/${name}`] : [])),
  );
  return [files, kinds, lists].flatMap((record) => Object.keys(record)).concat(links);
}
