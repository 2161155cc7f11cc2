import type { Location } from './source-file.ts';

/** What one container of a compose project reaches, by the names and ports that its compose files show. */
export interface ContainerNetwork {
  /** The service itself. */
  readonly service: string;
  /** It is in the network of the host: what others publish is at localhost, and their names lead nowhere. */
  readonly isHost: boolean;
  /** Nothing else listens at its localhost. */
  readonly ownsLocalhost: boolean;
  /** All services of its project, itself included. */
  readonly neighbours: readonly Neighbour[];
  /** Names that can lead somewhere although no neighbour has them: of other compose files of the tree, or set by hand. */
  readonly otherNames: ReadonlySet<string>;
  /** False when names can come from what the tree does not show, such as a network shared with other projects. */
  readonly isClosed: boolean;
  /** The service's entry in its compose file. */
  readonly at: Location;
}

/** Another service of the project, seen from a container. */
export interface Neighbour {
  readonly service: string;
  /** All names that other containers reach it by. */
  readonly names: readonly string[];
  /** Whether they share a network; `unknown` where a name of a network is set outside the tree. */
  readonly isReachable: boolean | 'unknown';
  /** It is in the network of the host, where containers have no names. */
  readonly isHost: boolean;
  /** Ports that it publishes, on the host and in its container. */
  readonly published: readonly PublishedPort[];
  /** Ports that it says it listens on without publishing them. */
  readonly exposed: readonly number[];
  /** The port of its program, where image and command leave no doubt. */
  readonly listens: number | undefined;
  /** Name of its image without the tag; `''` when it is built. */
  readonly repository: string;
  readonly at: Location;
}

/** One port of a container on the host. */
export interface PublishedPort {
  readonly host: number;
  readonly container: number;
}
