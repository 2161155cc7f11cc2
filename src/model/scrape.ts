import type { ContainerNetwork } from './container-network.ts';
import type { Location } from './source-file.ts';

/** What one Prometheus of the tree scrapes, as its configuration file says. */
export interface PrometheusConfig {
  /** Path of the configuration file below the workspace root. */
  readonly file: string;
  readonly jobs: readonly ScrapeJob[];
  /**
   * Names by which a datasource's URL can mean this server: compose service, container name, hostname, network
   * aliases. Empty when the tree does not show how it is started.
   */
  readonly hosts: readonly string[];
  /** False when series can also come from elsewhere (remote write, OTLP, rule files, included files not in the tree). */
  readonly complete: boolean;
  /** Major version of Prometheus where the image tag tells; 3 normalises `le="1"` to `le="1.0"`. */
  readonly major: number | undefined;
  /** What it reaches; undefined when the tree does not show that. */
  readonly network?: ContainerNetwork | undefined;
}

/** One entry of `scrape_configs`. */
export interface ScrapeJob {
  readonly name: string;
  /** Seconds between two scrapes. */
  readonly intervalSeconds: number;
  /** Labels that each target adds: static labels and what relabelling sets, `undefined` for values that are not literal. */
  readonly targetLabels: Readonly<Record<string, readonly string[] | undefined>>;
  /** Addresses as the file lists them, where it is they that are asked. */
  readonly targets: readonly ScrapeTarget[];
  /** False when service discovery or relabelling can make labels, or another `job`, that the file does not show. */
  readonly closed: boolean;
  readonly at: Location;
}

/** One address of `static_configs`. */
export interface ScrapeTarget {
  /** `host:port`, or a host alone. */
  readonly address: string;
  readonly at: Location;
}
