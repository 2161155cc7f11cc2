import type { Edit, JsonValue } from '../../model/edit.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import { type Draw, ODD_STRINGS } from './draw.ts';

/** An edit of something in the value: a set, an insertion, an append or a delete. */
export function oddEdit(draw: Draw, file: string, root: unknown): Edit {
  const places = placesIn(root, []);
  const { path, value } = draw.pick(places);
  const kind = draw.number(10);
  if (Array.isArray(value) && kind < 5) return { kind: 'append', file, path, value: oddValue(draw, 2) };
  if (isObject(value) && kind < 6) {
    const after = draw.pick([...Object.keys(value), 'absent']);
    const name = draw.chance(70) ? `new${draw.fresh()}` : draw.pick([...ODD_STRINGS, '__proto__']);
    const deeper = draw.chance(15) ? ['below', 'it'] : [];
    const edit = { kind: 'set', file, path: [...path, name, ...deeper], value: oddValue(draw, 2) } as const;
    return draw.chance(40) ? { ...edit, after } : edit;
  }
  if (path.length === 0 && typeof value === 'object' && value !== null && !draw.chance(5))
    return oddEdit(draw, file, root);
  if (kind === 6 && typeof path.at(-1) === 'string')
    return {
      kind: 'rename',
      file,
      path,
      key: draw.chance(70) ? `new${draw.fresh()}` : draw.pick(ODD_STRINGS),
    };
  if (kind < 8 || path.length === 0) return { kind: 'set', file, path, value: oddValue(draw, 2) };
  return { kind: 'delete', file, path };
}

/** The value with the edit made, by mutation of a copy: another way than the one under test. */
export function expectedValue(root: unknown, edit: Edit): unknown {
  if (edit.kind === 'text') return root;
  if (edit.path.length === 0 && edit.kind === 'set') return edit.value;
  const copy = { root: unshared(root) };
  let parent: unknown = copy;
  const path = ['root', ...edit.path];
  const last = path.pop();
  for (const part of path) {
    if (get(parent, part) === undefined || get(parent, part) === null) put(parent, part, {});
    parent = get(parent, part);
  }
  if (edit.kind === 'set') put(parent, last, edit.value);
  if (edit.kind === 'append')
    put(parent, last, [...((get(parent, last) as readonly unknown[] | null) ?? []), edit.value]);
  if (edit.kind === 'rename' && last !== undefined) {
    const value = get(parent, last);
    Reflect.deleteProperty(parent as object, String(last));
    put(parent, edit.key, value);
  }
  if (edit.kind === 'delete') {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else Reflect.deleteProperty(parent as object, String(last));
  }
  return copy.root;
}

/** A deep copy in which what an alias shared stands twice. */
function unshared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshared);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unshared(inner)]));
}

function oddValue(draw: Draw, depth: number): JsonValue {
  const kind = draw.number(10);
  if (depth > 0 && kind < 2) return Array.from({ length: draw.number(3) }, () => oddValue(draw, depth - 1));
  if (depth > 0 && kind < 4) {
    return Object.fromEntries(
      Array.from({ length: draw.number(4) }, () => [
        draw.pick([`n${draw.fresh()}`, ...ODD_STRINGS]),
        oddValue(draw, depth - 1),
      ]),
    );
  }
  if (kind < 6) return draw.pick([0, 1, -1.5, 1e21, 1e-7, 123456789, true, false, null]);
  return draw.pick(ODD_STRINGS);
}

interface Place {
  readonly path: PropertyPath;
  readonly value: unknown;
}

function placesIn(value: unknown, path: PropertyPath): Place[] {
  const here = { path, value };
  if (Array.isArray(value))
    return [here, ...value.flatMap((item, index) => placesIn(item, [...path, index]))];
  if (!isObject(value)) return [here];
  return [here, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function get(parent: unknown, part: string | number | undefined): unknown {
  return part !== undefined && Object.hasOwn(parent as object, part)
    ? Reflect.get(parent as object, part)
    : undefined;
}

function put(parent: unknown, part: string | number | undefined, value: unknown): void {
  if (part === undefined) return;
  Object.defineProperty(parent, part, { value, enumerable: true, configurable: true, writable: true });
}
