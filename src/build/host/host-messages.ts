import type { ModuleNews } from './module-news.ts';

/** What the process is started with, as its one argument in JSON. */
export interface HostInput {
  /** Folder for compiled modules, or undefined to compile afresh. */
  readonly cacheFolder: string | undefined;
  /** Empty folder for compiling ahead of loading, or undefined where that would bring nothing. */
  readonly aheadFolder: string | undefined;
  /** URLs of modules of packages that the definitions will want; loaded while waiting for work. */
  readonly preload: readonly string[];
}

/** What it is told, once: URLs of the definitions to run, in order. */
export interface HostWork {
  readonly definitions: readonly string[];
}

/** A compiled dashboard on its way to the build; text travels faster than objects. */
export interface PrintedDashboard {
  /** Title of the Grafana folder; `''` is General. */
  readonly folder: string;
  readonly uid: string;
  /** As it will stand in the file, but for datasources, which are still named. */
  readonly text: string;
}

/** What it says, in order: `start` and then `dashboards`, once or more, or `failed` for each definition, then `done`. */
export type HostMessage =
  | { readonly kind: 'start'; readonly definition: string }
  | {
      readonly kind: 'dashboards';
      readonly definition: string;
      readonly dashboards: readonly PrintedDashboard[];
      /** One sentence for each dashboard that does not compile. */
      readonly errors: readonly string[];
      /** False while more of the same definition follow. */
      readonly isLast: boolean;
    }
  | { readonly kind: 'failed'; readonly definition: string; readonly message: string; readonly stack: string }
  | { readonly kind: 'done'; readonly news: readonly ModuleNews[] };
