import { posix } from 'node:path';
import { type GrafanaInstance, type Mount, placeOf } from '../model/grafana-instance.ts';
import type { Script } from './compose/service.ts';
import type { FileTree } from './file-tree.ts';
import { readText } from './tree-files.ts';
import { writtenPaths } from './written-paths.ts';

/** What fills a container's file system, from the bottom up. */
export interface ContainerParts {
  /** Why the image can hold files that the tree does not show; undefined when it holds none that matter. */
  readonly bringsFiles: string | undefined;
  readonly copies: readonly Mount[];
  readonly mounts: readonly Mount[];
  /** What is run when the container starts. */
  readonly script: Script;
}

/**
 * The view of a container's file system: what the image brings, what is copied into it, what its start may write, what
 * is mounted. A bind mount hides the copies below it; a new named volume is filled from them, so they stay.
 */
export function containerLayers(
  tree: FileTree,
  { bringsFiles, copies, mounts, script }: ContainerParts,
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
  const written = writtenPaths(scriptText(tree, script, [...known, ...still])).map((path) =>
    unknown(path, 'written when the container starts', script.at),
  );
  const all = [...known, ...still, ...written];
  const folders = all
    .filter(({ source }) => source.kind === 'unknown')
    .flatMap(({ target, at }) => aroundUnknown(all, target, at));
  return { mounts: byDepth([...folders, ...all]), shadowed };
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
function scriptText(tree: FileTree, { words }: Script, mounts: readonly Mount[]): string {
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
