import { type GrafanaInstance, type Mount, placeOf } from '../model/grafana-instance.ts';
import { builtImage } from './dockerfile.ts';
import type { FileTree } from './file-tree.ts';
import { grafanaImage } from './grafana-image.ts';
import { containerLayers } from './grafana-layers.ts';
import { imageEnvironment } from './grafana-service.ts';
import { grafanaSettings } from './grafana-settings.ts';
import { readText } from './tree-files.ts';
import { folderOf } from './tree-path.ts';

const DOCKERFILE = /(^|\/)((Dockerfile|Containerfile)([.-][^/]*)?|[^/]*\.(Dockerfile|Containerfile))$/i;

/**
 * The Dockerfiles of a tree whose image is a Grafana. How it is started is not shown, so a folder of provisioning that
 * nothing is copied to may be mounted, and variables may be set.
 */
export function grafanaDockerfiles(tree: FileTree, files: readonly string[]): GrafanaInstance[] {
  return files
    .filter((path) => DOCKERFILE.test(path))
    .sort()
    .flatMap((path) => grafanaDockerfile(tree, path) ?? []);
}

function grafanaDockerfile(tree: FileTree, path: string): GrafanaInstance | undefined {
  const text = readText(tree, path);
  if (text === undefined || !/^[ \t]*FROM\b.*grafana/im.test(text)) return undefined;
  const at = { file: path };
  const [first, ...further] = contextsOf(path).map((context) => ({
    context,
    built: builtImage(tree, text, { context, at }),
  }));
  const candidates = first ? [first, ...further] : [];
  const whole = candidates.find(({ built }) => built?.copies.every((copy) => exists(tree, copy)));
  const built = whole?.built ?? builtImage(tree, text, { context: undefined, at });
  if (!built) return undefined;
  const image = grafanaImage(built.base ?? '');
  if (image.kind === 'custom') return undefined;
  const environment = new Map([...imageEnvironment(image), ...built.environment]);
  const words = [built.script];
  const layers = containerLayers(tree, {
    bringsFiles: image.bringsFiles,
    copies: built.copies,
    mounts: [],
    script: { words, at },
  });
  const { paths, hasDatabaseServer } = grafanaSettings(tree, {
    image,
    environment,
    mounts: layers.mounts,
    words,
  });
  return {
    name: path,
    version: image.version,
    environment: Object.fromEntries(environment),
    environmentIsOpen: true,
    persistsDatabase: hasDatabaseServer,
    at,
    ...layers,
    ...paths,
    mounts: [...unfilled(paths), ...paths.mounts],
  };
}

/** Where `docker build` may have been told to start: the folder of the Dockerfile, or one above it. */
function contextsOf(path: string): string[] {
  const contexts = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    contexts.push(folder);
    if (folder === '') return contexts;
  }
}

function exists(tree: FileTree, { source }: Mount): boolean {
  return source.kind !== 'copy' || tree.kind(source.path) !== undefined;
}

/** What no `COPY` fills is mounted when it is run, or not there at all. */
function unfilled(paths: Pick<GrafanaInstance, 'provisioningPath' | 'mounts'>): Mount[] {
  const unknown = (target: string): Mount => ({
    target,
    source: { kind: 'unknown', why: 'what is mounted when the image is run is not in the tree' },
    at: undefined,
  });
  const isProvisioned = (folder: string) => {
    const target = `${paths.provisioningPath}/${folder}`;
    return (
      placeOf(paths, target).kind !== 'unmounted' ||
      paths.mounts.some((mount) => mount.target.startsWith(`${target}/`))
    );
  };
  const empty = ['dashboards', 'datasources'].filter((folder) => !isProvisioned(folder));
  // An image that brings neither is filled by whoever runs it.
  return empty.length === 2
    ? [unknown('/')]
    : empty.map((folder) => unknown(`${paths.provisioningPath}/${folder}`));
}
