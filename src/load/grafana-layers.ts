import { posix } from 'node:path';
import { type GrafanaInstance, type Mount, placeOf } from '../model/grafana-instance.ts';
import type { Script } from './compose/service.ts';
import type { FileTree } from './file-tree.ts';
import { readText } from './tree-files.ts';
import { editsFiles, writtenPaths } from './written-paths.ts';

/** What fills a container's file system, from the bottom up. */
export interface ContainerParts {
  /** Why the image can hold files that the tree does not show; undefined when it holds none that matter. */
  readonly bringsFiles: string | undefined;
  readonly copies: readonly Mount[];
  readonly mounts: readonly Mount[];
  /** What is run when the container starts. */
  readonly script: Script;
  /** Paths below the root of the tree that other containers edit when they start. */
  readonly edited?: readonly string[];
}

/**
 * The view of a container's file system: what the image brings, what is copied into it, what its start may write, what
 * is mounted. A bind mount hides the copies below it; a new named volume is filled from them, so they stay.
 */
export function containerLayers(
  tree: FileTree,
  { bringsFiles, copies, mounts, script, edited = [] }: ContainerParts,
): Pick<GrafanaInstance, 'mounts' | 'shadowed'> {
  const hides = (copy: Mount) =>
    mounts.some(
      ({ target, source }) =>
        source.kind !== 'volume' &&
        target !== '/' &&
        (copy.target === target || copy.target.startsWith(`${target}/`)),
    );
  const shadowed = copies.filter(hides);
  const image: Mount[] = bringsFiles === undefined ? [] : [unknown('/', bringsFiles, undefined)];
  const known = [
    ...image,
    ...copies.filter((copy) => !hides(copy)),
    ...mounts.filter(({ target }) => target === '/'),
  ];
  const still = mounts.filter(({ target }) => target !== '/');
  const text = scriptText(tree, script, [...known, ...still]);
  const paths = writtenPaths(text);
  // What edits the files of a folder goes into what is mounted below it, too.
  const below = editsFiles(text)
    ? still.map(({ target }) => target).filter((target) => paths.some((path) => isBelow(target, path)))
    : [];
  const written = [...paths, ...below].map((path) =>
    unknown(path, 'written when the container starts', script.at),
  );
  const elsewhere = still.flatMap((mount) => editedIn(mount, edited));
  const all = [...known, ...still, ...written, ...elsewhere];
  const folders = all
    .filter(({ source }) => source.kind === 'unknown')
    .flatMap(({ target, at }) => aroundUnknown(all, target, at));
  return { mounts: byDepth([...folders, ...all]), shadowed };
}

/** Paths below the root of the tree that a container edits when it starts. */
export function editedInTree(tree: FileTree, script: Script, mounts: readonly Mount[]): string[] {
  const text = scriptText(tree, script, mounts);
  if (!editsFiles(text)) return [];
  return writtenPaths(text).flatMap((path) => {
    const place = placeOf({ mounts }, path);
    return place.kind === 'tree' ? [place.path] : [];
  });
}

/** Where in a mount those paths lie. */
function editedIn({ target, source, at }: Mount, edited: readonly string[]): Mount[] {
  if (source.kind !== 'bind') return [];
  const { path } = source;
  const why = 'edited by another container';
  return edited.flatMap((place) => {
    if (place === path || isBelow(path, place)) return [unknown(target, why, at)];
    return isBelow(place, path) ? [unknown(posix.join(target, posix.relative(path, place)), why, at)] : [];
  });
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** Mounts with the most specific target last; of equal targets the later one stays later. */
export function byDepth(mounts: readonly Mount[]): Mount[] {
  const depth = ({ target }: Mount) => (target === '/' ? 0 : target.split('/').length);
  return [...mounts].sort((a, b) => depth(a) - depth(b));
}

/** A file that comes from elsewhere shows that its folder exists, and that it may hold more. */
function aroundUnknown(mounts: readonly Mount[], target: string, at: Mount['at']): Mount[] {
  const folder = posix.dirname(target);
  const isFile = /\.\w+$/.test(posix.basename(target));
  if (!isFile || placeOf({ mounts }, folder).kind !== 'unmounted') return [];
  return [unknown(folder, 'filled when the image is built or the container starts', at)];
}

/** The words of the start command, and the scripts of the tree that they name. */
export function scriptText(
  tree: FileTree,
  { words }: Pick<Script, 'words'>,
  mounts: readonly Mount[],
): string {
  const scripts = words
    .flatMap((word) => word.match(/\/[\w./-]+/g) ?? [])
    .map((path) => placeOf({ mounts }, path))
    .map((place) => {
      if (place.kind === 'inline') return place.text;
      return place.kind === 'tree' ? (readText(tree, place.path) ?? '') : '';
    });
  return [words.join(' '), ...scripts].join('\n');
}

function unknown(target: string, why: string, at: Mount['at']): Mount {
  return { target, source: { kind: 'unknown', why }, at };
}
