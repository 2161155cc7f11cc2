import type { GrafanaInstance, Mount } from '../model/grafana-instance.ts';
import { containerNetwork } from './compose/container-network.ts';
import type { ComposeProject } from './compose/project.ts';
import { type ComposeService, environmentOf } from './compose/service.ts';
import { type BuiltImage, builtImage } from './dockerfile.ts';
import type { FileTree } from './file-tree.ts';
import { type GrafanaImage, grafanaImage, splitImage } from './grafana-image.ts';
import { containerLayers, editedInTree } from './grafana-layers.ts';
import { grafanaPlugins } from './grafana-plugins.ts';
import { grafanaSettings } from './grafana-settings.ts';
import { readText } from './tree-files.ts';
import { folderOf, treePath } from './tree-path.ts';

/** A compose service as a Grafana instance; undefined when it is none. */
export function grafanaService(
  tree: FileTree,
  project: ComposeProject,
  service: ComposeService,
  projects: readonly ComposeProject[] = [project],
): GrafanaInstance | undefined {
  const built = service.build ? imageOf(tree, project, service) : undefined;
  const image = grafanaImage(service.build ? (built?.base ?? '') : (service.image?.text ?? ''));
  if (!isGrafana(service, image)) return undefined;
  const environment = new Map([
    ...imageEnvironment(image),
    ...(built?.environment ?? []),
    ...environmentOf(service),
  ]);
  const words = wordsOf(service);
  const layers = containerLayers(tree, {
    bringsFiles: image.bringsFiles,
    copies: built?.copies ?? [],
    mounts: service.mounts,
    script: { words: words.length > 0 ? words : [built?.script ?? ''], at: service.at },
    edited: project.services.flatMap((other) => (other === service ? [] : editedBy(tree, other))),
  });
  const settings = grafanaSettings(tree, { image, environment, mounts: layers.mounts, words });
  return {
    name: `${project.file} service ${service.name}`,
    version: image.version,
    environment: Object.fromEntries(environment),
    environmentIsOpen: service.environmentIsOpen,
    network: containerNetwork(tree, service, project, projects, image.kind === 'official' && !built?.script),
    at: service.at,
    ...layers,
    ...settings.paths,
    plugins: service.environmentIsOpen
      ? undefined
      : grafanaPlugins(tree, {
          image,
          environment,
          mounts: layers.mounts,
          words,
          built,
          shared: volumesOf(project.services.filter((other) => other !== service)),
        }),
    persistsDatabase:
      settings.hasDatabaseServer || service.mounts.some((mount) => keepsDatabase(mount, settings.data)),
  };
}

function volumesOf(services: readonly ComposeService[]): ReadonlySet<string> {
  return new Set(
    services.flatMap(({ mounts }) =>
      mounts.flatMap(({ source }) => (source.kind === 'volume' ? [source.name] : [])),
    ),
  );
}

/** What a service runs when it starts, as far as the compose file says it. */
function wordsOf({ entrypoint, command }: ComposeService): readonly string[] {
  return [...(entrypoint?.words ?? []), ...(command?.words ?? [])];
}

/** Paths of the tree whose placeholders a service fills in before Grafana reads them. */
function editedBy(tree: FileTree, service: ComposeService): readonly string[] {
  return editedInTree(tree, { words: wordsOf(service), at: service.at }, service.mounts);
}

/** Path of the Dockerfile that a service is built from; undefined when it is none of the tree. */
export function dockerfileOf(project: ComposeProject, { build }: ComposeService): string | undefined {
  if (!build || build.inline !== undefined || build.context === 'elsewhere') return undefined;
  const { folder } = build.context ?? { folder: folderOf(project.file) };
  return treePath(folder, build.dockerfile ?? 'Dockerfile');
}

/** The environment that the image itself sets. */
export function imageEnvironment(image: GrafanaImage): ReadonlyMap<string, string> {
  if (image.kind !== 'official') return new Map();
  // https://github.com/grafana/grafana/blob/main/Dockerfile
  return new Map([
    ['GF_PATHS_CONFIG', '/etc/grafana/grafana.ini'],
    ['GF_PATHS_DATA', '/var/lib/grafana'],
    ['GF_PATHS_HOME', '/usr/share/grafana'],
    ['GF_PATHS_LOGS', '/var/log/grafana'],
    ['GF_PATHS_PLUGINS', '/var/lib/grafana/plugins'],
    ['GF_PATHS_PROVISIONING', '/etc/grafana/provisioning'],
  ]);
}

function imageOf(tree: FileTree, project: ComposeProject, service: ComposeService): BuiltImage | undefined {
  const { build } = service;
  if (!build) return undefined;
  const path = dockerfileOf(project, service);
  const text = build.inline ?? (path === undefined ? undefined : readText(tree, path));
  if (text === undefined) return undefined;
  const context = build.context ?? { folder: folderOf(project.file) };
  return builtImage(tree, text, {
    context: context === 'elsewhere' ? undefined : context.folder,
    target: build.target,
    args: build.args,
    at: build.inline === undefined && path !== undefined ? { file: path } : build.at,
  });
}

/** Images of other programs, which may know Grafana's folders or password without being one. */
const OTHER_IMAGES =
  /(^|\/)(alpine|busybox|bash|curl|debian|ubuntu|node|python|nginx|caddy|traefik|postgres|mysql|mariadb|redis|prometheus|prom|telegraf|influxdb|rclone|restic|git|k6|loki|tempo|mimir|alloy|agent|promtail|pyroscope|beyla|oncall|grafana-image-renderer)([\w.-]*$|\/)/;
const GRAFANA_FOLDER =
  /^\/(etc\/grafana(\/(provisioning.*|grafana\.ini))?|opt\/bitnami\/grafana\/.*|usr\/share\/grafana\/.*)$/;

/** Well-known images are; another image is when Grafana's folders are mounted into it or it is set up as a Grafana. */
function isGrafana(service: ComposeService, image: GrafanaImage): boolean {
  if (image.kind !== 'custom') return true;
  const name = splitImage(service.image?.text ?? '').repository;
  if (!service.image && !service.build) return false;
  if (OTHER_IMAGES.test(name)) return false;
  const hasFolder = service.mounts.some(({ target }) => GRAFANA_FOLDER.test(target));
  const hasSettings = [...environmentOf(service).keys()].some((key) => /^GF_[A-Z]/.test(key));
  const isNamed = /grafana/i.test(`${name} ${service.name}`);
  return isNamed ? hasFolder || hasSettings : hasFolder && hasSettings;
}

function keepsDatabase(mount: Mount & { readonly keeps: boolean }, data: readonly string[]): boolean {
  return (
    mount.keeps &&
    data.some(
      (folder) =>
        mount.target === folder ||
        folder.startsWith(`${mount.target}/`) ||
        mount.target === `${folder}/grafana.db`,
    )
  );
}
