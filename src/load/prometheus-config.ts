import type { ContainerNetwork } from '../model/container-network.ts';
import { normalise, placeOf } from '../model/grafana-instance.ts';
import type { PrometheusConfig } from '../model/scrape.ts';
import { containerNetwork } from './compose/container-network.ts';
import { PROMETHEUS_IMAGE } from './compose/listening-port.ts';
import { composeProjects } from './compose/projects.ts';
import type { ComposeService } from './compose/service.ts';
import type { FileTree } from './file-tree.ts';
import { splitImage } from './grafana-image.ts';
import { asList, asRecord, asText } from './record.ts';
import { scrapeJobs, yamlOf } from './scrape-jobs.ts';
import { readText, treeFiles } from './tree-files.ts';
import { folderOf, treePath } from './tree-path.ts';

/** Where the official image looks. https://github.com/prometheus/prometheus/blob/main/Dockerfile */
const DEFAULT_CONFIG = '/etc/prometheus/prometheus.yml';

/** How one server is started, as far as its series depend on it. */
interface Start {
  readonly hosts: readonly string[];
  readonly major: number | undefined;
  /** Others can write series into it. */
  readonly receives: boolean;
  /** Follows an absolute path of its container into the tree. */
  readonly follow: (path: string) => string | undefined;
  readonly network?: ContainerNetwork | undefined;
}

/**
 * The Prometheus servers that a tree starts, with what they scrape: those of compose files by file and service, and
 * every `prometheus.yml` with `scrape_configs` that none of them reads. A server whose configuration is not in the
 * tree is left out.
 */
export function findPrometheusConfigs(
  tree: FileTree,
  files: readonly string[] = treeFiles(tree),
): PrometheusConfig[] {
  const projects = composeProjects(tree, files);
  const started = projects.flatMap((project) =>
    project.services
      .filter(isPrometheus)
      .flatMap(
        (service) =>
          startedConfig(tree, service, containerNetwork(tree, service, project, projects, true)) ?? [],
      ),
  );
  const read = new Set(started.map(({ file }) => file));
  const alone = files
    .filter((path) => /(^|\/)prometheus[^/]*\.ya?ml$/i.test(path) && !read.has(path))
    .sort()
    .flatMap((path) => {
      const start: Start = { hosts: [], major: undefined, receives: false, follow: () => undefined };
      return scrapes(tree, path) ? (prometheusConfig(tree, path, start) ?? []) : [];
    });
  return [...started, ...alone];
}

/** The parts of a datasource's URL that tell which server it means: `http://prometheus:9090/x` is `prometheus`. */
export function hostOfUrl(url: string): string | undefined {
  return /^(?:\w+:\/\/)?(?:[^/@]*@)?([\w.-]+)/.exec(url)?.[1];
}

function isPrometheus({ image }: ComposeService): boolean {
  return PROMETHEUS_IMAGE.test(splitImage(image?.text ?? '').repository);
}

function startedConfig(
  tree: FileTree,
  service: ComposeService,
  network: ContainerNetwork | undefined,
): PrometheusConfig | undefined {
  const words = service.command?.words.join(' ') ?? '';
  const wanted = /--config\.file[= ]["']?([^\s"']+)/.exec(words)?.[1] ?? DEFAULT_CONFIG;
  const isAgent = /--agent\b|--enable-feature[= ]\S*agent\b/.test(words);
  const follow = (path: string) => {
    const place = placeOf(service, normalise(path));
    return place.kind === 'tree' ? place.path : undefined;
  };
  const file = follow(wanted);
  if (file === undefined) return undefined;
  const major = Number(/^v?(\d{1,2})(?![\d])/.exec(splitImage(service.image?.text ?? '').tag ?? '')?.[1]);
  return prometheusConfig(tree, file, {
    // An agent answers no queries: what it scrapes is sent to another server.
    hosts: isAgent ? [] : [...new Set([service.name, ...service.aliases])],
    major: Number.isNaN(major) ? undefined : major,
    receives:
      isAgent ||
      /--web\.enable-(remote-write|otlp)-receiver|--enable-feature[= ]\S*(remote-write|otlp-write)-receiver/.test(
        words,
      ),
    follow: (path) => follow(path.startsWith('/') ? path : `${folderOf(wanted)}/${path}`),
    network,
  });
}

function prometheusConfig(tree: FileTree, file: string, start: Start): PrometheusConfig | undefined {
  const root = asRecord(yamlOf(readText(tree, file) ?? ''));
  if (!root || (root.scrape_configs === undefined && root.scrape_config_files === undefined))
    return undefined;
  const resolve = (path: string) =>
    start.follow(path) ?? (path.startsWith('/') ? undefined : treePath(folderOf(file), path));
  const included = asList(root.scrape_config_files).flatMap((path) =>
    includedFile(tree, asText(path), resolve),
  );
  const global = { global: root.global };
  return {
    file,
    hosts: start.hosts,
    major: start.major,
    network: start.network,
    jobs: [
      ...scrapeJobs(root, { tree, file, resolve }),
      ...included.flatMap((path) =>
        path === undefined
          ? []
          : scrapeJobs(
              { ...global, ...asRecord(yamlOf(readText(tree, path) ?? '')) },
              { tree, file: path, resolve },
            ),
      ),
    ],
    complete:
      !start.receives &&
      !included.includes(undefined) &&
      asList(root.rule_files).length === 0 &&
      asList(root.remote_read).length === 0 &&
      asRecord(root.otlp) === undefined,
  };
}

/** Whether a file that nobody is seen to read is a configuration of Prometheus. */
function scrapes(tree: FileTree, path: string): boolean {
  return /^scrape_config(s|_files)\s*:/m.test(readText(tree, path) ?? '');
}

/** The files that one entry of `scrape_config_files` names; undefined stands for what is not in the tree. */
function includedFile(
  tree: FileTree,
  path: string | undefined,
  resolve: (path: string) => string | undefined,
): (string | undefined)[] {
  if (path === undefined) return [undefined];
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  if (!name.includes('*')) {
    const file = resolve(path);
    return [file !== undefined && tree.kind(file) === 'file' ? file : undefined];
  }
  const folder = resolve(path.slice(0, slash) || '.');
  if (folder === undefined) return [undefined];
  const pattern = new RegExp(`^${name.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replace(/\*+/g, '.*')}$`);
  return tree
    .list(folder)
    .filter((entry) => pattern.test(entry.name))
    .map((entry) => (folder === '' ? entry.name : `${folder}/${entry.name}`));
}
