import { type Json, objectOf } from '../../../diff/json.ts';

/**
 * What of a specification of schema v2 is of another shape, such as a list of elements, which have names; undefined when
 * nothing is. What is left out, or null as Grafana answers it, is no fault.
 */
export function shapeFault(spec: Json): string | undefined {
  return (
    objectFault(spec.elements, 'elements', 'an object of panels by their names') ??
    firstFault(Object.entries(objectOf(spec.elements) ?? {}), ([name, element]) =>
      objectFault(element, `elements.${name}`),
    ) ??
    layoutFault(spec.layout, 'layout') ??
    firstFault(['variables', 'annotations', 'links'], (key) => listFault(spec[key], key))
  );
}

function layoutFault(layout: unknown, path: string): string | undefined {
  const spec = objectOf(objectOf(layout)?.spec) ?? {};
  return (
    objectFault(layout, path) ??
    objectFault(objectOf(layout)?.spec, `${path}.spec`) ??
    firstFault(['items', 'rows', 'tabs'], (key) =>
      listFault(spec[key], `${path}.spec.${key}`, (part, at) =>
        layoutFault(objectOf(part.spec)?.layout, `${at}.spec.layout`),
      ),
    )
  );
}

function listFault(
  value: unknown,
  path: string,
  inner: (item: Json, path: string) => string | undefined = () => undefined,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) return fault(path, 'a list', value);
  return firstFault([...value.entries()], ([index, item]) => {
    const at = `${path}[${index}]`;
    const object = objectOf(item);
    return object ? inner(object, at) : fault(at, 'an object', item);
  });
}

function objectFault(value: unknown, path: string, expected = 'an object'): string | undefined {
  if (value === undefined || value === null || objectOf(value)) return undefined;
  return fault(path, expected, value);
}

function fault(path: string, expected: string, found: unknown): string {
  const kind = Array.isArray(found) ? 'a list' : objectOf(found) ? 'an object' : JSON.stringify(found);
  return `expected \`${path}\` to be ${expected}, found ${kind}`;
}

function firstFault<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
