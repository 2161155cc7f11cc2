import { nearest } from '../../model/nearest.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import { asRecord, asText } from '../record.ts';
import { DEFAULT_FILES } from './default-files.ts';

/** Something in a compose file that is YAML and of another shape than Docker Compose takes. */
export interface ShapeFault {
  readonly path: PropertyPath;
  /** Whether the key is wrong, not what stands there. */
  readonly isKey?: boolean;
  /** What was expected, and what is there. */
  readonly message: string;
}

type Mapping = Readonly<Record<string, unknown>>;

/**
 * The first thing for which each Docker Compose (seen in compose-go 1.6 to 2.11) refuses a file as a whole, of what
 * decides which Grafana is started and what it reads. Left alone is what another file could still set right when the two
 * are merged, and what people fill in first.
 *
 * @param path that of the file: one of a default name is the first of its project, and others are laid over it
 */
export function composeShapeFault(root: unknown, path: string): ShapeFault | undefined {
  const { services, volumes, configs } = asRecord(root) ?? {};
  if (Array.isArray(services))
    return services.some(isServiceInList)
      ? fault(['services'], 'a mapping of services by their names', services)
      : undefined;
  const named = Object.entries(asRecord(services) ?? {});
  // Another tool's file can have services too.
  if (!named.some(([, service]) => isService(service))) return undefined;
  const isFirst = DEFAULT_FILES.some((name) => path === name || path.endsWith(`/${name}`));
  return firstOf([
    () => mappingFault(volumes, ['volumes']),
    () => mappingFault(configs, ['configs']),
    ...named.map(
      ([name, service]) =>
        () =>
          serviceFault(service, ['services', name], isFirst),
    ),
  ]);
}

function serviceFault(service: unknown, path: PropertyPath, isFirst: boolean): ShapeFault | undefined {
  if (service === null || isFilledIn(service)) return undefined;
  const raw = asRecord(service);
  if (!raw) return fault(path, 'a mapping', service);
  const isAlone = isFirst && raw.extends === undefined;
  const { image, volumes, configs, environment, command, entrypoint } = raw;
  return firstOf([
    () => keyFault(raw, path),
    () => (isText(image) ? undefined : fault([...path, 'image'], 'text', image)),
    () => listFault(volumes, [...path, 'volumes'], volumeFault),
    () => listFault(configs, [...path, 'configs']),
    () => environmentFault(environment, [...path, 'environment'], isAlone),
    ...['volumes', 'environment'].map(
      (key) => () =>
        isAlone && raw[key] === null
          ? {
              path: [...path, key],
              isKey: true,
              message: `expected entries below \`${[...path, key].join('.')}\`, found none`,
            }
          : undefined,
    ),
    () => scriptFault(command, [...path, 'command']),
    () => scriptFault(entrypoint, [...path, 'entrypoint']),
  ]);
}

/** Keys that decide what Grafana reads; no other key that Docker Compose knows is near them. */
const KEYS = ['image', 'build', 'volumes', 'configs', 'environment', 'env_file', 'command', 'entrypoint'];

function keyFault(service: Mapping, path: PropertyPath): ShapeFault | undefined {
  for (const key of Object.keys(service)) {
    const meant = KEYS.includes(key) ? undefined : nearest(key, KEYS);
    if (meant !== undefined && !key.startsWith('x-'))
      return {
        path: [...path, key],
        isKey: true,
        message: `unknown key \`${key}\`, nearest is \`${meant}\``,
      };
  }
  return undefined;
}

function volumeFault(volume: unknown, path: PropertyPath): ShapeFault | undefined {
  const raw = asRecord(volume);
  if (!raw) return typeof volume === 'string' ? undefined : fault(path, 'text or a mapping', volume);
  if (raw.type !== undefined) return undefined;
  return pairFault(raw, path, ':') ?? fault(path, 'a mapping with a `type`', volume);
}

function environmentFault(value: unknown, path: PropertyPath, isAlone: boolean): ShapeFault | undefined {
  if (value === null || value === undefined || isFilledIn(value)) return undefined;
  if (Array.isArray(value))
    return listFault(value, path, (entry, at) => {
      const raw = asRecord(entry);
      return raw ? (pairFault(raw, at, '=') ?? fault(at, 'text', entry)) : undefined;
    });
  if (!isAlone) return undefined;
  const raw = asRecord(value);
  if (!raw) return fault(path, 'a mapping or a list', value);
  const nested = Object.entries(raw).find(([, inner]) => typeof inner === 'object' && inner !== null);
  return nested && fault([...path, nested[0]], 'a single value', nested[1]);
}

/** Where `- a:b` or `- a=b` was meant, and the blank after the colon makes it a mapping. */
function pairFault(raw: Mapping, path: PropertyPath, separator: ':' | '='): ShapeFault | undefined {
  const [[key, value] = [], ...more] = Object.entries(raw);
  const text = asText(value);
  if (key === undefined || text === undefined || more.length > 0) return undefined;
  // The long form of a volume has keys of one word.
  if (separator === ':' && !/[./~$]/.test(key)) return undefined;
  // Values of variables can be secrets.
  const shown = separator === ':' ? text : '…';
  return {
    path,
    message: `expected \`${key}${separator}${shown}\`, found \`${key}: ${shown}\`, which its blank makes a mapping`,
  };
}

function scriptFault(value: unknown, path: PropertyPath): ShapeFault | undefined {
  if (Array.isArray(value))
    return listFault(value, path, (word, at) =>
      typeof word === 'string' ? undefined : fault(at, 'text, so quotes around it', word),
    );
  return isText(value) ? undefined : fault(path, 'text or a list', value);
}

function listFault(
  value: unknown,
  path: PropertyPath,
  itemFault: (item: unknown, path: PropertyPath) => ShapeFault | undefined = () => undefined,
): ShapeFault | undefined {
  if (value === undefined || value === null || isFilledIn(value)) return undefined;
  if (!Array.isArray(value)) return fault(path, 'a list', value);
  return firstOf(value.map((item, index) => () => itemFault(item, [...path, index])));
}

function mappingFault(value: unknown, path: PropertyPath): ShapeFault | undefined {
  return value === undefined || value === null || asRecord(value)
    ? undefined
    : fault(path, 'a mapping', value);
}

function isText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

/** A variable may stand for what another tool puts there. */
function isFilledIn(value: unknown): boolean {
  return typeof value === 'string' && value.includes('$');
}

function isService(value: unknown): boolean {
  const { image, build } = asRecord(value) ?? {};
  return typeof image === 'string' || build !== undefined;
}

function isServiceInList(item: unknown): boolean {
  return isService(item) || Object.values(asRecord(item) ?? {}).some(isService);
}

function fault(path: PropertyPath, expected: string, found: unknown): ShapeFault {
  return { path, message: `expected \`${path.join('.')}\` to be ${expected}, found ${kindOf(found)}` };
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return asRecord(value) ? 'a mapping' : typeof value === 'string' ? 'text' : String(value);
}

function firstOf(checks: readonly (() => ShapeFault | undefined)[]): ShapeFault | undefined {
  for (const check of checks) {
    const found = check();
    if (found) return found;
  }
  return undefined;
}
