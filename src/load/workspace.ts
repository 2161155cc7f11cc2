import type { Alerting } from '../model/alerting.ts';
import type { Dashboard, DashboardOrigin } from '../model/dashboard.ts';
import type { ProvisionedDatasource } from '../model/datasource.ts';
import { type GrafanaInstance, normalise, placeOf } from '../model/grafana-instance.ts';
import { isAtLeast } from '../model/grafana-version.ts';
import type { SourceFile } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';
import { readAlertingFile } from './alerting.ts';
import { findCatalogues } from './catalogues.ts';
import { readDashboard } from './dashboard.ts';
import { type DatasourceFile, readDatasourceFile } from './datasources.ts';
import { type FileReader, fileReader, type ParsedFiles, workspaceFiles } from './file-reader.ts';
import type { FileTree } from './file-tree.ts';
import { type GeneratedLock, LOCK_FILE, readLock } from './generated-lock.ts';
import { filesToRead } from './ignore-file.ts';
import { findLogLabels } from './log-labels.ts';
import { findPrometheusConfigs } from './prometheus-config.ts';
import { readProviderFile } from './providers.ts';
import { isCurrentShape, property, readList } from './provisioning-yaml.ts';
import { sourceFile } from './source-file.ts';
import { walkProvider } from './walk.ts';

/** Facts of the tree that all its workspaces share. */
export type SharedFacts = Pick<Workspace, 'files' | 'prometheus' | 'catalogues' | 'logLabels'> & {
  readonly read: FileReader;
};

/** Reads what all workspaces of a tree share. */
export function sharedFacts(
  tree: FileTree,
  files: readonly string[] = filesToRead(tree),
  parsed?: ParsedFiles,
): SharedFacts {
  const read = fileReader(tree, parsed);
  return {
    read,
    files: workspaceFiles(tree, read),
    prometheus: findPrometheusConfigs(tree, files),
    catalogues: findCatalogues(tree, files),
    logLabels: findLogLabels(tree, files),
  };
}

/** Reads one Grafana's view of a tree: its provisioning files, what its providers walk, the dashboards in them. */
export function loadWorkspace(tree: FileTree, grafana: GrafanaInstance, shared: SharedFacts): Workspace {
  const { read } = shared;
  const datasourceFolder = provisioningFolder(tree, grafana, 'datasources', read);
  const providerFolder = provisioningFolder(tree, grafana, 'dashboards', read);
  const datasourceFiles = datasourceFolder.files.map((file) => readDatasourceFile(file, grafana));
  const datasources = datasourceFiles.flatMap((file) => file.datasources);
  const providerFiles = providerFolder.files.map((file) => readProviderFile(file, grafana));
  const providers = providerFiles.flatMap((file) => file.providers);
  const originOf = originReader(read);
  const readsResources = isAtLeast(grafana.version, '12.4');
  const dashboards = new Map<string, Dashboard | undefined>();
  const dashboardIn = (path: string) => {
    if (!dashboards.has(path)) {
      const file = read(path);
      dashboards.set(path, file && readDashboard(file, { datasources, originOf, readsResources }));
    }
    return dashboards.get(path);
  };
  const walks = providers.map((provider) => walkProvider(provider, { tree, grafana, read, dashboardIn }));
  return {
    root: tree.root,
    grafana,
    files: shared.files,
    datasourceFiles: datasourceFiles.map(({ file }) => file),
    datasources,
    deletions: datasourceFiles.flatMap((file) => file.deletions),
    datasourcesAreComplete:
      datasourceFolder.isComplete && datasourceFiles.every(isWhole) && datasources.every(isNamed),
    providerFiles: providerFiles.map(({ file }) => file),
    providers,
    walks,
    alerting: loadAlerting(tree, grafana, read, datasources),
    dashboards: [...dashboards.values()].filter((dashboard) => dashboard !== undefined),
    prometheus: shared.prometheus,
    catalogues: shared.catalogues,
    logLabels: shared.logLabels,
  };
}

/** Alerting is provisioned from Grafana 9.1 on. */
function loadAlerting(
  tree: FileTree,
  grafana: GrafanaInstance,
  read: FileReader,
  datasources: readonly ProvisionedDatasource[],
): Alerting {
  const { files: found, isComplete } = provisioningFolder(tree, grafana, 'alerting', read, /\.(ya?ml|json)$/);
  const files = isAtLeast(grafana.version, '9.1')
    ? found.map((file) => readAlertingFile(asYaml(file), { variables: grafana, datasources }))
    : [];
  return {
    files: files.map(({ file }) => file),
    isComplete: isComplete && files.every(({ file }) => file.file.syntaxErrors.length === 0),
    groups: files.flatMap(({ groups }) => groups),
    contactPoints: files.flatMap(({ contactPoints }) => contactPoints),
    policies: files.flatMap(({ policies }) => policies),
    muteTimes: files.flatMap(({ muteTimes }) => muteTimes),
    templates: files.flatMap(({ templates }) => templates),
  };
}

/** Grafana reads JSON there as the YAML that it is too, which may have comments and commas at the end. */
function asYaml(file: SourceFile): SourceFile {
  if (file.format === 'yaml' || file.syntaxErrors.length === 0) return file;
  const yaml = sourceFile(`${file.path}.yaml`, file.text);
  return yaml.syntaxErrors.length === 0 ? { ...yaml, path: file.path } : file;
}

/**
 * The files of one folder of provisioning, in Grafana's order: only names that end in `.yaml` or `.yml` (in that of
 * alerting also `.json`), directly in the folder. Single files may be mounted into it.
 */
function provisioningFolder(
  tree: FileTree,
  grafana: GrafanaInstance,
  name: string,
  read: FileReader,
  endings = /\.ya?ml$/,
) {
  const folder = normalise(`${grafana.provisioningPath}/${name}`);
  const place = placeOf(grafana, folder);
  const paths = new Map<string, string>();
  if (place.kind === 'tree')
    for (const entry of tree.list(place.path))
      if (entry.kind === 'file' && endings.test(entry.name))
        paths.set(entry.name, `${place.path}/${entry.name}`);
  let isComplete = place.kind !== 'unknown';
  for (const mount of grafana.mounts) {
    if (mount.target.slice(0, mount.target.lastIndexOf('/')) !== folder) continue;
    const base = mount.target.slice(folder.length + 1);
    const { source } = mount;
    if (source.kind !== 'bind' && source.kind !== 'copy') isComplete = false;
    if ((source.kind === 'bind' || source.kind === 'copy') && endings.test(base))
      paths.set(base, source.path);
  }
  const inOrder = [...paths].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return { files: inOrder.flatMap(([, path]) => read(path) ?? []), isComplete };
}

/** Nothing in it is lost by a mistake that is a finding of its own: what it would have given is not missing twice. */
function isWhole({ file: { file, apiVersion, shapeErrors }, datasources }: DatasourceFile): boolean {
  const { items } = readList(file, 'datasources');
  const losesKeys =
    !isCurrentShape(apiVersion) &&
    items.some((item) => ['uid', 'isDefault'].some((key) => property(item, key) !== undefined));
  // What has a list of another name was meant to bring something.
  const isEmpty = Object.keys(Object(file.value)).every((key) => KEYS_BESIDE_A_LIST.has(key));
  return (
    file.syntaxErrors.length === 0 &&
    (isEmpty || property(file.value, 'datasources') !== undefined) &&
    shapeErrors.length === 0 &&
    items.length === datasources.length &&
    !losesKeys
  );
}

const KEYS_BESIDE_A_LIST = new Set(['apiVersion', 'deleteDatasources', 'prune']);

/** Its uid and name hold no variable that only the running Grafana knows. */
function isNamed({ name, effectiveUid }: ProvisionedDatasource): boolean {
  return !`${name}${effectiveUid}`.includes('$');
}

/**
 * Which definition a generated file comes from, by the lock file of a provisioning folder that it is in: Grafana may have
 * only parts of that folder mounted.
 */
function originReader(read: FileReader): (path: string) => DashboardOrigin {
  const locks = new Map<string, GeneratedLock>();
  const lockIn = (folder: string) => {
    const known = locks.get(folder);
    if (known) return known;
    const lock = readLock(read(folder === '' ? LOCK_FILE : `${folder}/${LOCK_FILE}`)?.text ?? '') ?? {};
    locks.set(folder, lock);
    return lock;
  };
  return (path) => {
    const parts = path.split('/');
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const entry = lockIn(parts.slice(0, depth).join('/'))[parts.slice(depth).join('/')];
      if (entry) return { kind: 'definition', file: entry.definition };
    }
    return { kind: 'file' };
  };
}
