import type { Change, Item, ItemDiff } from './change.ts';
import { datasourceOf, sameDatasource } from './datasource-of.ts';
import { QUERY_DEFAULTS, QUERY_NOTES } from './filled-in.ts';
import { type Json, objectsOf, textOf } from './json.ts';
import { pairUp } from './pair-up.ts';
import { valueChanges } from './value-changes.ts';
import { withoutDefaults } from './without-defaults.ts';
import { inWords, QUERY_WORDS } from './words.ts';

/** A query of a panel: an item of its `targets`. */
export interface Query {
  readonly refId: string;
  readonly text: string;
  readonly json: Json;
  /** The panel's datasource. */
  readonly inherited: unknown;
}

/** Where the text of a query stands, by datasource: Prometheus and Loki, Tempo, SQL, Graphite, CloudWatch, … */
const TEXT_KEYS = ['expr', 'query', 'rawSql', 'target', 'expression', 'queryText'] as const;

/** The queries of a panel; those without a refId get the letters that Grafana gives them. */
export function queriesOf(panel: Json): readonly Query[] {
  const targets = objectsOf(panel.targets);
  const taken = new Set(targets.map(({ refId }) => refId));
  return targets.map((json) => {
    const key = textKey(json);
    return {
      refId: textOf(json.refId) ?? freeLetter(taken),
      text: key === undefined ? '' : String(json[key]),
      json,
      inherited: panel.datasource,
    };
  });
}

/** Compares the queries of a panel by refId; one whose refId alone changed is renamed. */
export function compareQueries(before: readonly Query[], after: readonly Query[]): ItemDiff[] {
  const { both, removed, added } = pairUp(before, after, [
    ({ refId, text }) => `${refId} ${text}`,
    ({ refId }) => refId,
    ({ text }) => text || undefined,
  ]);
  return [
    ...added.map((query) => ({ kind: 'added', of: 'query', item: queryItem(query) }) as const),
    ...removed.map((query) => ({ kind: 'removed', of: 'query', item: queryItem(query) }) as const),
    ...both.flatMap(([from, to]) => {
      const changes = changesOf(from, to);
      return changes.length === 0
        ? []
        : [
            {
              kind: 'changed',
              of: 'query',
              before: queryItem(from),
              after: queryItem(to),
              changes,
              items: [],
            } as const,
          ];
    }),
  ];
}

/** How a query is spoken of. */
export function queryItem({ refId, text }: Query): Item {
  return { name: refId, text };
}

function changesOf(before: Query, after: Query): Change[] {
  const changes: Change[] = [];
  if (before.refId !== after.refId)
    changes.push({ kind: 'renamed', before: before.refId, after: after.refId });
  if (before.text !== after.text)
    changes.push({ kind: 'text', what: 'expression', before: before.text, after: after.text });
  const values = valueChanges(settingsOf(before), settingsOf(after));
  return [...changes, ...values.map((change) => inWords(change, QUERY_WORDS))];
}

function settingsOf({ json, inherited }: Query): unknown {
  const settings: Record<string, unknown> = { ...json };
  for (const key of ['refId', textKey(json), ...QUERY_NOTES]) if (key !== undefined) delete settings[key];
  // A query that names its panel's datasource says nothing new.
  settings.datasource = sameDatasource(json.datasource, inherited)
    ? undefined
    : datasourceOf(json.datasource);
  return withoutDefaults(settings, QUERY_DEFAULTS);
}

function textKey(json: Json): string | undefined {
  return TEXT_KEYS.find((key) => typeof json[key] === 'string');
}

function freeLetter(taken: Set<unknown>): string {
  for (let index = 0; ; index++) {
    const letter = String.fromCharCode(65 + (index % 26)).repeat(1 + Math.floor(index / 26));
    if (taken.has(letter)) continue;
    taken.add(letter);
    return letter;
  }
}
