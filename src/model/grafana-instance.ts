import type { ContainerNetwork } from './container-network.ts';
import type { GrafanaVersion } from './grafana-version.ts';
import type { KubernetesFacts } from './kubernetes.ts';
import type { Location } from './source-file.ts';

/** One Grafana that the tree starts: a compose service, a Dockerfile, or a provisioning folder on its own. */
export interface GrafanaInstance {
  /** What to call it in reports: `compose.yaml service grafana`, or the provisioning folder. */
  readonly name: string;
  readonly version: GrafanaVersion;
  /** Where Grafana looks for provisioning, inside its container. */
  readonly provisioningPath: string;
  /** What lies where in its container, most specific target last. */
  readonly mounts: readonly Mount[];
  /** Files of the image that a bind mount (or a tmpfs) hides; they are not among `mounts`. */
  readonly shadowed?: readonly Mount[];
  /** Its database outlives the container (a named volume or a bind on `/var/lib/grafana`). */
  readonly persistsDatabase: boolean;
  /** Environment of the process; `undefined` values are set outside the tree. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Environment can come from places that the tree does not show, so an unset name is unknown, not empty. */
  readonly environmentIsOpen: boolean;
  /** What it reaches; undefined when the tree does not show that. */
  readonly network?: ContainerNetwork | undefined;
  readonly at: Location | undefined;
  /** The plugins that it gets beside those that Grafana brings; undefined where that is not known. */
  readonly plugins?: InstalledPlugins | undefined;
  /** Set where it runs on Kubernetes. */
  readonly kubernetes?: KubernetesFacts;
  /** Docker Compose refuses the file `at` which it stands: it never starts. */
  readonly isRefused?: true;
}

/** Plugins that an image, its start or the environment installs. */
export interface InstalledPlugins {
  readonly ids: ReadonlySet<string>;
  /** Their folder outlives the container, so that others can have been installed by hand. */
  readonly canHoldOthers: boolean;
}

/** Something that fills a path of the container. */
export interface Mount {
  /** Absolute path inside the container, without a final `/`. */
  readonly target: string;
  readonly source: MountSource;
  readonly at: Location | undefined;
}

/** Where the files of a mount come from. */
export type MountSource =
  /** A bind mount (`bind`) or files copied into the image (`copy`) from this path below the workspace root. */
  | { readonly kind: 'bind' | 'copy'; readonly path: string }
  /** Text given in the compose file itself (`configs:` with `content:`). */
  | { readonly kind: 'inline'; readonly text: string }
  /** A named volume: filled at run time. */
  | { readonly kind: 'volume'; readonly name: string }
  /** Outside the tree, or behind a variable that the tree does not set. */
  | { readonly kind: 'unknown'; readonly why: string };

/** What is known of a path inside the container. */
export type ContainerPlace =
  | { readonly kind: 'tree'; readonly path: string; readonly mount: Mount }
  | { readonly kind: 'inline'; readonly text: string; readonly mount: Mount }
  /** Filled at run time, or from outside the tree: not wrong. */
  | { readonly kind: 'unknown'; readonly why: string }
  /** Under no mount: it exists only if Grafana's image has it. */
  | { readonly kind: 'unmounted' };

/** Follows a path of the container to where its content comes from; the most specific mount wins. */
export function placeOf(instance: Pick<GrafanaInstance, 'mounts'>, containerPath: string): ContainerPlace {
  const path = normalise(containerPath);
  const best = mountAbove(instance, path);
  if (best === undefined) return { kind: 'unmounted' };
  const rest = best.target === '/' ? path.slice(1) : path.slice(best.target.length + 1);
  const { source } = best;
  switch (source.kind) {
    case 'bind':
    case 'copy':
      return { kind: 'tree', path: [source.path, rest].filter((part) => part !== '').join('/'), mount: best };
    case 'inline':
      return rest === ''
        ? { kind: 'inline', text: source.text, mount: best }
        : { kind: 'unknown', why: 'below an inline file' };
    case 'volume':
      return { kind: 'unknown', why: `filled at run time: volume ${source.name}` };
    case 'unknown':
      return { kind: 'unknown', why: source.why };
    default:
      return source satisfies never;
  }
}

/** The most specific mount that fills a path. */
export function mountAbove(
  { mounts }: Pick<GrafanaInstance, 'mounts'>,
  containerPath: string,
): Mount | undefined {
  const path = normalise(containerPath);
  let best: Mount | undefined;
  for (const mount of mounts) {
    const isAbove = mount.target === path || mount.target === '/' || path.startsWith(`${mount.target}/`);
    if (isAbove && (best === undefined || mount.target.length >= best.target.length)) best = mount;
  }
  return best;
}

/** An absolute path without `.`, `..`, double or final slashes. */
export function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
