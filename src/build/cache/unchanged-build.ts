import { readFileSync } from 'node:fs';
import { diskTree, type FileTree } from '../../load/file-tree.ts';
import { type BuildRecord, readRecord } from './build-record.ts';
import { figuresOf, keepLook, looksUnchanged, type UnchangedBuild, unchangedAt } from './last-look.ts';
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
  const look = lookOf(tree, record);
  const figures = figuresOf(look);
  for (const output of record.outputs)
    if (digestAt(`${root}/${output.path}`) !== output.sha256) return undefined;
  for (const path in modules) if (digestAt(path) !== modules[path]) return undefined;
  if (!isAsObserved(tree, seen)) return undefined;
  const seenNow = { ...look, provisioning, printed };
  keepLook(seenNow, figures, now);
  return unchangedAt(seenNow);
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

/** Paths of all that decides whether a build is unchanged, the outputs of definitions apart. */
function lookOf(tree: FileTree, { root, outputs, modules, seen }: BuildRecord) {
  const own = outputs.flatMap(({ path, definition }) =>
    definition === undefined ? [] : [[path, definition] as const],
  );
  const lock = outputs.filter(({ definition }) => definition === undefined).map(({ path }) => path);
  const inTree = [...lock, ...observedPaths(tree, seen)].map((path) =>
    path === '' ? root : `${root}/${path}`,
  );
  return { root, outputs: own, others: [...new Set([...Object.keys(modules), ...inTree])] };
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
