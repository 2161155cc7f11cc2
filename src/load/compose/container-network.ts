import type { ContainerNetwork, Neighbour } from '../../model/container-network.ts';
import type { FileTree } from '../file-tree.ts';
import { splitImage } from '../grafana-image.ts';
import { folderOf } from '../tree-path.ts';
import { listeningPort } from './listening-port.ts';
import type { ComposeNetwork, ComposeProject } from './project.ts';
import { type ComposeService, environmentOf } from './service.ts';

/**
 * What a service reaches. Where the tree cannot tell, a name counts as one that leads somewhere.
 *
 * @param projects all compose projects of the tree: files that are started together may be read apart
 * @param isAlone nothing but the service's own program runs in its container
 */
export function containerNetwork(
  tree: FileTree,
  service: ComposeService,
  project: ComposeProject,
  projects: readonly ComposeProject[],
  isAlone: boolean,
): ContainerNetwork | undefined {
  const { mode, asksElsewhere, extraNames } = service.networking;
  if (mode !== undefined && mode !== '' && mode !== 'host') return undefined;
  const own = networksOf(service, project);
  const sharesLocalhost = project.services.some(
    ({ networking }) =>
      networking.mode === `service:${service.name}` ||
      service.aliases.some((alias) => networking.mode === `container:${alias}`),
  );
  const all = projects.flatMap(({ services }) => services);
  return {
    service: service.name,
    isHost: mode === 'host',
    ownsLocalhost: isAlone && mode !== 'host' && !sharesLocalhost,
    neighbours: project.services.map((other) => neighbour(tree, other, project, own)),
    otherNames: new Set([...extraNames, ...all.flatMap(({ name, aliases }) => [name, ...aliases])]),
    isClosed:
      project.isWhole &&
      !asksElsewhere &&
      own.every(({ name, isExternal }) => name !== undefined && !isExternal),
    at: service.at,
  };
}

function neighbour(
  tree: FileTree,
  service: ComposeService,
  project: ComposeProject,
  seenFrom: readonly ComposeNetwork[],
): Neighbour {
  const { mode, published, exposed } = service.networking;
  const names = [...new Set([service.name, ...service.aliases])];
  return {
    service: service.name,
    names: [...names, ...names.flatMap((name) => generatedNames(name, project))],
    isHost: mode === 'host',
    isReachable: mode === undefined ? sharesOne(networksOf(service, project), seenFrom) : reachedInMode(mode),
    published,
    exposed: [...exposed, ...portsNamed(service)],
    listens: listeningPort(tree, service),
    repository: service.build ? '' : splitImage(service.image?.text ?? '').repository,
    at: service.at,
  };
}

/** Ports that command and environment name: a program may listen on more of them than it publishes. */
function portsNamed(service: ComposeService): number[] {
  const { entrypoint, command } = service;
  const texts = [
    ...(entrypoint?.words ?? []),
    ...(command?.words ?? []),
    ...[...environmentOf(service).values()].map((value) => value ?? ''),
  ];
  return texts.flatMap((text) => (text.match(/(?<![\d.])\d{2,5}(?![\d.])/g) ?? []).map(Number));
}

/** In the network of the host it has no name among containers; what it is in another's network is not followed. */
function reachedInMode(mode: string): false | 'unknown' {
  return mode === 'host' || mode === 'none' ? false : 'unknown';
}

function networksOf({ networking }: ComposeService, { networks, file }: ComposeProject): ComposeNetwork[] {
  const keys = networking.networks.length > 0 ? networking.networks : ['default'];
  return keys.map((key) => networks.get(key) ?? { name: `${folderOf(file)} ${key}`, isExternal: false });
}

function sharesOne(a: readonly ComposeNetwork[], b: readonly ComposeNetwork[]): boolean | 'unknown' {
  if (a.some(({ name }) => name !== undefined && b.some((other) => other.name === name))) return true;
  return [...a, ...b].some(({ name }) => name === undefined) ? 'unknown' : false;
}

/** Containers without a name of their own get one of project, service and number; a swarm puts the stack before it. */
function generatedNames(name: string, { file }: ComposeProject): string[] {
  const project = (folderOf(file).split('/').at(-1) ?? '').toLowerCase().replace(/[^a-z0-9_-]/g, '');
  return [`${project}-${name}-1`, `${project}_${name}_1`, `${project}_${name}`, `tasks.${name}`];
}
