import type { ContainerNetwork, Neighbour } from '../model/container-network.ts';
import type { Edit } from '../model/edit.ts';
import type { Fix, RelatedPlace, Severity } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';

/** A host and a port that something is asked at. */
export interface Address {
  readonly host: string;
  readonly port: number | undefined;
}

/** Why nothing answers at an address. */
export interface Unreachable {
  /** Half a sentence: "localhost is the container of grafana itself". */
  readonly why: string;
  /** What the one who asks writes to its log. */
  readonly log: string;
  /** Where what was meant answers, when that is certain. */
  readonly instead?: Address;
  /** The service that was meant. */
  readonly neighbour?: Neighbour;
  /** It works on some machines. */
  readonly severity?: Severity;
  readonly edits?: readonly Edit[];
}

/** What is known of the one who asks. */
export interface Asking {
  readonly network: ContainerNetwork;
  /** Ports of its own that answer at localhost; undefined when they are not known. */
  readonly own: readonly number[] | undefined;
  /** Images of what it looks for, without tags. */
  readonly images?: RegExp | undefined;
}

/**
 * Why a container cannot reach an address; undefined when it may. Only what compose files show for certain counts: names
 * with a dot, addresses of machines and whatever another compose file may bring are taken to be there.
 */
export function unreachable(address: Address, asking: Asking): Unreachable | undefined {
  const { network } = asking;
  if (isLocalhost(address.host)) return unreachableLocalhost(address, asking);
  if (address.host === DOCKER_HOST) return unreachableDockerHost(network);
  // Docker takes names in any case, and several may share one: services of two profiles, or an alias in two networks.
  const host = address.host.toLowerCase();
  const named = network.neighbours.filter(({ names }) => names.some((name) => name.toLowerCase() === host));
  const faults = named.map((neighbour) => unreachableNeighbour(address, neighbour, network));
  if (faults.length > 0) return faults.includes(undefined) ? undefined : faults[0];
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(address.host) || /^\d+$/.test(address.host)) return undefined;
  if (!network.isClosed || network.isHost || isNameOfOther(address.host, network)) return undefined;
  const near = misspelled(
    host,
    network.neighbours.map(({ service }) => service),
  );
  const meant = onlyOne(network.neighbours.filter((other) => isMeant(other, asking)));
  // Somebody can join what is not here to the network by hand.
  if (near === undefined && !meant) return undefined;
  return {
    why: `${quoted(address.host)} is no service of the compose project, nearest is ${quoted(meant?.service ?? near ?? '')}`,
    log: `dial tcp: lookup ${address.host} on 127.0.0.11:53: no such host`,
    ...(meant && { neighbour: meant, instead: { host: meant.service, port: meant.listens ?? address.port } }),
  };
}

/** Where the one who asks runs, and what it meant. */
export function placesOf(
  { neighbour }: Unreachable,
  { at, service }: ContainerNetwork,
  program: string,
): RelatedPlace[] {
  return [
    { at, message: `${program} runs as service ${quoted(service)}` },
    ...(neighbour ? [{ at: neighbour.at, message: `service ${quoted(neighbour.service)}` }] : []),
  ];
}

/** The repair, if one is certain: asking another address, as `ask` writes it, or making this one known. */
export function fixOf(
  { instead, edits }: Unreachable,
  ask: (address: Address) => Fix | undefined,
): { readonly fix?: Fix } {
  const fix: Fix | undefined = edits
    ? { title: 'Let Docker tell it the address of the host', safety: 'safe', edits }
    : instead && ask(instead);
  return fix ? { fix } : {};
}

/** A name that Docker Desktop gives to the machine; elsewhere it has to be set. */
const DOCKER_HOST = 'host.docker.internal';

function isLocalhost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/i.test(host);
}

function unreachableLocalhost({ port }: Address, { network, own, images }: Asking): Unreachable | undefined {
  if (!network.ownsLocalhost || own === undefined || (port !== undefined && own.includes(port)))
    return undefined;
  const others = network.neighbours.filter(
    ({ isReachable, service }) => isReachable === true && service !== network.service,
  );
  const publisher = onlyOne(others.filter(({ published }) => published.some(({ host }) => host === port)));
  const container = publisher?.published.find(({ host }) => host === port)?.container;
  const meant = publisher ?? onlyOne(others.filter((other) => isMeant(other, { images })));
  return {
    why: `localhost is the container of ${quoted(network.service)} itself`,
    log: `dial tcp 127.0.0.1:${port ?? 80}: connect: connection refused`,
    ...(meant && {
      neighbour: meant,
      instead: { host: meant.service, port: container ?? meant.listens ?? port },
    }),
  };
}

function unreachableDockerHost({
  otherNames,
  isHost,
  at,
  service,
}: ContainerNetwork): Unreachable | undefined {
  if (isHost || otherNames.has(DOCKER_HOST)) return undefined;
  return {
    why: `without \`extra_hosts\` at ${quoted(service)} only Docker Desktop knows that name`,
    log: `dial tcp: lookup ${DOCKER_HOST} on 127.0.0.11:53: no such host`,
    severity: 'drift',
    edits: [
      {
        kind: 'append',
        file: at.file,
        path: [...(at.path ?? []), 'extra_hosts'],
        value: `${DOCKER_HOST}:host-gateway`,
      },
    ],
  };
}

function unreachableNeighbour(
  { host, port }: Address,
  neighbour: Neighbour,
  network: ContainerNetwork,
): Unreachable | undefined {
  const { service, isReachable, isHost, published, exposed, listens } = neighbour;
  if (network.isHost) {
    const there = published.find(({ container }) => container === port);
    return {
      why: `${quoted(network.service)} is in the network of the host, where names of services lead nowhere`,
      log: `dial tcp: lookup ${host}: no such host`,
      neighbour,
      ...(there && { instead: { host: 'localhost', port: there.host } }),
    };
  }
  if (service === network.service) return undefined;
  if (isReachable === false)
    return {
      why: isHost
        ? `${quoted(service)} is in the network of the host, where containers have no names`
        : `${quoted(service)} and ${quoted(network.service)} share no network`,
      log: `dial tcp: lookup ${host} on 127.0.0.11:53: no such host`,
      neighbour,
    };
  if (port === undefined) return undefined;
  const inside = published.find((mapping) => mapping.host === port)?.container;
  const listensThere =
    listens === port || exposed.includes(port) || published.some(({ container }) => container === port);
  const right = listens ?? inside;
  if (right === undefined || listensThere) return undefined;
  return {
    why: `${quoted(service)} listens on port ${right}${inside === undefined ? '' : `, which is ${port} on the host only`}`,
    log: `dial tcp …:${port}: connect: connection refused`,
    neighbour,
    instead: { host, port: right },
  };
}

/**
 * The service that was meant. Machines of the network around have plain names too, which Docker asks for outside; they
 * are short or told apart by a number or a letter at the end.
 */
function misspelled(host: string, services: readonly string[]): string | undefined {
  const near = nearest(host, services);
  return near === undefined || host.length < 5 || stemOf(host) === stemOf(near) ? undefined : near;
}

function stemOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\d+|[-_][a-z](?=\d*$)/g, '')
    .replace(/[-_]+$/, '');
}

/** Other compose files may be started together with this one, under a name of a project that is not known. */
function isNameOfOther(host: string, { otherNames }: ContainerNetwork): boolean {
  const withoutNumber = host.replace(/[-_]\d+$/, '');
  return [...otherNames].some((name) =>
    [host, withoutNumber].some(
      (said) => said === name || said.endsWith(`-${name}`) || said.endsWith(`_${name}`),
    ),
  );
}

function isMeant({ repository, isReachable }: Neighbour, { images }: Pick<Asking, 'images'>): boolean {
  return isReachable === true && images?.test(repository) === true;
}

function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function quoted(name: string): string {
  return `"${name}"`;
}
