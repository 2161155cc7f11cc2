import { type GrafanaInstance, type Mount, normalise } from '../../model/grafana-instance.ts';
import { NEWEST_GRAFANA } from '../../model/grafana-version.ts';
import type { ConfigMap, Sidecar } from '../../model/kubernetes.ts';
import type { Location } from '../../model/source-file.ts';
import { splitImage } from '../grafana-image.ts';
import { PROVISIONING_PATH } from '../provisioning-folder.ts';
import { asRecords, asText } from '../record.ts';
import type { Embed } from './config-map.ts';
import type { Unit } from './unit.ts';

/** Where the chart's sidecar writes dashboards. */
export const SIDECAR_FOLDER = '/tmp/dashboards';

/** The label by which Grafana's chart finds dashboards when nothing else is said. */
export const DASHBOARD_LABEL = 'grafana_dashboard';

/** Whether a sidecar takes a ConfigMap. */
export function isTaken({ label, value, kinds, namespace }: Sidecar, configMap: ConfigMap): boolean {
  const found = configMap.labels[label];
  return (
    found !== undefined &&
    (value === undefined || found === value) &&
    kinds.includes(configMap.kind) &&
    (namespace === undefined || configMap.namespace === undefined || configMap.namespace === namespace)
  );
}

/** The files that a sidecar writes, as Grafana's container sees them. Of one name the last stays. */
export function sidecarFiles(sidecar: Sidecar, configMaps: readonly ConfigMap[]): Mount[] {
  const mounts = new Map<string, Mount>();
  for (const configMap of configMaps.filter((candidate) => isTaken(sidecar, candidate))) {
    const below = configMap.annotations[sidecar.annotation];
    const folder = normalise(below?.startsWith('/') ? below : `${sidecar.folder}/${below ?? ''}`);
    for (const [key, path] of configMap.files) {
      // The sidecar loads what a `.url` names.
      if (path === undefined || key.endsWith('.url')) continue;
      const target = `${folder}/${key}`;
      mounts.set(target, { target, source: { kind: 'copy', path }, at: configMap.at });
    }
  }
  return [...mounts.values()];
}

/** What a container of the pod writes for Grafana, when it is the sidecar. */
export function sidecarMounts(
  candidate: Readonly<Record<string, unknown>>,
  pod: {
    readonly container: Readonly<Record<string, unknown>>;
    readonly unit: Unit;
    readonly namespace: string | undefined;
    readonly at: Location;
  },
): Mount[] {
  const sidecar = sidecarOf(candidate, pod);
  if (!sidecar || sidecar.hasUniqueNames) return [];
  const isShared = asRecords(pod.container.volumeMounts).some(({ mountPath }) => {
    const path = normalise(asText(mountPath) ?? '');
    return sidecar.folder === path || sidecar.folder.startsWith(`${path}/`);
  });
  return isShared ? sidecarFiles(sidecar, pod.unit.configMaps) : [];
}

/** The settings of a sidecar container; undefined when it is another one, or they are not known. */
export function sidecarOf(
  container: Readonly<Record<string, unknown>>,
  { namespace, at }: { readonly namespace: string | undefined; readonly at: Location },
): Sidecar | undefined {
  if (!/(^|\/)k8s-sidecar$/.test(splitImage(asText(container.image) ?? '').repository)) return undefined;
  const environment = new Map(
    asRecords(container.env).map(({ name, value }) => [asText(name), asText(value)] as const),
  );
  const label = environment.get('LABEL');
  const folder = environment.get('FOLDER');
  if (label === undefined || folder === undefined) return undefined;
  const where = environment.get('NAMESPACE');
  const resource = environment.get('RESOURCE') ?? 'configmap';
  return {
    label,
    value: environment.get('LABEL_VALUE') || undefined,
    folder: normalise(folder),
    annotation: environment.get('FOLDER_ANNOTATION') ?? 'k8s-sidecar-target-directory',
    kinds: KINDS[resource] ?? ['ConfigMap', 'Secret'],
    namespace: where === undefined ? namespace : where === 'ALL' || where.includes(',') ? undefined : where,
    hasUniqueNames: environment.get('UNIQUE_FILENAMES')?.toLowerCase() === 'true',
    at,
  };
}

const KINDS: Readonly<Record<string, readonly ConfigMap['kind'][] | undefined>> = {
  configmap: ['ConfigMap'],
  secret: ['Secret'],
};

/**
 * ConfigMaps that carry the label of a sidecar, as one Grafana of which nothing else is known: who reads them, with
 * which datasources, is decided elsewhere. Undefined when none has a dashboard.
 */
export function labelledInstance(
  name: string,
  labelled: readonly ConfigMap[],
  embed: Embed,
): GrafanaInstance | undefined {
  const mounts = labelled.flatMap((configMap, index) =>
    [...configMap.files].flatMap(([key, path]): Mount[] => {
      if (path === undefined || !key.endsWith('.json')) return [];
      // Whether two files of one name meet is not known: the number keeps them apart.
      const target = normalise(`${SIDECAR_FOLDER}/${folderOf(configMap)}/${index}-${key}`);
      return [{ target, source: { kind: 'copy', path }, at: configMap.at }];
    }),
  );
  if (mounts.length === 0) return undefined;
  return {
    name,
    version: NEWEST_GRAFANA,
    provisioningPath: PROVISIONING_PATH,
    mounts: [
      {
        target: '/',
        source: { kind: 'unknown', why: 'the Grafana that reads these ConfigMaps is set up elsewhere' },
        at: undefined,
      },
      sidecarProvider({ embed, name, foldersFromFilesStructure: true }),
      ...mounts,
    ],
    persistsDatabase: false,
    environment: {},
    environmentIsOpen: true,
    at: labelled[0]?.at,
  };
}

/** Which annotation names the folder is not known; those that are alike in all that may be it share one. */
function folderOf({ annotations }: ConfigMap): string {
  const named = Object.entries(annotations).find(([key]) => /folder|directory/i.test(key))?.[1];
  const rest = Object.keys(annotations).length === 0 ? '' : JSON.stringify(annotations);
  return (named ?? rest).replace(/[^\w -]+/g, '_');
}

/** The provider that Grafana's chart makes for its sidecar. */
export function sidecarProvider({
  embed,
  name,
  folder = SIDECAR_FOLDER,
  foldersFromFilesStructure = false,
  title = '',
}: {
  readonly embed: Embed;
  readonly name: string;
  readonly folder?: string;
  readonly foldersFromFilesStructure?: boolean;
  readonly title?: string;
}): Mount {
  const provider = {
    name: 'sidecarProvider',
    type: 'file',
    folder: foldersFromFilesStructure ? '' : title,
    updateIntervalSeconds: 30,
    options: { path: folder, foldersFromFilesStructure },
  };
  const text = JSON.stringify({ apiVersion: 1, providers: [provider] });
  const path = embed(
    { file: undefined, text, locate: () => ({ start: 0, end: 0 }) },
    `${name}#sidecar/provider.yaml`,
  );
  return {
    target: `${PROVISIONING_PATH}/dashboards/sc-dashboardproviders.yaml`,
    source: { kind: 'copy', path },
    at: undefined,
  };
}
