import type { GrafanaInstance } from '../model/grafana-instance.ts';
import type { GrafanaVersion } from '../model/grafana-version.ts';
import { composeProjects } from './compose/projects.ts';
import type { FileTree } from './file-tree.ts';
import { grafanaDockerfiles } from './grafana-dockerfiles.ts';
import { dockerfileOf, grafanaService } from './grafana-service.ts';
import { provisioningFolders } from './provisioning-folders.ts';
import { refusedComposeFiles } from './refused-compose-files.ts';
import { treeFiles } from './tree-files.ts';

/** What decides how the instances of a tree are found. */
export interface InstanceOptions {
  /** Wins over the tags of images. */
  readonly grafanaVersion?: GrafanaVersion | undefined;
  /** The files of the tree, when they are listed already. */
  readonly files?: readonly string[];
}

/**
 * The Grafana instances that a tree starts, in a stable order: services of compose files by file, Dockerfiles that no
 * compose file builds, provisioning folders that none of these mounts, compose files that do not parse. What cannot be
 * known is unknown, never wrong.
 */
export function findInstances(tree: FileTree, options: InstanceOptions = {}): GrafanaInstance[] {
  const { grafanaVersion, files = treeFiles(tree) } = options;
  const projects = composeProjects(tree, files);
  const services = projects.flatMap((project) => project.services.map((service) => ({ project, service })));
  const built = new Set(services.flatMap(({ project, service }) => dockerfileOf(project, service) ?? []));
  const started = [
    ...services.flatMap(({ project, service }) => grafanaService(tree, project, service, projects) ?? []),
    ...grafanaDockerfiles(tree, files).filter(({ at }) => !built.has(at?.file ?? '')),
  ];
  const instances = [
    ...started,
    ...provisioningFolders(tree, files, started),
    ...refusedComposeFiles(tree, files),
  ];
  return grafanaVersion ? instances.map((instance) => ({ ...instance, version: grafanaVersion })) : instances;
}
