import type { GrafanaInstance, Mount } from '../../model/grafana-instance.ts';
import { normalise } from '../../model/grafana-instance.ts';
import type { ConfigMap } from '../../model/kubernetes.ts';
import type { Location } from '../../model/source-file.ts';
import type { FileTree } from '../file-tree.ts';
import { type GrafanaImage, grafanaImage, splitImage } from '../grafana-image.ts';
import { containerLayers } from '../grafana-layers.ts';
import { imageEnvironment } from '../grafana-service.ts';
import { grafanaSettings } from '../grafana-settings.ts';
import { asList, asRecord, asRecords, asText } from '../record.ts';
import { KUSTOMIZATION_FILE } from './kustomization.ts';
import { sidecarMounts } from './sidecar.ts';
import type { Unit, Workload } from './unit.ts';

/** Finds what a volume names; undefined when the tree does not have it, or more than one. */
export type FindConfigMap = (
  kind: ConfigMap['kind'],
  name: string,
  namespace: string | undefined,
) => ConfigMap | undefined;

/** A workload as the Grafana that it runs; undefined when it runs none. */
export function podInstance(
  tree: FileTree,
  workload: Workload,
  unit: Unit,
  find: FindConfigMap,
): GrafanaInstance | undefined {
  const { object } = workload;
  const spec = podSpec(object.value);
  const containers = asRecords(spec?.containers);
  const container = containers.find(isGrafana);
  if (!spec || !container) return undefined;
  const image = grafanaImage(imageOf(container, workload));
  const at: Location = { file: object.file, range: object.at };
  const variables = asRecords(container.env).flatMap(({ name, value }) => {
    const key = asText(name);
    return key === undefined ? [] : [[key, asText(value)] as const];
  });
  const environment = new Map([...imageEnvironment(image), ...variables]);
  const words = [...asList(container.command), ...asList(container.args)].flatMap(
    (word) => asText(word) ?? [],
  );
  const volumes = volumeMounts(container, spec, (kind, name) => find(kind, name, workload.namespace));
  const written = containers
    .filter((other) => other !== container)
    .flatMap((other) => sidecarMounts(other, { container, unit, namespace: workload.namespace, at }));
  const unknown: Mount[] = workload.isPatched
    ? [{ target: '/', source: { kind: 'unknown', why: 'a patch of a kustomization changes the pod' }, at }]
    : [];
  const layers = containerLayers(tree, {
    bringsFiles: image.bringsFiles,
    copies: [],
    mounts: [...unknown, ...volumes, ...written],
    script: { words, at },
  });
  const settings = grafanaSettings(tree, { image, environment, mounts: layers.mounts, words });
  return {
    // Many kustomizations can take in one object.
    name: `${KUSTOMIZATION_FILE.test(unit.name) ? unit.name : object.file} ${object.kind} ${object.name}`,
    version: image.version,
    environment: Object.fromEntries(environment),
    // Flux, `envsubst` and others fill in variables before a manifest is applied.
    environmentIsOpen: true,
    at,
    ...layers,
    ...settings.paths,
    persistsDatabase: settings.hasDatabaseServer || keepsData(spec, container, image),
  };
}

function imageOf(container: Readonly<Record<string, unknown>>, { images }: Workload): string {
  return images.reduce((image, { name, newName, newTag }) => {
    const { repository, tag } = splitImage(image);
    if (repository !== name) return image;
    const kept = newTag ?? tag;
    return `${newName ?? repository}${kept === undefined ? '' : `:${kept}`}`;
  }, asText(container.image) ?? '');
}

/** The pod that a workload starts: its template, or itself. */
export function podSpec(value: Readonly<Record<string, unknown>>) {
  const spec = asRecord(value.spec);
  if (asText(value.kind) === 'Pod') return spec;
  // A patch of a workload names no selector.
  return spec?.selector === undefined ? undefined : asRecord(asRecord(spec.template)?.spec);
}

/** Names of the ConfigMaps and Secrets that a Grafana mounts; none for other pods. */
export function volumeNames(value: Readonly<Record<string, unknown>>): readonly string[] {
  const spec = podSpec(value);
  if (!spec || !asRecords(spec.containers).some(isGrafana)) return [];
  return asRecords(spec.volumes)
    .flatMap((volume) => [volume, ...asRecords(asRecord(volume.projected)?.sources)])
    .flatMap(({ configMap, secret }) => {
      const { secretName, name = secretName } = asRecord(configMap ?? secret) ?? {};
      return asText(name) || [];
    });
}

function isGrafana(container: Readonly<Record<string, unknown>>): boolean {
  const name = asText(container.image) ?? '';
  if (grafanaImage(name).kind !== 'custom') return true;
  return (
    /grafana[\w.-]*$/i.test(splitImage(name).repository) &&
    asRecords(container.volumeMounts).some(({ mountPath }) =>
      /^\/etc\/grafana(\/|$)/.test(asText(mountPath) ?? ''),
    )
  );
}

/** What the volumes of a pod bring into one of its containers. */
function volumeMounts(
  container: Readonly<Record<string, unknown>>,
  spec: Readonly<Record<string, unknown>>,
  find: (kind: ConfigMap['kind'], name: string) => ConfigMap | undefined,
): Mount[] {
  const volumes = new Map(
    asRecords(spec.volumes).flatMap((volume) => {
      const name = asText(volume.name);
      return name === undefined ? [] : [[name, volume] as const];
    }),
  );
  return asRecords(container.volumeMounts).flatMap((mount) => {
    const target = asText(mount.mountPath);
    const name = asText(mount.name) ?? '';
    if (target === undefined) return [];
    return volumeMount(normalise(target), asText(mount.subPath), volumes.get(name), { name, find });
  });
}

interface Filling {
  readonly name: string;
  readonly find: (kind: ConfigMap['kind'], name: string) => ConfigMap | undefined;
}

/** What one volume brings to one place of a container. */
export function volumeMount(
  target: string,
  subPath: string | undefined,
  volume: Readonly<Record<string, unknown>> | undefined,
  { name, find }: Filling,
): Mount[] {
  const unknown = (why: string): Mount[] => [{ target, source: { kind: 'unknown', why }, at: undefined }];
  if (volume?.emptyDir !== undefined || volume?.persistentVolumeClaim !== undefined)
    return [{ target, source: { kind: 'volume', name }, at: undefined }];
  const files = volumeFiles(volume, find);
  if (!files) return unknown(`volume ${name} is not in the tree`);
  if (subPath !== undefined) {
    const path = files.get(subPath);
    return path === undefined
      ? unknown(`volume ${name} has no ${subPath} in the tree`)
      : [fileMount(target, path)];
  }
  return [...files].map(([key, path]) =>
    path === undefined
      ? { target: `${target}/${key}`, source: { kind: 'unknown', why: `${key} is not read` }, at: undefined }
      : fileMount(`${target}/${key}`, path),
  );
}

/** Its files by name; undefined when not all of them are known. */
function volumeFiles(
  volume: Readonly<Record<string, unknown>> | undefined,
  find: Filling['find'],
): ReadonlyMap<string, string | undefined> | undefined {
  const projected = asRecord(volume?.projected);
  const sources = projected ? asRecords(projected.sources) : [volume];
  const files = new Map<string, string | undefined>();
  for (const source of sources) {
    const [configMap, secret] = [asRecord(source?.configMap), asRecord(source?.secret)];
    const found = configMap
      ? find('ConfigMap', asText(configMap.name) ?? '')
      : secret && find('Secret', asText(secret.secretName) ?? asText(secret.name) ?? '');
    if (!found?.isWhole) return undefined;
    const items = asRecords((configMap ?? secret)?.items);
    if (items.length === 0) for (const [key, path] of found.files) files.set(key, path);
    for (const item of items) {
      const key = asText(item.key) ?? '';
      files.set(asText(item.path) ?? key, found.files.get(key));
    }
  }
  return files;
}

/** What a ConfigMap brings is as unchangeable for the container as what is copied into its image. */
function fileMount(target: string, path: string): Mount {
  return { target, source: { kind: 'copy', path }, at: undefined };
}

function keepsData(
  spec: Readonly<Record<string, unknown>>,
  container: Readonly<Record<string, unknown>>,
  image: GrafanaImage,
): boolean {
  const kept = asRecords(spec.volumes).flatMap(({ name, persistentVolumeClaim, hostPath }) =>
    persistentVolumeClaim === undefined && hostPath === undefined ? [] : [asText(name)],
  );
  return asRecords(container.volumeMounts).some(
    ({ name, mountPath }) =>
      kept.includes(asText(name)) && image.data.includes(normalise(asText(mountPath) ?? '')),
  );
}
