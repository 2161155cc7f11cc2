import type { DatasourceRef, ProvisionedDatasource } from '../model/datasource.ts';
import { findDatasource } from '../model/datasource-uid.ts';
import type { PrometheusConfig, ScrapeJob } from '../model/scrape.ts';
import type { LoadedCatalogue, Workspace } from '../model/workspace.ts';

/** What is known about the series that an expression can see. What is not known here is not wrong. */
export interface ExpressionScope {
  /** The server that the expression goes to; undefined when the tree does not show which one. */
  readonly prometheus: PrometheusConfig | undefined;
  readonly catalogues: readonly LoadedCatalogue[];
  /** Labels of Loki's streams, to recognise them in PromQL. */
  readonly logLabels: ReadonlySet<string>;
}

interface KnownScopes {
  /** So that one server has one scope, whatever datasource leads to it. */
  readonly byServer: Map<PrometheusConfig | undefined, ExpressionScope>;
  readonly byRef: Map<string, ExpressionScope>;
}

const scopes = new WeakMap<Workspace, KnownScopes>();

/** The scope of an expression that goes to a datasource; the same object for the same server. */
export function scopeOf(workspace: Workspace, ref: DatasourceRef): ExpressionScope {
  const known = scopes.get(workspace) ?? { byServer: new Map(), byRef: new Map() };
  scopes.set(workspace, known);
  const key = `${ref.kind} ${'uid' in ref ? ref.uid : 'name' in ref ? ref.name : ''}`;
  const scope = known.byRef.get(key) ?? scopeAt(workspace, prometheusOf(workspace, ref), known);
  known.byRef.set(key, scope);
  return scope;
}

function scopeAt(
  workspace: Workspace,
  prometheus: PrometheusConfig | undefined,
  { byServer }: KnownScopes,
): ExpressionScope {
  const scope = byServer.get(prometheus) ?? {
    prometheus,
    catalogues: cataloguesOf(workspace, prometheus),
    logLabels: workspace.logLabels,
  };
  byServer.set(prometheus, scope);
  return scope;
}

/** The names that the label `job` of a scrape job's series can have; undefined when the file does not tell. */
export function jobNames({ name, targetLabels }: ScrapeJob): readonly string[] | undefined {
  if (!Object.hasOwn(targetLabels, 'job')) return [name];
  const set = targetLabels.job;
  return set && [name, ...set];
}

/** The catalogues that speak of what a server holds. A server that the tree does not show, beside others, can be anyone's. */
function cataloguesOf(
  { catalogues, prometheus }: Workspace,
  server: PrometheusConfig | undefined,
): readonly LoadedCatalogue[] {
  if (!server) return prometheus.length === 0 ? catalogues : [];
  const jobs = new Set(server.jobs.flatMap((job) => jobNames(job) ?? [job.name]));
  return catalogues.filter(({ catalogue }) => Object.keys(catalogue.jobs).some((job) => jobs.has(job)));
}

/** The server of all datasources that the reference can mean, if they agree. */
function prometheusOf(workspace: Workspace, ref: DatasourceRef): PrometheusConfig | undefined {
  const [first, ...others] = datasourcesOf(workspace, ref).map(({ url }) => serverAt(workspace, url));
  return others.every((other) => other === first) ? first : undefined;
}

function datasourcesOf({ datasources }: Workspace, ref: DatasourceRef): readonly ProvisionedDatasource[] {
  const single = (datasource: ProvisionedDatasource | undefined) => (datasource ? [datasource] : []);
  switch (ref.kind) {
    case 'uid':
      return single(findDatasource(datasources, ref.uid));
    case 'name':
    case 'defined':
      return single(findDatasource(datasources, ref.name));
    case 'default':
      return single(datasources.find(({ isDefault }) => isDefault));
    case 'variable':
      return datasources.filter(({ type }) => type === 'prometheus');
    case 'built-in':
      return [];
    default:
      return ref satisfies never;
  }
}

/** Hosts that name no particular machine: the server can be any that the tree starts. */
const LOCAL = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal)$/;

function serverAt(
  { prometheus, datasources }: Workspace,
  url: string | undefined,
): PrometheusConfig | undefined {
  const host = hostOf(url);
  const named = prometheus.filter(({ hosts }) => host !== undefined && hosts.includes(host));
  if (named.length > 0) return named.length === 1 ? named[0] : undefined;
  const [only, ...others] = prometheus;
  if (!only || others.length > 0) return undefined;
  if (host === undefined || LOCAL.test(host)) return only;
  // It is known by other names: this host is another server.
  if (only.hosts.length > 0) return undefined;
  const hosts = new Set(
    datasources.filter(({ type }) => type === 'prometheus').map((datasource) => hostOf(datasource.url)),
  );
  return /prom/i.test(host) || (hosts.size === 1 && !/mimir|thanos|cortex|victoria|vm|\.\w+\./i.test(host))
    ? only
    : undefined;
}

/** The host of a URL; undefined when there is none or a variable stands in its place. */
function hostOf(url: string | undefined): string | undefined {
  return /^(?:\w+:\/\/)?(?:[^/@]*@)?([\w.-]+)/.exec(url ?? '')?.[1]?.toLowerCase();
}
