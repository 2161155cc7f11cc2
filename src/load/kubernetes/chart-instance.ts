import { isMap, isScalar } from 'yaml';
import { type GrafanaInstance, type Mount, normalise } from '../../model/grafana-instance.ts';
import { NEWEST_GRAFANA, parseGrafanaVersion } from '../../model/grafana-version.ts';
import type { Sidecar } from '../../model/kubernetes.ts';
import type { PropertyPath, SourceFile } from '../../model/source-file.ts';
import type { FileTree } from '../file-tree.ts';
import { PROVISIONING_PATH } from '../provisioning-folder.ts';
import { asRecord, asRecords, asText } from '../record.ts';
import { yamlRange } from '../source-file.ts';
import { folderOf, treePath } from '../tree-path.ts';
import type { ChartValues } from './chart-values.ts';
import type { Embed } from './config-map.ts';
import { isTemplate, locateInScalar } from './embedded-file.ts';
import type { IsFilledIn } from './filled-in.ts';
import { pairOf, spanOf } from './manifest.ts';
import { type FindConfigMap, volumeMount } from './pod.ts';
import { DASHBOARD_LABEL, SIDECAR_FOLDER, sidecarProvider } from './sidecar.ts';

/** Where the chart has its dashboards, one folder a provider. */
const DASHBOARDS = '/var/lib/grafana/dashboards';

/** What is needed to follow values to files. */
export interface ChartContext {
  readonly tree: FileTree;
  readonly find: FindConfigMap;
  readonly embed: Embed;
  readonly isFilledIn: IsFilledIn;
}

/**
 * The Grafana that the chart makes of its values: `datasources`, `dashboardProviders` and `dashboards` are files in its
 * container. https://github.com/grafana-community/helm-charts/tree/main/charts/grafana
 */
export function chartInstance(chart: ChartValues, context: ChartContext): GrafanaInstance {
  const { file, document, path, values, locate } = chart;
  const at = { file, range: locate(yamlRange(document, path, path.length > 0)) };
  const { tag } = asRecord(values.image) ?? {};
  return {
    name: `${file}${path.length === 0 ? '' : ` ${path.join('.')}`}`,
    version: parseGrafanaVersion(asText(tag) ?? '', 'image') ?? NEWEST_GRAFANA,
    provisioningPath: PROVISIONING_PATH,
    mounts: [
      ...unknownParts(chart),
      { target: '/var/lib/grafana', source: { kind: 'volume', name: 'storage' }, at: undefined },
      ...provisioningFiles(chart, 'datasources', 'datasources', context),
      ...provisioningFiles(chart, 'dashboardProviders', 'dashboards', context),
      ...dashboardFiles(chart, context),
      ...mountedConfigMaps(chart, context),
      ...sidecarParts(chart, context),
    ],
    persistsDatabase: asRecord(values.persistence)?.enabled === true,
    environment: {},
    environmentIsOpen: true,
    at,
  };
}

/** Paths of which the values do not tell all. */
function unknownParts({ values, path, isPart }: ChartValues): Mount[] {
  const { datasources, dashboards } = asRecord(values.sidecar) ?? {};
  const finds = asRecord(datasources)?.enabled;
  const isEmbedded = path.length > 0 && path.at(-1) !== 'values' && path.at(-1) !== 'valuesObject';
  const parts: [boolean, string, string][] = [
    [
      // A chart around this one may set the sidecar up, as kube-prometheus-stack does.
      isPart || finds === true || (isEmbedded && finds !== false),
      `${PROVISIONING_PATH}/datasources`,
      'the sidecar, or other values, can bring more',
    ],
    [isPart || asRecord(dashboards)?.enabled !== false, SIDECAR_FOLDER, 'filled by the sidecar'],
    [isPart, `${PROVISIONING_PATH}/dashboards`, 'other values can bring more'],
  ];
  const extra = ['extraVolumeMounts', 'extraSecretMounts', 'extraEmptyDirMounts'].flatMap((key) =>
    asRecords(values[key]).flatMap(({ mountPath }) => asText(mountPath) ?? []),
  );
  return [
    ...parts.filter(([isUnknown]) => isUnknown).map(([, target, why]) => ({ target, why })),
    ...extra.map((target) => ({ target: normalise(target), why: 'mounted by the values' })),
  ].map(({ target, why }) => ({ target, source: { kind: 'unknown', why }, at: undefined }));
}

/** Files given as YAML in the values: what is in them stands where it is. */
function provisioningFiles(
  chart: ChartValues,
  key: string,
  folder: string,
  { embed }: ChartContext,
): Mount[] {
  const node = pairOf(chart.node, key)?.value;
  return Object.entries(asRecord(chart.values[key]) ?? {}).map(([name, value]) => {
    const target = `${PROVISIONING_PATH}/${folder}/${name}`;
    const span = spanOf(isMap(node) ? pairOf(node, name)?.value : undefined);
    const text = span === undefined ? '' : chart.source.slice(span.start, span.end);
    // The chart fills in braces, and keeps secrets elsewhere.
    if (!asRecord(value) || asRecord(value)?.secret !== undefined || text.includes('{{'))
      return { target, source: { kind: 'unknown', why: 'a template' }, at: undefined };
    const path = embedPart(chart, [key, name], value, embed);
    return { target, source: { kind: 'copy', path }, at: undefined };
  });
}

/** A part of the values as a file of its own, in which places are those of the values. */
function embedPart(chart: ChartValues, below: PropertyPath, value: unknown, embed: Embed): string {
  const { file, source, document, locate, isEditable } = chart;
  const base = [...chart.path, ...below];
  const wanted = `${file}#${base.slice(0, -1).join('.')}/${base.at(-1)}`;
  const parsed = (path: string): SourceFile => ({
    path,
    format: 'yaml',
    text: source,
    value,
    syntaxErrors: [],
    rangeOf: (property, key) => yamlRange(document, [...base, ...property], key ?? false),
  });
  return embed({ file, text: source, locate, parsed, ...(isEditable && { base }) }, wanted);
}

/** `json` stands in the values, `file` in the chart; what is loaded from elsewhere is not known. */
function dashboardFiles(chart: ChartValues, { tree, embed, isFilledIn }: ChartContext): Mount[] {
  const { file, source, values, node, locate } = chart;
  const dashboards = pairOf(node, 'dashboards')?.value;
  return Object.entries(asRecord(values.dashboards) ?? {}).flatMap(([provider, items]) => {
    const group = isMap(dashboards) ? pairOf(dashboards, provider)?.value : undefined;
    return Object.entries(asRecord(items) ?? {}).map(([name, item]): Mount => {
      const target = `${DASHBOARDS}/${provider}/${name}.json`;
      const entry = isMap(group) ? pairOf(group, name)?.value : undefined;
      const json = isMap(entry) ? pairOf(entry, 'json') : undefined;
      const text = isScalar(json?.value) ? json.value.value : undefined;
      if (isScalar(json?.value) && typeof text === 'string') {
        if (isTemplate(text) || isFilledIn(text))
          return { target, source: { kind: 'unknown', why: 'a template' }, at: undefined };
        const inner = locateInScalar(source, json.value, spanOf(json.key) ?? { start: 0, end: 0 });
        const path = embed(
          { file, text, locate: (range) => locate(inner(range)) },
          `${file}#${[...chart.path, 'dashboards', provider].join('.')}/${name}.json`,
        );
        return { target, source: { kind: 'copy', path }, at: undefined };
      }
      const inChart = treePath(folderOf(file), asText(asRecord(item)?.file) ?? '');
      if (inChart !== undefined && inChart !== '' && tree.kind(inChart) === 'file')
        return { target, source: { kind: 'copy', path: inChart }, at: undefined };
      return { target, source: { kind: 'unknown', why: 'loaded from elsewhere' }, at: undefined };
    });
  });
}

/** Names of the ConfigMaps that values mount. */
export function configMapNames({ values }: ChartValues): readonly string[] {
  return [
    ...Object.values(asRecord(values.dashboardsConfigMaps) ?? {}),
    ...asRecords(values.extraConfigmapMounts).map(({ configMap }) => configMap),
  ].flatMap((name) => asText(name) || []);
}

/** ConfigMaps of the tree that the values mount by name. */
function mountedConfigMaps({ values }: ChartValues, { find }: ChartContext): Mount[] {
  const forProviders = Object.entries(asRecord(values.dashboardsConfigMaps) ?? {}).map(
    ([provider, name]) => ({
      target: `${DASHBOARDS}/${provider}`,
      name: asText(name) ?? '',
      subPath: undefined,
    }),
  );
  const extra = asRecords(values.extraConfigmapMounts).map(({ mountPath, configMap, subPath }) => ({
    target: normalise(asText(mountPath) ?? '/'),
    name: asText(configMap) ?? '',
    subPath: asText(subPath) || undefined,
  }));
  return [...forProviders, ...extra].flatMap(({ target, name, subPath }) =>
    volumeMount(
      target,
      subPath,
      { configMap: { name } },
      { name, find: (kind, wanted) => find(kind, wanted, undefined) },
    ),
  );
}

/** The sidecar that values ask for; undefined when they do not say so. */
export function chartSidecar(chart: ChartValues): Sidecar | undefined {
  const { file, document, path, values, locate, isPart } = chart;
  const sidecar = asRecord(values.sidecar);
  const dashboards = asRecord(sidecar?.dashboards);
  if (!dashboards || dashboards.enabled === false) return undefined;
  const label = asText(dashboards.label) ?? DASHBOARD_LABEL;
  const value = asText(dashboards.labelValue) ?? (isOfStack(chart) ? '1' : undefined);
  return {
    label,
    // Other values can want another one.
    value: value === '' || value?.includes('{{') || isPart ? undefined : value,
    folder: asText(dashboards.folder) ?? SIDECAR_FOLDER,
    annotation: asText(dashboards.folderAnnotation) ?? 'k8s-sidecar-target-directory',
    kinds: ['ConfigMap', 'Secret'],
    namespace: undefined,
    hasUniqueNames: isPart || sidecar?.enableUniqueFilenames === true,
    at: { file, range: locate(yamlRange(document, [...path, 'sidecar'], true)) },
  };
}

/** The values of kube-prometheus-stack, whose sidecar wants the label to be `1`. */
function isOfStack({ document, path }: ChartValues): boolean {
  if (path.includes('kube-prometheus-stack')) return true;
  const spec = asRecord(asRecord(document.toJS())?.spec);
  const release = asRecord(asRecord(spec?.chart)?.spec);
  const source = asRecord(spec?.source);
  return [release?.chart, source?.chart].includes('kube-prometheus-stack');
}

/** The provider that the chart makes for its sidecar. */
function sidecarParts({ file, values, path }: ChartValues, { embed }: ChartContext): Mount[] {
  const dashboards = asRecord(asRecord(values.sidecar)?.dashboards);
  if (dashboards?.enabled !== true || dashboards.SCProvider === false) return [];
  const { folder, folderUid: _, foldersFromFilesStructure } = asRecord(dashboards.provider) ?? {};
  const below = asText(dashboards.defaultFolderName);
  return [
    sidecarProvider({
      embed,
      name: [file, ...path].join('.'),
      folder: `${asText(dashboards.folder) ?? SIDECAR_FOLDER}${below === undefined ? '' : `/${below}`}`,
      title: asText(folder) ?? '',
      foldersFromFilesStructure: foldersFromFilesStructure === true,
    }),
  ];
}
