import { type Document, isMap, isScalar, isSeq, type Pair, parseAllDocuments, type YAMLMap } from 'yaml';
import { MAX_ALIASES, type TextRange } from '../../model/source-file.ts';
import { asRecord, asText } from '../record.ts';

/** One object of a manifest: what `kubectl apply` would send. */
export interface ManifestObject {
  readonly file: string;
  /** The text of the whole file. */
  readonly source: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly value: Readonly<Record<string, unknown>>;
  readonly node: YAMLMap;
  /** The document that it stands in; places of its values are asked from it. */
  readonly document: Document.Parsed;
  /** The place of its name. */
  readonly at: TextRange;
}

/** A YAML document and its value. */
export interface YamlDocument {
  readonly document: Document.Parsed;
  readonly value: unknown;
}

/** The documents of a YAML text, without those that do not parse: they may be templates of another tool. */
export function yamlDocuments(text: string): readonly YamlDocument[] {
  try {
    const documents = parseAllDocuments(text, { prettyErrors: false, merge: true, logLevel: 'error' });
    return (documents as Document.Parsed[]).flatMap((document) => {
      if (document.errors.length > 0) return [];
      try {
        return [{ document, value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown }];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** The objects of a manifest, those of a `List` one by one. */
export function manifestObjects(file: string, source: string): readonly ManifestObject[] {
  return yamlDocuments(source).flatMap(({ document, value }) =>
    objectsOf({ file, source, document }, document.contents, { value, isItem: false }),
  );
}

type Within = Pick<ManifestObject, 'file' | 'source' | 'document'>;

function objectsOf(
  within: Within,
  node: unknown,
  { value, isItem }: { readonly value: unknown; readonly isItem: boolean },
): ManifestObject[] {
  const record = asRecord(value);
  const kind = asText(record?.kind);
  if (!record || kind === undefined || asText(record.apiVersion) === undefined || !isMap(node)) return [];
  if (Array.isArray(record.items) && kind.endsWith('List')) {
    // Lists are not in lists.
    if (isItem) return [];
    const items = node.get('items', true);
    return isSeq(items)
      ? items.items.flatMap((item, index) =>
          objectsOf(within, item, { value: (record.items as unknown[])[index], isItem: true }),
        )
      : [];
  }
  const metadata = asRecord(record.metadata);
  const named = pairOf(node, 'metadata')?.value;
  const name = isMap(named) ? pairOf(named, 'name') : undefined;
  return [
    {
      ...within,
      kind,
      name: asText(metadata?.name) ?? '',
      namespace: asText(metadata?.namespace),
      labels: texts(metadata?.labels),
      annotations: texts(metadata?.annotations),
      value: record,
      node,
      at: spanOf(name?.value) ?? spanOf(name?.key) ?? { start: 0, end: 0 },
    },
  ];
}

/** A mapping of texts, as labels and annotations are. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asRecord(value) ?? {}).flatMap(([key, item]) => {
      const text = asText(item);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}

/** The entry of a mapping with this key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

/** The span of a node. */
export function spanOf(node: unknown): TextRange | undefined {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
