import type { Change, Item, ItemDiff, Noun } from './change.ts';
import { DATASOURCE_DEFAULTS, PROVIDER_DEFAULTS } from './filled-in.ts';
import { type Json, objectOf, objectsOf, textOf } from './json.ts';
import { type Identity, pairUp } from './pair-up.ts';
import { valueChanges } from './value-changes.ts';
import { withoutDefaults } from './without-defaults.ts';
import { inWords, PROVISIONING_WORDS } from './words.ts';

/** One entry of a provisioning file. */
export interface ProvisioningEntry {
  readonly of: 'datasource' | 'deletion' | 'provider';
  readonly file: string;
  readonly json: Json;
}

/** The lists of provisioning files that are read, and what their entries are. */
const LISTS = { datasources: 'datasource', deleteDatasources: 'deletion', providers: 'provider' } as const;

/** Whether a text could be a provisioning file of datasources or dashboards, before it is parsed. */
export function looksLikeProvisioning(text: string): boolean {
  return (
    /^(["']?)(?:datasources|deleteDatasources|providers)\1\s*:/m.test(text) &&
    /^(["']?)apiVersion\1\s*:/m.test(text)
  );
}

/** The entries of a provisioning file. */
export function provisioningEntries(file: string, value: unknown): readonly ProvisioningEntry[] {
  const json = objectOf(value);
  return Object.entries(LISTS).flatMap(([key, of]) =>
    objectsOf(json?.[key]).map((entry) => ({ of, file, json: entry })),
  );
}

/** Compares provisioning by meaning: datasources and providers by organisation and name, then by uid or path. */
export function compareProvisioning(
  before: readonly ProvisioningEntry[],
  after: readonly ProvisioningEntry[],
): ItemDiff[] {
  return (['datasource', 'deletion', 'provider'] as const).flatMap((of) => {
    const mine = (entry: ProvisioningEntry) => entry.of === of;
    const { both, removed, added } = pairUp(before.filter(mine), after.filter(mine), identities);
    return [
      ...added.map((entry) => ({ kind: 'added', of, item: itemOf(entry) }) as const),
      ...removed.map((entry) => ({ kind: 'removed', of, item: itemOf(entry) }) as const),
      ...both.flatMap(([from, to]) => compareEntry(of, from, to)),
    ];
  });
}

const named = ({ json }: ProvisioningEntry) => `${json.orgId ?? 1} ${json.name}`;
const stable = ({ json }: ProvisioningEntry) =>
  textOf(json.uid) ?? textOf(objectOf(json.options)?.path) ?? undefined;

/** Trees with several environments have one name in several files. */
const identities: readonly Identity<ProvisioningEntry>[] = [
  (entry) => `${entry.file} ${named(entry)}`,
  (entry) => stable(entry) && `${entry.file} ${stable(entry)}`,
  named,
  stable,
];

function itemOf({ file, json }: ProvisioningEntry): Item {
  return { name: String(json.name ?? ''), detail: textOf(json.uid) ?? textOf(json.type), file };
}

function compareEntry(of: Noun, before: ProvisioningEntry, after: ProvisioningEntry): ItemDiff[] {
  const changes: Change[] = [];
  const [from, to] = [itemOf(before), itemOf(after)];
  if (from.name !== to.name) changes.push({ kind: 'renamed', before: from.name, after: to.name });
  if (before.file !== after.file)
    changes.push({ kind: 'value', what: 'file', path: '', before: before.file, after: after.file });
  for (const change of valueChanges(settingsOf(before), settingsOf(after)))
    changes.push(inWords(isSecret(change.path) ? hidden(change) : shown(change), PROVISIONING_WORDS));
  return changes.length === 0 ? [] : [{ kind: 'changed', of, before: from, after: to, changes, items: [] }];
}

function settingsOf({ of, json: { name: _, version: __, ...json } }: ProvisioningEntry): unknown {
  return withoutDefaults(json, of === 'provider' ? PROVIDER_DEFAULTS : DATASOURCE_DEFAULTS);
}

type Values = ReturnType<typeof valueChanges>[number];

function isSecret(path: readonly string[]): boolean {
  return path[0] === 'secureJsonData' || /password|secret|token/i.test(path.at(-1) ?? '');
}

/** Reports are copied into comments and logs: that a secret changed is all they say. */
function hidden({ path, before, after }: Values): Values {
  const veil = (value: unknown) => (value === undefined ? undefined : '(hidden)');
  return { path, before: veil(before), after: veil(after) };
}

function shown({ path, before, after }: Values): Values {
  return { path, before: withoutPassword(before), after: withoutPassword(after) };
}

/** A URL may carry one: `http://name:password@host`. */
function withoutPassword(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/(:\/\/[^/\s:@]*):[^/\s@]*@/, '$1:(hidden)@') : value;
}
