import type { Alerting } from './alerting.ts';
import type { Dashboard } from './dashboard.ts';
import type { DatasourceDeletion, ProvisionedDatasource } from './datasource.ts';
import type { ContainerPlace, GrafanaInstance } from './grafana-instance.ts';
import type { MetricCatalogue } from './metric-catalogue.ts';
import type { DashboardProvider } from './provider.ts';
import type { PrometheusConfig } from './scrape.ts';
import type { Location, SourceFile } from './source-file.ts';

/**
 * One Grafana and everything in the tree that decides what it will show: the noun that every rule works on. A tree
 * with several stacks is several workspaces over the same files. Read-only; rules never touch the disk.
 */
export interface Workspace {
  /** Absolute path of the tree; all other paths are below it, with `/`. */
  readonly root: string;
  readonly grafana: GrafanaInstance;
  readonly files: WorkspaceFiles;

  /** Files of `provisioning/datasources` in the order in which Grafana reads them. */
  readonly datasourceFiles: readonly ProvisioningFile[];
  /** Their entries in that order. */
  readonly datasources: readonly ProvisionedDatasource[];
  readonly deletions: readonly DatasourceDeletion[];
  /** False when datasources can also come from places that the tree does not show. */
  readonly datasourcesAreComplete: boolean;

  /** Files of `provisioning/dashboards` in the order in which Grafana reads them. */
  readonly providerFiles: readonly ProvisioningFile[];
  readonly providers: readonly DashboardProvider[];
  /** What each provider walks, in the order of `providers`. */
  readonly walks: readonly ProviderWalk[];
  /** The dashboards that the walks decode, each file once. */
  readonly dashboards: readonly Dashboard[];

  /** What the files of `provisioning/alerting` say. */
  readonly alerting: Alerting;

  /** Configurations of the Prometheus servers that the tree starts; empty when it shows none. */
  readonly prometheus: readonly PrometheusConfig[];
  readonly catalogues: readonly LoadedCatalogue[];
  /** Labels that the tree's log pipelines put on Loki's streams, to recognise them in PromQL. */
  readonly logLabels: ReadonlySet<string>;
}

/** The files of the tree that rules may ask about. */
export interface WorkspaceFiles {
  /** A file that was read, parsed by its format; undefined when there is none or it was too large to read. */
  get(path: string): SourceFile | undefined;
  /** What is at a path. */
  kind(path: string): 'file' | 'folder' | undefined;
  /** Names in a folder, sorted; empty when there is none. */
  list(path: string): readonly string[];
  /**
   * What a file said in the commits up to the current one, newest first; empty without a repository at the root. Only
   * the fact that is asked for is kept: fifty texts of a large dashboard are too much to hold.
   */
  history<T>(path: string, fact: (file: SourceFile) => T): readonly OlderFact<T>[];
}

/** What a file said as a commit left it. */
export interface OlderFact<T> {
  /** Full hash of the commit. */
  readonly commit: string;
  /** When it was committed, as ISO 8601. */
  readonly date: string;
  readonly fact: T;
}

/** A file of a provisioning folder and what could not be understood in it. */
export interface ProvisioningFile {
  readonly file: SourceFile;
  readonly apiVersion: unknown;
  /** Values of the wrong kind, in file order. Grafana stops at most of them. */
  readonly shapeErrors: readonly ShapeError[];
}

/** A value that is not what its place demands. */
export interface ShapeError {
  readonly at: Location;
  /** "Expected `isDefault` to be true or false, found text". */
  readonly message: string;
}

/** What one provider finds. */
export interface ProviderWalk {
  readonly provider: DashboardProvider;
  /** What its path stands for; undefined when it has no path. */
  readonly place: ContainerPlace | undefined;
  /** Whether the place exists in the tree; `unknown` when it is filled at run time. */
  readonly exists: boolean | 'unknown';
  readonly files: readonly WalkedFile[];
  /** Names that look meant for Grafana and that its walk passes over, with the reason. */
  readonly skipped: readonly SkippedFile[];
}

/** A file that Grafana reads as a dashboard. */
export interface WalkedFile {
  readonly file: SourceFile;
  /** Title of the folder it goes to; `''` is General. */
  readonly folder: string;
  /** Undefined when the text is not a JSON object. */
  readonly dashboard: Dashboard | undefined;
}

/** A file that Grafana's walk passes over without a word. */
export interface SkippedFile {
  readonly path: string;
  readonly why: 'upper-case-ending' | 'dot-folder' | 'symlinked-folder';
}

/** A metric catalogue and the module it stands in. */
export interface LoadedCatalogue {
  readonly file: string;
  readonly catalogue: MetricCatalogue;
}
