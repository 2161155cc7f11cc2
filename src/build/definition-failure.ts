import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packageFile } from '../load/package-file.ts';
import type { Finding } from '../model/finding.ts';
import { definitionError, rangeAt } from './definition-error.ts';

/** What was thrown while a definition ran. */
export interface Thrown {
  readonly message: string;
  /** `''` when there was none. */
  readonly stack: string;
}

/** The error of a definition (path below the root), at the innermost line of its stack that lies in the workspace. */
export function definitionFailure(root: string, definition: string, { message, stack }: Thrown): Finding {
  const text = oneLine(root, message);
  for (const { file, line, column } of framesIn(root, stack)) {
    const source = textOf(`${root}/${file}`);
    if (source === undefined) continue;
    return definitionError('definition-failed', text, { file, range: rangeAt(source, line, column) });
  }
  return definitionError('definition-failed', text, { file: definition });
}

/** Whether a module is panelproof's own, which in its own repository lies in the workspace as well. */
function isOwn(path: string): boolean {
  return ['dist', 'src'].some((folder) => path.startsWith(packageFile(`${folder}${sep}`)));
}

/** The places of a stack that lie in the workspace, innermost first. */
function framesIn(root: string, stack: string) {
  // A path may hold blanks and brackets, so what stands around it is what ends it.
  const frames = stack.matchAll(/^(?:.*\s\(?|\(?)?(?=file:\/\/|\/)(.+?):(\d+)(?::(\d+))?\)?$/gm);
  return [...frames].flatMap(([, place = '', line, column]) => {
    const path = pathOf(place);
    const file = relative(root, path).split(sep).join('/');
    const isInside = !isOwn(path) && !file.startsWith('..') && !file.split('/').includes('node_modules');
    return isInside ? [{ file, line: Number(line), column: Number(column ?? 1) }] : [];
  });
}

function pathOf(place: string): string {
  try {
    return place.startsWith('file:') ? fileURLToPath(place) : place;
  } catch {
    return place;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** One line, with paths as people know them. */
function oneLine(root: string, message: string): string {
  return message
    .replaceAll(pathToFileURL(`${root}/`).href, '')
    .replaceAll(`${root}/`, '')
    .replace(/\s+/g, ' ')
    .trim();
}
