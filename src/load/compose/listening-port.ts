import { normalise, placeOf } from '../../model/grafana-instance.ts';
import type { FileTree } from '../file-tree.ts';
import { splitImage } from '../grafana-image.ts';
import { asRecord } from '../record.ts';
import { yamlOf } from '../scrape-jobs.ts';
import { readText } from '../tree-files.ts';
import type { ComposeService } from './service.ts';

/** Names of images of Prometheus. */
export const PROMETHEUS_IMAGE = /(^|\/)(prom|prometheus|bitnami(legacy)?)\/prometheus$/;

/** A program whose image listens on one port unless it is told otherwise. */
interface Program {
  readonly image: RegExp;
  /** Without any configuration; undefined where that changed from version to version. */
  readonly port: number | undefined;
  /** A flag that sets another address. */
  readonly flag: RegExp;
  /** Where it looks for its configuration when its command does not say. */
  readonly config?: string;
}

const PROGRAMS: readonly Program[] = [
  { image: PROMETHEUS_IMAGE, port: 9090, flag: /web\.listen-address/ },
  { image: /(^|\/)(prom|prometheus)\/alertmanager$/, port: 9093, flag: /web\.listen-address/ },
  { image: /(^|\/)prom\/node-exporter$/, port: 9100, flag: /web\.listen-address/ },
  { image: /(^|\/)victoriametrics\/victoria-metrics$/, port: 8428, flag: /httpListenAddr/ },
  {
    image: /(^|\/)grafana\/loki$/,
    port: 3100,
    flag: /server\.http-listen-port/,
    config: '/etc/loki/local-config.yaml',
  },
  {
    image: /(^|\/)grafana\/tempo$/,
    port: undefined,
    flag: /server\.http-listen-port/,
    config: '/etc/tempo.yaml',
  },
];

/** The port that a service's program listens on for HTTP, where image, command and configuration leave no doubt. */
export function listeningPort(tree: FileTree, service: ComposeService): number | undefined {
  const { image, build, entrypoint, command } = service;
  if (build || entrypoint) return undefined;
  const { repository } = splitImage(image?.text ?? '');
  const program = PROGRAMS.find((known) => known.image.test(repository));
  const words = command?.words.join(' ') ?? '';
  if (!program || program.flag.test(words)) return undefined;
  return program.config === undefined ? program.port : configuredPort(tree, service, program, words);
}

/** `server: http_listen_port` of the configuration that Loki and Tempo read. */
function configuredPort(
  tree: FileTree,
  service: ComposeService,
  { port, config = '' }: Program,
  words: string,
): number | undefined {
  const path = /config\.file[= ]["']?([^\s"']+)/.exec(words)?.[1] ?? config;
  const place = placeOf(service, normalise(path));
  if (place.kind === 'unmounted') return path === config ? port : undefined;
  const text = place.kind === 'tree' ? readText(tree, place.path) : undefined;
  const root = text === undefined ? undefined : asRecord(yamlOf(text));
  if (!root) return undefined;
  const said = asRecord(root.server)?.http_listen_port;
  if (said === undefined) return port;
  return typeof said === 'number' ? said : undefined;
}
