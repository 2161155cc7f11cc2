import type { Location } from './source-file.ts';

/** One entry of `providers:` in a dashboard provisioning file: a folder of files that Grafana walks. */
export interface DashboardProvider {
  readonly name: string;
  /** Title of the Grafana folder its dashboards go to; `''` is General. */
  readonly folder: string;
  readonly folderUid: string | undefined;
  readonly orgId: number;
  readonly type: string;
  /** Where it looks, as a path inside Grafana's container; undefined when `options.path` is missing. */
  readonly path: string | undefined;
  /** The folder title is the name of the directory a file lies in. */
  readonly foldersFromFilesStructure: boolean;
  /** Seconds between two looks; Grafana's default is 10. */
  readonly updateIntervalSeconds: number;
  /** The entry as a whole. */
  readonly at: Location;
}
