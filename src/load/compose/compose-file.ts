import { type Document, isNode, parseAllDocuments, visit } from 'yaml';
import { MAX_ALIASES, type PropertyPath } from '../../model/source-file.ts';
import type { FileTree } from '../file-tree.ts';
import { asRecord } from '../record.ts';
import { readText } from '../tree-files.ts';
import { composeShapeFault } from './shape-fault.ts';

/** One compose file as it is written: merge keys applied, variables not yet put in. */
export interface ComposeFile {
  /** Path below the root of the tree. */
  readonly path: string;
  readonly root: Readonly<Record<string, unknown>>;
  /** Whether the value at a path carries `!reset` or `!override`, so that what it is merged over is dropped. */
  tagAt(path: PropertyPath): 'reset' | 'override' | undefined;
}

/** Reads compose files, each once: services that extend one file are many. */
export type ComposeReader = (path: string) => ComposeFile | 'missing' | 'invalid';

/** A reader of the compose files of a tree. */
export function composeReader(tree: FileTree): ComposeReader {
  const known = new Map<string, ComposeFile | 'missing' | 'invalid'>();
  return (path) => {
    const file = known.get(path) ?? composeFile(tree, path);
    known.set(path, file);
    return file;
  };
}

/**
 * Reads a compose file. `missing` when there is none in the tree, `invalid` when Docker Compose refuses it as a whole: it
 * is not YAML with a mapping at its root, or what it says is of another shape.
 */
export function composeFile(tree: FileTree, path: string): ComposeFile | 'missing' | 'invalid' {
  const text = readText(tree, path);
  if (text === undefined) return 'missing';
  try {
    const [document] = parseAllDocuments(text, {
      merge: true,
      prettyErrors: false,
      logLevel: 'silent',
    }) as Document[];
    if (!document) return { path, root: {}, tagAt: () => undefined };
    if (document.errors.length > 0) return 'invalid';
    // A file of comments only is empty, not wrong.
    const root = asRecord(document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {});
    if (!root) return 'invalid';
    // What carries a tag is taken out or put in when files are merged.
    if (!isTemplate(text) && !MERGE_TAG.test(text) && composeShapeFault(root, path)) return 'invalid';
    const tags = mergeTags(document, text);
    return { path, root, tagAt: (at) => tags.get(JSON.stringify(at)) };
  } catch {
    return 'invalid';
  }
}

const MERGE_TAG = /!(reset|override)\b/;

/** Whether a text has braces that another tool fills in first. */
export function isTemplate(text: string): boolean {
  return /\{\{|\{%|<%/.test(text);
}

function mergeTags(document: Document, text: string): ReadonlyMap<string, 'reset' | 'override'> {
  const tags = new Map<string, 'reset' | 'override'>();
  if (!MERGE_TAG.test(text)) return tags;
  visit(document, {
    Pair(_, pair, ancestors) {
      const tag = isNode(pair.value) ? pair.value.tag : undefined;
      if (tag !== '!reset' && tag !== '!override') return;
      const keys = [...ancestors, pair].flatMap((node) => {
        const key = (node as { key?: { value?: unknown } }).key;
        return key === undefined ? [] : [String(key.value)];
      });
      tags.set(JSON.stringify(keys), tag === '!reset' ? 'reset' : 'override');
    },
  });
  return tags;
}
