import { isAlias, isMap, isScalar, isSeq, type ParsedNode, parseAllDocuments, visit } from 'yaml';
import { MAX_ALIASES, type PropertyPath } from '../model/source-file.ts';
import { EditRefusal, pathText } from './edit-refusal.ts';
import type { EditableText } from './editable-text.ts';
import type { Change } from './resolve-edit.ts';
import type { Splice } from './splice.ts';
import { insertLines } from './text-lines.ts';
import { addToBlock, removeFromBlock, replaceInBlock } from './yaml-block.ts';
import { addToFlow, removeFromFlow, replaceInFlow } from './yaml-flow.ts';
import { type Entry, entriesOf, type ParsedCollection } from './yaml-layout.ts';
import { blockLines } from './yaml-render.ts';
import { stringScalar } from './yaml-scalar.ts';
import { quotesOf, styleFor } from './yaml-style.ts';

/**
 * Reads YAML for editing: one document, written back by splices at the places of its nodes. The parser's own
 * printing would change more than half of all real files without any edit.
 */
export function readYaml(text: string): EditableText {
  const { root, value } = parsed(text);
  return { value, splices: (change) => splicesFor(change, { text, root }) };
}

/** A YAML text and what stands in it; null for a text with nothing but comments. */
interface YamlText {
  readonly text: string;
  readonly root: ParsedNode | null;
}

function parsed(text: string): { readonly root: ParsedNode | null; readonly value: unknown } {
  try {
    const options = { keepSourceTokens: true, merge: true, prettyErrors: false, logLevel: 'error' } as const;
    const documents = parseAllDocuments(text, options);
    const [document, second] = Array.isArray(documents) ? documents : [];
    if (second !== undefined) throw new EditRefusal('The file holds several YAML documents.');
    if (document === undefined) return { root: null, value: null };
    const [error] = document.errors;
    if (error !== undefined) throw new EditRefusal(`The file is not valid YAML: ${error.message}.`);
    return {
      root: document.contents as ParsedNode | null,
      value: document.toJS({ maxAliasCount: MAX_ALIASES }),
    };
  } catch (error) {
    if (error instanceof EditRefusal) throw error;
    throw new EditRefusal(
      `The file is not valid YAML: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function splicesFor(change: Change, yaml: YamlText): readonly Splice[] {
  switch (change.kind) {
    case 'replace':
      return replace(change.path, change.value, yaml);
    case 'insert': {
      const { collection, isEmpty } = collectionAt(change.path, yaml);
      if (isEmpty) return replace(change.path, { [change.key]: change.value }, yaml);
      return (collection.flow === true ? addToFlow : addToBlock)(
        collection,
        change,
        styled(collection, yaml),
      );
    }
    case 'append': {
      const { collection, isEmpty } = collectionAt(change.path, yaml);
      if (isEmpty) return replace(change.path, [change.value], yaml);
      return (collection.flow === true ? addToFlow : addToBlock)(
        collection,
        change,
        styled(collection, yaml),
      );
    }
    case 'rename':
      return rename(change.path, change.key, yaml);
    case 'remove':
      return remove(change.path, yaml);
    default:
      return change satisfies never;
  }
}

function replace(path: PropertyPath, value: Extract<Change, { kind: 'replace' }>['value'], yaml: YamlText) {
  const { text, root } = yaml;
  const last = walk(path, yaml).at(-1);
  if (last === undefined) {
    if (root !== null && text.slice(root.range[0], root.range[1]).trim() !== '') {
      throw new EditRefusal('The whole content of a YAML file is not replaced by a property edit.');
    }
    return [insertLines(text.length, blockLines(value, styleFor(undefined, null, text)), text)];
  }
  const { collection, entry } = last;
  const write = collection.flow === true ? replaceInFlow : replaceInBlock;
  return write(entry, value, styled(collection, yaml));
}

function rename(path: PropertyPath, key: string, yaml: YamlText): readonly Splice[] {
  const old = walk(path, yaml).at(-1)?.entry.key;
  if (!isScalar(old)) throw new EditRefusal(`${pathText(path)} has no key of its own.`);
  const [start, end] = old.range;
  return [{ start, end, text: stringScalar(key, quotesOf(old)) }];
}

/** A collection that would be left without entries becomes `{}` or `[]`: nothing at all would mean null. */
function remove(path: PropertyPath, yaml: YamlText): readonly Splice[] {
  const last = walk(path, yaml).at(-1);
  if (last === undefined) throw new EditRefusal('The root of a file cannot be deleted.');
  const { collection, entry, entries } = last;
  if (entries.length > 1) {
    return (collection.flow === true ? removeFromFlow : removeFromBlock)(entry, entries, yaml.text);
  }
  if (path.length === 1) throw new EditRefusal(`${pathText(path)} is all there is in the file.`);
  return replace(path.slice(0, -1), isSeq(collection) ? [] : {}, yaml);
}

function collectionAt(path: PropertyPath, yaml: YamlText) {
  const steps = walk(path, yaml);
  const node = steps.length === 0 ? yaml.root : steps.at(-1)?.entry.value;
  if (isAlias(node)) throw throughAlias(path, node.source);
  if (!isMap(node) && !isSeq(node))
    throw new EditRefusal(`${pathText(path)} is neither a mapping nor a list.`);
  const collection = node as ParsedCollection;
  return { collection, isEmpty: collection.items.length === 0 };
}

/** One step down a path: the collection, its entries and the one of them the path takes. */
interface Step {
  readonly collection: ParsedCollection;
  readonly entries: readonly Entry[];
  readonly entry: Entry;
}

function walk(path: PropertyPath, { text, root }: YamlText): readonly Step[] {
  const steps: Step[] = [];
  let node: ParsedNode | null | undefined = root;
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) throw throughAlias(path.slice(0, depth), node.source);
    if (!isMap(node) && !isSeq(node))
      throw new EditRefusal(`There is no ${pathText(path.slice(0, depth + 1))}.`);
    const collection = node as ParsedCollection;
    const entries = entriesOf(collection, text);
    const entry = typeof part === 'number' ? entries[part] : entries.find(({ key }) => keyIs(key, part));
    if (entry === undefined) {
      const isMerged = entries.some(({ key }) => isScalar(key) && key.source === '<<');
      const words = isMerged ? 'comes from a merge key (<<)' : 'does not exist';
      throw new EditRefusal(`${pathText(path.slice(0, depth + 1))} ${words}.`);
    }
    steps.push({ collection, entries, entry });
    node = entry.value;
    assertUsedOnce(node, path.slice(0, depth + 1), root);
  }
  return steps;
}

function assertUsedOnce(node: ParsedNode | undefined, path: PropertyPath, root: ParsedNode | null): void {
  const name = node === undefined || isAlias(node) ? undefined : node.anchor;
  if (name === undefined || root === null) return;
  let isUsed = false;
  visit(root, {
    Alias: (_, alias) => {
      isUsed ||= alias.source === name;
    },
  });
  if (isUsed)
    throw new EditRefusal(`${pathText(path)} is anchored as &${name}, and other places use it as *${name}.`);
}

/** Keys are compared as they are read: `1: x` and `'1': x` have the same name. */
function keyIs(key: ParsedNode | undefined, name: string): boolean {
  return isScalar(key) && String(key.value ?? '') === name;
}

function throughAlias(path: PropertyPath, name: string): EditRefusal {
  return new EditRefusal(
    `${pathText(path)} is written as *${name}, so that an edit would change more than one place.`,
  );
}

function styled(collection: ParsedCollection, { text, root }: YamlText) {
  return { text, style: styleFor(collection, root, text) };
}
