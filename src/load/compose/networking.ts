import type { PublishedPort } from '../../model/container-network.ts';
import { asList, asRecord, asText } from '../record.ts';
import { interpolate, type Variables } from './interpolate.ts';

/** What a service says of networks, ports and names. */
export interface Networking {
  /** `network_mode`: `host`, `bridge`, `none`, `service:x`, `container:x`. */
  readonly mode: string | undefined;
  /** Keys of the networks it joins; empty is the project's default one. */
  readonly networks: readonly string[];
  readonly published: readonly PublishedPort[];
  readonly exposed: readonly number[];
  /** Names of `extra_hosts` and of `links`. */
  readonly extraNames: readonly string[];
  /** Names are also looked up where the tree does not show it: `external_links`, `dns`. */
  readonly asksElsewhere: boolean;
}

/** Reads the network part of one service. */
export function networkingOf(section: (key: string) => unknown, variables: Variables): Networking {
  const put = (value: unknown) => interpolate(asText(value) ?? '', variables);
  const networks = section('networks');
  return {
    mode: section('network_mode') === undefined ? undefined : put(section('network_mode')).text,
    networks: Array.isArray(networks)
      ? networks.flatMap((name) => asText(name) ?? [])
      : Object.keys(asRecord(networks) ?? {}),
    published: asList(section('ports')).flatMap((port) => {
      const long = asRecord(port);
      if (!long) return shortPorts(put(port));
      return shortPorts({
        text: `${put(long.published).text}:${put(long.target).text}`,
        missing: [...put(long.published).missing, ...put(long.target).missing],
      });
    }),
    exposed: asList(section('expose')).flatMap(
      (port) => portNumber(put(port).text.replace(/\/.*/, '')) ?? [],
    ),
    extraNames: [
      ...extraHosts(section('extra_hosts')),
      ...asList(section('links')).map((link) => (asText(link) ?? '').split(':').at(-1) ?? ''),
    ].map((name) => put(name).text),
    asksElsewhere: ['external_links', 'dns', 'dns_search'].some((key) => section(key) !== undefined),
  };
}

/** Lays one over another as Docker Compose does: lists are joined. */
export function mergeNetworking(base: Networking, over: Networking): Networking {
  const joined = <T>(key: (networking: Networking) => readonly T[]) => [
    ...new Set([...key(base), ...key(over)]),
  ];
  return {
    mode: over.mode ?? base.mode,
    networks: joined(({ networks }) => networks),
    published: joined(({ published }) => published),
    exposed: joined(({ exposed }) => exposed),
    extraNames: joined(({ extraNames }) => extraNames),
    asksElsewhere: base.asksElsewhere || over.asksElsewhere,
  };
}

/** `[address:][host:]container[/protocol]`, each a port or a range of as many; a port without one on the host is left out. */
function shortPorts({ text, missing }: { text: string; missing: readonly string[] }): PublishedPort[] {
  if (missing.length > 0) return [];
  const match = /^(?:.*:)?(\d+)(?:-(\d+))?:(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(text.trim());
  if (!match) return [];
  const [, host, hostEnd = host, container] = match;
  const count = Math.min(Number(hostEnd) - Number(host) + 1, MAX_RANGE);
  return Array.from({ length: Math.max(count, 0) }, (_, index) => ({
    host: Number(host) + index,
    container: Number(container) + index,
  }));
}

/** Longer ranges are of media servers. */
const MAX_RANGE = 100;

function portNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** `name:address`, `name=address`, or a mapping of them. */
function extraHosts(value: unknown): string[] {
  const record = asRecord(value);
  if (record) return Object.keys(record);
  return asList(value).map((item) => /^[^:=]*/.exec(asText(item) ?? '')?.[0] ?? '');
}
