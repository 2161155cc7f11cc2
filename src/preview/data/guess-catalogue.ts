import type { MetricCatalogue } from '../../model/metric-catalogue.ts';
import { namedValues, takenBy } from '../../query/matched-values.ts';
import { type Matcher, nodesIn, type PromqlNode, selectorsIn } from '../../query/promql-node.ts';

/** The job that exports what nobody has said anything about. */
const JOB = 'sample';
/** Where a query asks for a label and not for its value; the first that it takes. */
const CANDIDATES = ['sample-1', 'sample-2', '/', '/data', '0', '1', 'eth0', 'sda', '200', '500', 'GET'];
/** Those that client libraries begin with. Seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * A catalogue of what a query asks for, in a tree that has none: metrics of the types that their names say, with the
 * labels that the query and its legend name.
 */
export function guessCatalogue(query: PromqlNode, legend: string): MetricCatalogue {
  const selectors = selectorsIn(query);
  const matchers = selectors.flatMap((selector) => selector.matchers);
  const names = new Set([
    ...matchers.flatMap(({ label }) => label ?? []),
    ...groupedBy(query),
    ...shown(legend),
  ]);
  for (const name of ['__name__', 'le']) names.delete(name);
  const targetLabels = Object.fromEntries(
    [...names].flatMap((name) => {
      const values = valuesOf(name, matchers);
      // Every target has a job and an instance, unless it is said that it has not.
      const isNone = values.every((value) => value === '') && name !== 'job' && name !== 'instance';
      return isNone ? [] : [[name, values] as const];
    }),
  );
  const histograms = selectors.flatMap(({ name = '' }) => /^(.+)_bucket$/.exec(name)?.[1] ?? []);
  const metrics = histograms.map(
    (name) => [name, { type: 'histogram', help: '', jobs: [JOB], labels: {}, buckets: BUCKETS }] as const,
  );
  return {
    catalogueVersion: 1,
    // An empty beginning is that of every name.
    jobs: { [JOB]: { complete: false, targetLabels, unlistedPrefixes: [''] } },
    metrics: Object.fromEntries(metrics),
  };
}

function groupedBy(query: PromqlNode): readonly string[] {
  return nodesIn(query).flatMap((node) => {
    if (node.kind === 'aggregation' && node.grouping?.mode === 'by') return namesOf(node.grouping);
    if (node.kind !== 'binary') return [];
    return [...(node.matching?.mode === 'on' ? namesOf(node.matching) : []), ...namesOf(node.group)];
  });
}

function namesOf(grouping: { readonly labels: readonly { readonly name: string }[] } | undefined): string[] {
  return (grouping?.labels ?? []).map(({ name }) => name);
}

function shown(legend: string): readonly string[] {
  return [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? '');
}

/** What the query names, otherwise two values that it takes; an empty one is that of a label that is not there. */
function valuesOf(label: string, matchers: readonly Matcher[]): readonly string[] {
  const own = matchers.filter((matcher) => matcher.label === label);
  const named = own.flatMap((matcher) => namedValues(matcher) ?? []);
  if (named.length > 0) return [...new Set(named)];
  const taken = takenBy(own, CANDIDATES).slice(0, 2);
  return taken.length > 0 ? taken : CANDIDATES.slice(0, 2);
}
