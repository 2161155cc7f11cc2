import { type Node, parseTree } from 'jsonc-parser';
import type { PropertyPath } from '../model/source-file.ts';
import { EditRefusal, pathText } from './edit-refusal.ts';
import type { EditableText } from './editable-text.ts';
import { fileStyle, type JsonText, render, styleAround, styleInside } from './json-style.ts';
import type { Change } from './resolve-edit.ts';
import type { Splice } from './splice.ts';

/**
 * Reads JSON for editing. What is added looks like its siblings: the same line breaks, indentation, blanks around
 * the colon. (`modify` of jsonc-parser formats whole lines, which changes neighbours that stand on the same line.)
 */
export function readJson(text: string): EditableText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EditRefusal('The file is not valid JSON.');
  }
  let json: JsonText | undefined;
  const splices = (change: Change): readonly Splice[] => {
    json ??= jsonText(text);
    return splicesFor(change, json);
  };
  return { value, splices };
}

function jsonText(text: string): JsonText {
  const root = parseTree(text);
  if (root === undefined) throw new EditRefusal('The file is not valid JSON.');
  return { text, root, ...fileStyle(text, root) };
}

function splicesFor(change: Change, json: JsonText): readonly Splice[] {
  switch (change.kind) {
    case 'replace': {
      const node = nodeAt(json.root, change.path);
      return [{ ...spanOf(node), text: render(change.value, styleAround(node, json)) }];
    }
    case 'insert': {
      const map = nodeAt(json.root, change.path);
      const sibling = map.children?.findLast((child) => child.children?.[0]?.value === change.after);
      const style = styleInside(map, json);
      return add(
        map,
        `${JSON.stringify(change.key)}${style.colon}${render(change.value, style)}`,
        json,
        sibling,
      );
    }
    case 'append': {
      const list = nodeAt(json.root, change.path);
      return add(list, render(change.value, styleInside(list, json)), json);
    }
    case 'rename':
      return rename(nodeAt(json.root, change.path), change.key);
    case 'remove':
      return remove(nodeAt(json.root, change.path));
    default:
      return change satisfies never;
  }
}

/** Of duplicate keys the last one counts, for `JSON.parse` and for Grafana. */
function nodeAt(root: Node, path: PropertyPath): Node {
  let node: Node | undefined = root;
  for (const part of path) {
    node =
      typeof part === 'number'
        ? node?.children?.[part]
        : node?.children?.findLast((child) => child.children?.[0]?.value === part)?.children?.[1];
  }
  if (node === undefined) throw new EditRefusal(`There is no ${pathText(path)}.`);
  return node;
}

/** Adds a rendered child behind `sibling`, or behind the last one. */
function add(container: Node, child: string, json: JsonText, sibling?: Node): readonly Splice[] {
  const last = sibling ?? container.children?.at(-1);
  const { gap, close } = styleInside(container, json);
  if (last !== undefined) return [{ start: endOf(last), end: endOf(last), text: `,${gap}${child}` }];
  const [open, end] = container.type === 'array' ? '[]' : '{}';
  return [{ ...spanOf(container), text: `${open}${gap}${child}${close}${end}` }];
}

function rename(node: Node, key: string): readonly Splice[] {
  const old = node.parent?.children?.[0];
  if (old === undefined) throw new EditRefusal('Only a property has a key.');
  return [{ ...spanOf(old), text: JSON.stringify(key) }];
}

function remove(node: Node): readonly Splice[] {
  const child = node.parent?.type === 'property' ? node.parent : node;
  const container = child.parent;
  const siblings = container?.children ?? [];
  const index = siblings.indexOf(child);
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  if (next !== undefined) return [{ start: child.offset, end: next.offset, text: '' }];
  if (previous !== undefined) return [{ start: endOf(previous), end: endOf(child), text: '' }];
  if (container === undefined) throw new EditRefusal('The root of a file cannot be deleted.');
  return [{ ...spanOf(container), text: container.type === 'array' ? '[]' : '{}' }];
}

function spanOf(node: Node): { readonly start: number; readonly end: number } {
  return { start: node.offset, end: endOf(node) };
}

function endOf(node: Node): number {
  return node.offset + node.length;
}
