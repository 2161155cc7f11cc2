import { nearest } from '../model/nearest.ts';
import type { TextRange } from '../model/source-file.ts';
import { type ExpressionScope, jobNames } from './expression-scope.ts';
import { contradiction, isDemand, takenBy, takes } from './matched-values.ts';
import { completeJobs, type MetricSource, metricSources, seriesNames } from './metric-sources.ts';
import type { Matcher, Selector } from './promql-node.ts';

/** Why a selector finds nothing. It has one reason at most: the first that explains the others. */
export type SelectorMistake =
  | { readonly kind: 'contradiction'; readonly matchers: readonly Matcher[]; readonly span: TextRange }
  | { readonly kind: 'empty-regex'; readonly matcher: Matcher; readonly span: TextRange }
  | {
      readonly kind: 'job-unknown';
      readonly matcher: Matcher;
      readonly jobs: readonly string[];
      readonly span: TextRange;
    }
  | {
      readonly kind: 'metric-unknown';
      readonly name: string;
      readonly job: string;
      readonly known: readonly string[];
      readonly span: TextRange;
    }
  | {
      readonly kind: 'metric-not-in-job';
      readonly name: string;
      readonly matcher: Matcher;
      readonly sources: readonly MetricSource[];
      readonly span: TextRange;
    }
  | {
      readonly kind: 'label-unknown';
      readonly label: string;
      readonly sources: readonly MetricSource[];
      readonly span: TextRange;
    }
  | {
      readonly kind: 'label-value-unknown';
      readonly matcher: Matcher;
      readonly values: readonly string[];
      readonly span: TextRange;
    };

/** What is known of a selector's series: a mistake, the sources they come from, or (neither) nothing. */
export interface SelectorVerdict {
  readonly mistake: SelectorMistake | undefined;
  /** Empty when the series can come from anywhere. */
  readonly sources: readonly MetricSource[];
}

const verdicts = new WeakMap<ExpressionScope, WeakMap<Selector, SelectorVerdict>>();

/** Judges a selector by all that the tree says of its metric, jobs and labels. */
export function judgeSelector(scope: ExpressionScope, selector: Selector): SelectorVerdict {
  const known = verdicts.get(scope) ?? new WeakMap<Selector, SelectorVerdict>();
  verdicts.set(scope, known);
  const verdict = known.get(selector) ?? judge(scope, selector);
  known.set(selector, verdict);
  return verdict;
}

function judge(scope: ExpressionScope, selector: Selector): SelectorVerdict {
  const impossible = neverMatches(selector);
  if (impossible) return wrong(impossible);
  const { name } = selector;
  const ofJob = selector.matchers.filter(({ label }) => label === 'job');
  const listed = name === undefined || name.includes(':') ? [] : metricSources(scope, name);
  const unknownJob = judgeJob(scope, ofJob, listed.length > 0);
  if (unknownJob) return wrong(unknownJob);
  if (name === undefined) return NOTHING;
  if (listed.length === 0) return wrong(judgeName(scope, selector, name, ofJob));
  const sources = listed.filter(({ job, labels }) => {
    const jobs = labels.get('job');
    return takenBy(ofJob, jobs === undefined || jobs === 'open' ? [job] : jobs).length > 0;
  });
  if (sources.length === 0) return wrong(judgeSources(scope, selector, name, ofJob, listed));
  // Other programs use the same general names; only the job tells whose they are.
  if (ofJob.length === 0 && isGeneral(name) && hasUnlistedJobs(scope)) return NOTHING;
  return { mistake: judgeLabels(selector, sources), sources };
}

const NOTHING: SelectorVerdict = { mistake: undefined, sources: [] };

function wrong(mistake: SelectorMistake | undefined): SelectorVerdict {
  return { mistake, sources: [] };
}

function neverMatches({ matchers }: Selector): SelectorMistake | undefined {
  const empty = matchers.find(({ op, value }) => op === '=~' && value === '');
  if (empty) return { kind: 'empty-regex', matcher: empty, span: empty.span };
  const against = contradiction(matchers.filter(({ label }) => label !== undefined));
  return against?.[0] && { kind: 'contradiction', matchers: against, span: (against[1] ?? against[0]).span };
}

function judgeJob(
  { prometheus, catalogues }: ExpressionScope,
  ofJob: readonly Matcher[],
  isListed: boolean,
): SelectorMistake | undefined {
  const matcher = ofJob.find(isDemand);
  // Elsewhere than from the configured jobs come only series whose jobs no catalogue lists.
  if (!matcher || !prometheus || (!prometheus.complete && !isListed)) return undefined;
  const jobs: string[] = [];
  for (const scraped of prometheus.jobs) {
    const names = scraped.closed ? jobNames(scraped) : undefined;
    if (!names) return undefined;
    jobs.push(...names);
  }
  const catalogued = catalogues.flatMap(({ catalogue }) => Object.keys(catalogue.jobs));
  if (takenBy(ofJob, [...jobs, ...(prometheus.complete ? [] : catalogued)]).length > 0) return undefined;
  return jobs.length === 0 ? undefined : { kind: 'job-unknown', matcher, jobs, span: matcher.span };
}

/** Series that Prometheus itself makes, for each job. */
const OF_PROMETHEUS = /^(?:up|ALERTS|ALERTS_FOR_STATE|scrape_\w+|target_info)$|_created$/;

function judgeName(
  scope: ExpressionScope,
  { nameSpan }: Selector,
  name: string,
  ofJob: readonly Matcher[],
): SelectorMistake | undefined {
  const jobs = matchedJobs(scope, ofJob);
  if (!jobs || name.includes(':') || OF_PROMETHEUS.test(name)) return undefined;
  const complete = completeJobs(scope);
  const known = jobs.flatMap((job) => seriesNames(scope, job));
  for (const job of jobs) {
    const catalogued = complete.get(job);
    if (!catalogued || catalogued.unlistedPrefixes?.some((prefix) => name.startsWith(prefix)))
      return undefined;
  }
  if (isHistogram(scope, name)) return undefined;
  // What others write into the server can carry any name, but hardly one that looks so much like ours.
  if (scope.prometheus?.complete === false && nearest(name, known) === undefined) return undefined;
  return { kind: 'metric-unknown', name, job: jobs.join(', '), known, span: nameSpan };
}

/** The plain name of a listed histogram: a native one has it. */
function isHistogram({ catalogues }: ExpressionScope, name: string): boolean {
  return catalogues.some(({ catalogue }) => Object.hasOwn(catalogue.metrics, name));
}

/** The metric is listed, but for other jobs than the ones asked for. */
function judgeSources(
  scope: ExpressionScope,
  { nameSpan }: Selector,
  name: string,
  ofJob: readonly Matcher[],
  sources: readonly MetricSource[],
): SelectorMistake | undefined {
  const jobs = matchedJobs(scope, ofJob);
  const matcher = ofJob.find(isDemand);
  if (!jobs || !matcher || !jobs.every((job) => completeJobs(scope).has(job))) return undefined;
  return { kind: 'metric-not-in-job', name, matcher, sources, span: nameSpan };
}

/** The jobs that the matchers ask for; undefined when they can be any. */
function matchedJobs(scope: ExpressionScope, ofJob: readonly Matcher[]): readonly string[] | undefined {
  if (!ofJob.some(isDemand) || ofJob.some(({ value }) => value === undefined)) return undefined;
  const { prometheus, catalogues } = scope;
  // A job named by `=` is that one, whatever other jobs there are.
  const exact = ofJob.find(({ op }) => op === '=')?.value;
  if (exact !== undefined) return [exact];
  const names = prometheus?.jobs.map((job) => (job.closed ? jobNames(job) : undefined));
  if (!prometheus?.complete || !names || names.includes(undefined)) return undefined;
  const all = new Set([
    ...names.flatMap((some) => some ?? []),
    ...catalogues.flatMap(({ catalogue }) => Object.keys(catalogue.jobs)),
  ]);
  const matched = takenBy(ofJob, [...all]);
  return matched.length > 0 ? matched : undefined;
}

/** Names that many programs share, by the conventions of client libraries. */
function isGeneral(name: string): boolean {
  return /^(?:http|rpc|grpc|db|process|go|nodejs|python|jvm|system|target|requests?|errors?)_/.test(name);
}

/** Programs whose own metrics carry their own prefix. */
const SELF_PREFIXED =
  /^(?:prometheus|grafana|loki|tempo|mimir|alloy|promtail|alertmanager|pushgateway|pyroscope|otel\W?collector|node\W?exporter|node|cadvisor|blackbox)$/;

/** Whether something is scraped of which neither a catalogue nor its own habits tell the names. */
function hasUnlistedJobs({ prometheus, catalogues }: ExpressionScope): boolean {
  if (!prometheus) return true;
  return prometheus.jobs.some(
    ({ name }) =>
      !SELF_PREFIXED.test(name) && !catalogues.some(({ catalogue }) => Object.hasOwn(catalogue.jobs, name)),
  );
}

function judgeLabels({ matchers }: Selector, sources: readonly MetricSource[]): SelectorMistake | undefined {
  for (const matcher of matchers) {
    const { label, span } = matcher;
    if (label === undefined || label === '__name__' || label === 'job') continue;
    if (isUnknownLabel(label, sources)) {
      // A matcher that takes the empty value finds all series without the label.
      const isHarmless =
        matcher.value === undefined || (!matcher.op.startsWith('!') && takes(matcher, '') !== false);
      if (!isHarmless) return { kind: 'label-unknown', label, sources, span };
      continue;
    }
    const values = closedValues(label, sources);
    if (!values || takes(matcher, '') === undefined) continue;
    if (matcher.value !== '' && takenBy([matcher], values).length === 0)
      return { kind: 'label-value-unknown', matcher, values, span };
  }
  return undefined;
}

/** Whether none of the sources can have the label. Labels that collide with a target's are renamed `exported_…`. */
export function isUnknownLabel(label: string, sources: readonly MetricSource[]): boolean {
  if (sources.length === 0 || label.startsWith('exported_') || label === '__name__') return false;
  return sources.every(({ isClosed, labels }) => isClosed && !labels.has(label));
}

/** All values of a label, when every source lists them. */
function closedValues(label: string, sources: readonly MetricSource[]): readonly string[] | undefined {
  const values = new Set<string>();
  for (const { labels, metric, part, isClosed } of sources) {
    const isOwn = Object.hasOwn(metric.labels, label);
    const listed = label === 'le' && part === 'bucket' ? boundsOf(metric.buckets) : labels.get(label);
    if (listed === undefined || listed === 'open' || !(isOwn || isClosed)) return undefined;
    for (const value of listed) values.add(value);
  }
  return [...values];
}

/** Values of `le` as either version of Prometheus writes them; undefined where Go writes an exponent. */
function boundsOf(buckets: readonly number[] | undefined): readonly string[] | undefined {
  if (!buckets || buckets.some((bound) => Math.abs(bound) >= 1e6 || (bound !== 0 && Math.abs(bound) < 1e-4)))
    return undefined;
  return [
    ...buckets.flatMap((bound) => (Number.isInteger(bound) ? [`${bound}`, `${bound}.0`] : [`${bound}`])),
    '+Inf',
  ];
}
