import type { Location } from './source-file.ts';

declare const brand: unique symbol;
/** The stable name of a datasource in one Grafana; what dashboards refer to. Never mixed up with its name. */
export type DatasourceUid = string & { readonly [brand]: 'DatasourceUid' };
/** What people call a datasource; what provisioning finds its row by. */
export type DatasourceName = string & { readonly [brand]: 'DatasourceName' };

/** One entry of `datasources:` in a provisioning file. */
export interface ProvisionedDatasource {
  readonly name: DatasourceName;
  /** As written; undefined when Grafana will make one up from the name. */
  readonly uid: DatasourceUid | undefined;
  /** What dashboards can refer to: `uid`, or the one that Grafana derives from the name. */
  readonly effectiveUid: DatasourceUid;
  /** Plugin id, such as `prometheus`; undefined when the file does not say. */
  readonly type: string | undefined;
  readonly url: string | undefined;
  readonly isDefault: boolean;
  readonly orgId: number;
  /** The raw `jsonData`, for links to other datasources. */
  readonly jsonData: unknown;
  /** The entry as a whole. */
  readonly at: Location;
}

/** An entry of `deleteDatasources:`; it runs before the datasources of its file are written. */
export interface DatasourceDeletion {
  readonly name: string;
  readonly orgId: number;
  readonly at: Location;
}

/** How a panel, query, variable or annotation says which datasource it means. */
export type DatasourceRef =
  /** By uid; the browser falls back to a datasource of that name. `type` is what the reference claims, if anything. */
  | { readonly kind: 'uid'; readonly uid: string; readonly type: string | undefined }
  /** A bare string, as dashboards before schema version 33 have it: a uid or a name. */
  | { readonly kind: 'name'; readonly name: string }
  /** By the name that a TypeScript definition uses; the build puts the uid in its place. */
  | { readonly kind: 'defined'; readonly name: string; readonly type: string | undefined }
  /** Through a dashboard variable, or an input of "export for sharing". */
  | { readonly kind: 'variable'; readonly name: string; readonly type: string | undefined }
  /** One that every Grafana has: `-- Mixed --`, `-- Dashboard --`, `-- Grafana --`, expressions. */
  | { readonly kind: 'built-in'; readonly uid: string }
  /** Nothing said (or only a type): the organisation's default datasource. */
  | { readonly kind: 'default'; readonly type: string | undefined };

/** Why there is a reference: what goes wrong when it resolves to nothing differs. */
export type DatasourceUse = {
  readonly ref: DatasourceRef;
  readonly by: 'panel' | 'query' | 'variable' | 'annotation' | 'alert rule';
  /** The reference as a whole; of an alert rule the uid itself, since it has nothing else. */
  readonly at: Location;
};
