import picomatch from 'picomatch';
import type { GrafanaInstance } from '../../model/grafana-instance.ts';
import type { ConfigMap } from '../../model/kubernetes.ts';
import type { FileTree } from '../file-tree.ts';
import { asText } from '../record.ts';
import { readText } from '../tree-files.ts';
import { treePath } from '../tree-path.ts';
import type { Embed } from './config-map.ts';
import { labelledInstance } from './sidecar.ts';

/** A template of a Helm chart that makes ConfigMaps of files of the chart. */
interface TemplateFiles {
  readonly file: string;
  readonly configMaps: readonly ConfigMap[];
  /** Not all of them are made at once. */
  readonly hasBranches: boolean;
}

/** What decides which templates and files are looked at. */
export interface TemplateContext {
  /** All files of the tree. */
  readonly files: readonly string[];
  /** Files that speak of Grafana. */
  readonly relevant: readonly string[];
  /** Labels by which sidecars find dashboards. */
  readonly labels: ReadonlySet<string>;
  readonly embed: Embed;
}

/** Dashboards among the files of Helm charts; which templates are used together is not known. */
export function templateInstances(
  tree: FileTree,
  { files, relevant, labels, embed }: TemplateContext,
): GrafanaInstance[] {
  return relevant
    .filter((path) => /(^|\/)templates\//.test(path))
    .sort()
    .flatMap((path) => {
      const found = templateFiles(path, readText(tree, path) ?? '', { files, labels });
      if (!found) return [];
      // Of files in branches only one may be taken.
      const groups = found.hasBranches ? found.configMaps.map((one) => [one]) : [found.configMaps];
      return groups.flatMap((configMaps) => labelledInstance(path, configMaps, embed) ?? []);
    });
}

/** What a template does to a text so that it is not what Grafana will see, where it is done to the text of a file. */
const CHANGES = /\b(tpl|fromYaml|include|replace|regexReplaceAll\w*)\b/;
const OF_FILES = /Files|[cC]ontent|bytes/;

/**
 * The dashboards that a template takes from files of its chart: `.Files.Get "a.json"` and `.Files.Glob "boards/*.json"`
 * with the names written out, in a template with a label by which a sidecar finds dashboards. Templates are not rendered:
 * one that can change what it takes gives nothing.
 */
function templateFiles(
  file: string,
  text: string,
  context: { readonly files: readonly string[]; readonly labels: ReadonlySet<string> },
): TemplateFiles | undefined {
  const chart = /^(?:(.*)\/)?templates\//.exec(file);
  if (!chart || ![...context.labels].some((label) => text.includes(label))) return undefined;
  const folder = chart[1] ?? '';
  const lines = text.split('\n');
  if (lines.some((line) => OF_FILES.test(line) && CHANGES.test(line)) || /\btpl\b/.test(text))
    return undefined;
  const named = [...text.matchAll(/\.Files\.Get\s+\(?"([^"$]+\.json)"/g)].flatMap(
    ([, name]) => treePath(folder, asText(name) ?? '') ?? [],
  );
  const globbed = [...text.matchAll(/\.Files\.Glob\s+\(?"([^"$]+)"/g)].flatMap(([, pattern]) => {
    const prefix = folder === '' ? '' : `${folder}/`;
    const matches = picomatch(pattern ?? '');
    return context.files.filter(
      (path) => path.startsWith(prefix) && path.endsWith('.json') && matches(path.slice(prefix.length)),
    );
  });
  const paths = [...new Set([...named, ...globbed])].filter((path) => context.files.includes(path));
  if (paths.length === 0) return undefined;
  const hasBranches = /\{\{-?\s*else\b/.test(text);
  return { file, configMaps: paths.map((path) => configMapOf(path, file)), hasBranches };
}

function configMapOf(path: string, file: string): ConfigMap {
  return {
    kind: 'ConfigMap',
    name: '',
    namespace: undefined,
    labels: {},
    // The template may give each a folder of its own.
    annotations: { folder: path },
    files: new Map([[path.slice(path.lastIndexOf('/') + 1), path]]),
    isWhole: true,
    at: { file },
  };
}
