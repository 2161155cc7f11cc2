import { createHash } from 'node:crypto';
import type { DatasourceRef, DatasourceUid, ProvisionedDatasource } from './datasource.ts';

/**
 * The uid that Grafana (8.3 and later) gives a provisioned datasource without one: `P` and the first 8 bytes of the
 * name's SHA-256 in upper-case hexadecimal. `Prometheus` becomes `PBFA97CFB590B2093`.
 */
export function generatedUid(name: string): DatasourceUid {
  return `P${createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase()}` as DatasourceUid;
}

/** Uids that resolve in every Grafana without being provisioned. */
const BUILT_IN = new Set(['-- Grafana --', 'grafana', '-- Mixed --', '-- Dashboard --', '__expr__', '-100']);

/** Marks a datasource that a definition names; a colon and spaces cannot stand in a uid of Grafana. */
const DEFINED = 'panelproof datasource: ';

/** The uid that stands in a compiled definition until the build puts in the provisioned one. */
export function definedUid(name: string): string {
  return DEFINED + name;
}

/**
 * Reads a `datasource` property as Grafana's front end does: null or missing means the default, a string is a uid or
 * a name, an object counts by its `uid`; `$x` and `${x}` are variables.
 */
export function datasourceRef(value: unknown): DatasourceRef {
  if (typeof value === 'string') return fromString(value, undefined) ?? { kind: 'name', name: value };
  if (typeof value !== 'object' || value === null) return { kind: 'default', type: undefined };
  const { uid, type } = value as { uid?: unknown; type?: unknown };
  const claimed = typeof type === 'string' ? type : undefined;
  if (typeof uid !== 'string') return { kind: 'default', type: claimed };
  return fromString(uid, claimed) ?? { kind: 'uid', uid, type: claimed };
}

function fromString(text: string, type: string | undefined): DatasourceRef | undefined {
  if (text === '' || text === 'default') return { kind: 'default', type };
  if (BUILT_IN.has(text)) return { kind: 'built-in', uid: text };
  if (text.startsWith(DEFINED)) return { kind: 'defined', name: text.slice(DEFINED.length), type };
  if (!text.startsWith('$')) return undefined;
  // An export for sharing makes an input of the datasource's name, with all that this has but blanks.
  const variable = /^\$\{?(\w+)(?::\w+)?\}?$/.exec(text)?.[1] ?? /^\$\{(DS_[^{}]+)\}$/.exec(text)?.[1];
  return variable === undefined ? undefined : { kind: 'variable', name: variable, type };
}

/**
 * The provisioned datasource that a uid or a name stands for: uid first, then name, both case-sensitive, as the
 * browser looks it up. Undefined when there is none.
 */
export function findDatasource(
  datasources: readonly ProvisionedDatasource[],
  uidOrName: string,
): ProvisionedDatasource | undefined {
  return (
    datasources.find((datasource) => datasource.effectiveUid === uidOrName) ??
    datasources.find((datasource) => datasource.name === uidOrName)
  );
}
