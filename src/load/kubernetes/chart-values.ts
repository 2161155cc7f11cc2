import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { PropertyPath } from '../../model/source-file.ts';
import type { FileTree } from '../file-tree.ts';
import { asRecord, asRecords } from '../record.ts';
import { readText } from '../tree-files.ts';
import { folderOf } from '../tree-path.ts';
import { type Locate, locateInScalar } from './embedded-file.ts';
import { spanOf, type YamlDocument, yamlDocuments } from './manifest.ts';
import { MANIFEST } from './unit.ts';

/** Values that somebody gives to the Grafana chart, wherever they stand. */
export interface ChartValues {
  readonly file: string;
  /** The text that `document` was read from: the file, or a text in it. */
  readonly source: string;
  readonly document: YamlDocument['document'];
  /** Where in the document the values are; `[]` in a values file of the chart itself. */
  readonly path: PropertyPath;
  readonly values: Readonly<Record<string, unknown>>;
  readonly node: YAMLMap;
  /** From spans of `source` to spans of the file. */
  readonly locate: Locate;
  /** The file holds this one document and the values in it, so that they can be edited in place. */
  readonly isEditable: boolean;
  /** Other values are laid over these, or below them, that the tree may not show. */
  readonly isPart: boolean;
}

/** Values for Grafana's chart; those of several files of one folder may be laid over each other. */
export function chartsIn(tree: FileTree, files: readonly string[]): ChartValues[] {
  const found = [...files].sort().flatMap((path) => {
    if (!MANIFEST.test(path) || /(^|\/)templates\//.test(path)) return [];
    const text = readText(tree, path) ?? '';
    return CHART_HINT.test(text) ? chartValuesIn(path, text) : [];
  });
  return found.map((chart) => ({
    ...chart,
    isPart:
      chart.isPart ||
      found.some((other) => other !== chart && folderOf(other.file) === folderOf(chart.file)) ||
      tree
        .list(folderOf(chart.file))
        .some(({ name }) => VALUES_FILE.test(name) && !chart.file.endsWith(name)),
  }));
}

/** Argo CD lays other values over these, or lays these over others. */
const OTHER_VALUES = /\b(valueFiles|valuesFiles?|additionalValuesFiles)["']?\s*:/;

/** Files of values that Helm is told to lay over others, encrypted ones too. */
const VALUES_FILE = /(values|secrets?|overrides?|sops|enc)\b[\w.-]*\.(ya?ml|gotmpl|enc)$/i;

/** What such values have at least one of; asked before a file is parsed. */
const CHART_HINT = /\b(dashboardProviders|dashboardsConfigMaps|sidecar|datasources|gnetId|json)["']?\s*:/;

/** Nothing deeper is looked at: values of a chart in an Application in a list are at 8. */
const MAX_DEPTH = 10;

/** All values for the Grafana chart in a YAML file: values files, Flux's HelmRelease, Argo CD's Application, and others. */
function chartValuesIn(file: string, source: string): ChartValues[] {
  const documents = yamlDocuments(source);
  return documents.flatMap(({ document, value }) => {
    const spec = asRecord(asRecord(value)?.spec);
    return search(document.contents, value, {
      file,
      source,
      document,
      path: [],
      locate: (range) => range,
      isEditable: documents.length === 1,
      isPart: asRecords(spec?.valuesFrom).length > 0 || OTHER_VALUES.test(source),
    });
  });
}

type Search = Omit<ChartValues, 'values' | 'node'>;

function search(node: unknown, value: unknown, at: Search): ChartValues[] {
  if (at.path.length > MAX_DEPTH) return [];
  if (isSeq(node) && Array.isArray(value))
    return node.items.flatMap((item, index) =>
      search(item, value[index], { ...at, path: [...at.path, index] }),
    );
  if (isScalar(node) && typeof node.value === 'string') return searchText(node, at);
  const values = asRecord(value);
  if (!isMap(node) || !values) return [];
  if (isChartValues(values)) return [{ ...at, values, node }];
  return node.items.flatMap((pair) => {
    const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
    return key === undefined ? [] : search(pair.value, values[key], { ...at, path: [...at.path, key] });
  });
}

/** Argo CD and k3s take values as text. */
function searchText(scalar: Parameters<typeof locateInScalar>[1], at: Search): ChartValues[] {
  const text = String(scalar.value);
  const isValues = /^values(Content)?$/.test(String(at.path.at(-1)));
  if (!isValues || !CHART_HINT.test(text)) return [];
  const whole = spanOf(scalar) ?? { start: 0, end: 0 };
  const inner = locateInScalar(at.source, scalar, { start: whole.start, end: whole.start });
  return yamlDocuments(text).flatMap(({ document, value }) =>
    search(document.contents, value, {
      ...at,
      source: text,
      document,
      path: [],
      locate: (range) => at.locate(inner(range)),
      isEditable: false,
    }),
  );
}

/** Told by what no other chart has in these shapes. */
function isChartValues(values: Readonly<Record<string, unknown>>): boolean {
  const files = (value: unknown, list: string) =>
    Object.entries(asRecord(value) ?? {}).some(
      ([key, item]) => /\.ya?ml$/.test(key) && Array.isArray(asRecord(item)?.[list]),
    );
  const sidecar = asRecord(values.sidecar);
  const groups = Object.values(asRecord(values.dashboards) ?? {});
  return (
    files(values.datasources, 'datasources') ||
    files(values.dashboardProviders, 'providers') ||
    [sidecar?.dashboards, sidecar?.datasources].some((part) => asRecord(part)?.enabled !== undefined) ||
    groups.some((group) => Object.values(asRecord(group) ?? {}).some(isDashboard))
  );
}

function isDashboard(item: unknown): boolean {
  const { gnetId, json } = asRecord(item) ?? {};
  return typeof gnetId === 'number' || (typeof json === 'string' && /^\s*\{/.test(json));
}
