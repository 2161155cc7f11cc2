import { QUERY_NOTES } from '../../diff/filled-in.ts';
import { type Json, objectOf, textOf } from '../../diff/json.ts';
import { datasourceOf, type References } from './datasource-reference.ts';
import { without } from './without.ts';

/** Queries of a panel, each with a refId and the datasource that it asks, which it may inherit. */
export function prepareQueries(targets: readonly Json[], inherited: unknown, context: References): Json[] {
  const taken = new Set(targets.map(({ refId }) => refId));
  // Beside queries with a datasource, one without asks the default one and not theirs.
  const isShared = inherited !== undefined || targets.every(({ datasource }) => !datasource);
  let next = 0;
  const free = (): string => {
    while (taken.has(letter(next))) next++;
    return letter(next++);
  };
  return targets.map((target) => {
    const query = withoutOldNotes(without(target, QUERY_NOTES));
    const { datasource = inherited } = datasourceOf(
      query.datasource ?? (isShared ? undefined : null),
      context,
      !isShared,
    );
    const type = objectOf(datasource)?.type;
    return {
      ...query,
      refId: textOf(query.refId) ?? free(),
      ...(datasource === undefined ? {} : { datasource }),
      // Grafana's editor writes the type out when it opens such a query.
      ...(type === 'loki' && !textOf(query.queryType)
        ? { queryType: query.instant === true ? 'instant' : 'range' }
        : {}),
    };
  });
}

/** What the editors of old noted in queries of Prometheus; `instant` without `range` is that alone. */
function withoutOldNotes(query: Json): Json {
  if (typeof query.expr !== 'string') return query;
  const { calculatedInterval, metric, step, ...rest } = query;
  return {
    ...rest,
    ...(typeof step === 'string' ? { step } : {}),
    ...(rest.instant === true && rest.range === undefined && rest.queryType === undefined
      ? { range: false }
      : {}),
  };
}

function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}
