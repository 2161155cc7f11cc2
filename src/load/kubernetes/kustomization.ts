import { isMap, isSeq } from 'yaml';
import type { ConfigMap } from '../../model/kubernetes.ts';
import type { Location, TextRange } from '../../model/source-file.ts';
import type { FileTree } from '../file-tree.ts';
import { asList, asRecord, asRecords, asText } from '../record.ts';
import { readText } from '../tree-files.ts';
import { treePath } from '../tree-path.ts';
import { pairOf, spanOf, texts, yamlDocuments } from './manifest.ts';

/** The file of a folder that says what kustomize makes of it. */
export interface Kustomization {
  readonly file: string;
  readonly folder: string;
  /** Files and folders that it takes in, as paths of the tree; undefined for what lies elsewhere. */
  readonly resources: readonly (string | undefined)[];
  readonly generated: readonly GeneratedConfigMap[];
  /** Put on everything that it takes in or makes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly namespace: string | undefined;
  readonly images: readonly ImageChange[];
  /** Texts of its patches, those in files of their own too. */
  readonly patches: readonly string[];
  readonly patchFiles: readonly string[];
}

/** Another name or tag for an image. */
export interface ImageChange {
  readonly name: string;
  readonly newName: string | undefined;
  readonly newTag: string | undefined;
}

/** A ConfigMap or Secret made of files. */
export interface GeneratedConfigMap extends ConfigMap {
  readonly behavior: string;
}

/** The names that kustomize looks for. */
export const KUSTOMIZATION_FILE = /(^|\/)(kustomization\.ya?ml|Kustomization)$/;

/** Reads a kustomization; undefined when the file is something else. */
export function readKustomization(tree: FileTree, file: string): Kustomization | undefined {
  const source = readText(tree, file) ?? '';
  const [document] = yamlDocuments(source);
  const root = asRecord(document?.value);
  if (!document || !root) return undefined;
  // Flux and Argo CD have objects of this kind, too.
  if (!/^kustomize\.config\.k8s\.io\/|^$/.test(asText(root.apiVersion) ?? '')) return undefined;
  const folder = file.slice(0, Math.max(file.lastIndexOf('/'), 0));
  const patchFiles = patchPaths(root).flatMap((path) => treePath(folder, path) ?? []);
  return {
    file,
    folder,
    resources: ['resources', 'bases', 'components'].flatMap((key) =>
      asList(root[key]).map((item) => {
        const path = asText(item);
        return path === undefined || /^[\w+]+:\/\/|^[\w.-]+@|\?ref=/.test(path)
          ? undefined
          : treePath(folder, path);
      }),
    ),
    generated: ['configMapGenerator', 'secretGenerator'].flatMap((key) => {
      const node = isMap(document.document.contents)
        ? pairOf(document.document.contents, key)?.value
        : undefined;
      return asList(root[key]).flatMap((item, index) => {
        const span = isSeq(node) ? spanOf(node.items[index]) : undefined;
        const kind = key === 'configMapGenerator' ? 'ConfigMap' : 'Secret';
        return generated(item, {
          kind,
          folder,
          options: root.generatorOptions,
          at: { file, ...rangeOf(span) },
        });
      });
    }),
    labels: {
      ...texts(root.commonLabels),
      ...Object.assign({}, ...asList(root.labels).map((item) => texts(asRecord(item)?.pairs))),
    },
    annotations: texts(root.commonAnnotations),
    namespace: asText(root.namespace),
    images: asRecords(root.images).map(({ name, newName, newTag }) => ({
      name: asText(name) ?? '',
      newName: asText(newName),
      newTag: asText(newTag),
    })),
    patches: [
      ...['patches', 'patchesStrategicMerge', 'patchesJson6902', 'replacements', 'transformers'].flatMap(
        (key) => asList(root[key]).map((item) => JSON.stringify(item)),
      ),
      ...patchFiles.map((path) => readText(tree, path) ?? ''),
    ],
    patchFiles,
  };
}

function rangeOf(span: TextRange | undefined): Partial<Location> {
  return span === undefined ? {} : { range: { start: span.start, end: span.start } };
}

function patchPaths(root: Readonly<Record<string, unknown>>): string[] {
  return ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((key) =>
    asList(root[key]).flatMap((item) => {
      const path = asText(item) ?? asText(asRecord(item)?.path);
      return path === undefined || path.includes('\n') ? [] : [path];
    }),
  );
}

interface GeneratorContext {
  readonly kind: ConfigMap['kind'];
  readonly folder: string;
  readonly options: unknown;
  readonly at: Location;
}

/** `files` are `path`, whose name is the key, or `key=path`; literals and env files hold no dashboards. */
function generated(item: unknown, { kind, folder, options, at }: GeneratorContext): GeneratedConfigMap[] {
  const entry = asRecord(item);
  if (!entry) return [];
  const [common, own] = [asRecord(options), asRecord(entry.options)];
  const files = new Map<string, string | undefined>();
  for (const line of asList(entry.files)) {
    const text = asText(line) ?? '';
    const equals = text.indexOf('=');
    const path = text.slice(equals + 1);
    const key = equals === -1 ? path.slice(path.lastIndexOf('/') + 1) : text.slice(0, equals);
    files.set(key, treePath(folder, path));
  }
  return [
    {
      kind,
      name: asText(entry.name) ?? '',
      namespace: asText(entry.namespace),
      labels: { ...texts(common?.labels), ...texts(own?.labels) },
      annotations: { ...texts(common?.annotations), ...texts(own?.annotations) },
      files,
      isWhole: asList(entry.literals).length + asList(entry.envs).length === 0 && entry.env === undefined,
      at,
      behavior: asText(entry.behavior) ?? 'create',
    },
  ];
}
