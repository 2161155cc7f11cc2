import { parse } from 'yaml';
import type { ScrapeJob, ScrapeTarget } from '../model/scrape.ts';
import { MAX_ALIASES, type PropertyPath } from '../model/source-file.ts';
import { durationSeconds } from './duration.ts';
import type { FileTree } from './file-tree.ts';
import { asList, asRecord, asText } from './record.ts';
import { readText } from './tree-files.ts';

/** Seconds between two scrapes when nothing is said. https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
const DEFAULT_INTERVAL = 60;

/** Where scrape jobs stand, and how paths in them are followed. */
export interface ScrapeContext {
  readonly tree: FileTree;
  readonly file: string;
  /** The tree's path of one that the configuration names (relative to it or absolute in the container). */
  readonly resolve: (path: string) => string | undefined;
}

/** Labels of a target as they come together: values, or undefined for ones that are not literal. */
type Labels = Map<string, string[] | undefined>;

/** Reads the items of `scrape_configs`. Items without a name are left out: Prometheus refuses them. */
export function scrapeJobs(root: unknown, context: ScrapeContext): ScrapeJob[] {
  const config = asRecord(root);
  const interval = secondsOf(asRecord(config?.global)?.scrape_interval) ?? DEFAULT_INTERVAL;
  return asList(config?.scrape_configs).flatMap((item, index) => {
    const job = asRecord(item);
    const name = asText(job?.job_name);
    if (!job || name === undefined) return [];
    return [scrapeJob(job, name, interval, ['scrape_configs', index], context)];
  });
}

function scrapeJob(
  job: Readonly<Record<string, unknown>>,
  name: string,
  interval: number,
  path: PropertyPath,
  context: ScrapeContext,
): ScrapeJob {
  const labels: Labels = new Map();
  const groups = [...asList(job.static_configs), ...fileGroups(job, context).groups];
  for (const group of groups)
    for (const [label, value] of Object.entries(asRecord(asRecord(group)?.labels) ?? {}))
      if (!label.startsWith('__')) add(labels, label, asText(value));
  const relabelled = [...asList(job.relabel_configs), ...asList(job.metric_relabel_configs)].map((rule) =>
    relabel(labels, asRecord(rule) ?? {}),
  );
  const discovers = Object.keys(job).some((key) => /_sd_configs$/.test(key) && key !== 'file_sd_configs');
  const isOpen =
    discovers ||
    !fileGroups(job, context).isWhole ||
    job.honor_labels === true ||
    relabelled.includes('open');
  return {
    name,
    intervalSeconds: secondsOf(job.scrape_interval) ?? interval,
    targetLabels: Object.fromEntries(labels),
    targets: asksElsewhere(job) ? [] : staticTargets(job, path, context.file),
    closed: !isOpen,
    at: { file: context.file, path },
  };
}

/** The listed addresses are no longer what is asked: a probe asks them on behalf of Prometheus, or a proxy does. */
function asksElsewhere(job: Readonly<Record<string, unknown>>): boolean {
  const moves = asList(job.relabel_configs).some(
    (rule) => asText(asRecord(rule)?.target_label) === '__address__',
  );
  return moves || job.proxy_url !== undefined || job.proxy_from_environment === true;
}

function staticTargets(
  job: Readonly<Record<string, unknown>>,
  path: PropertyPath,
  file: string,
): ScrapeTarget[] {
  return asList(job.static_configs).flatMap((group, index) =>
    asList(asRecord(group)?.targets).flatMap((target, position) => {
      const address = asText(target);
      const at = { file, path: [...path, 'static_configs', index, 'targets', position] };
      return address === undefined ? [] : [{ address, at }];
    }),
  );
}

/** The groups of targets that files of `file_sd_configs` list; not whole when one of them is not in the tree. */
function fileGroups(job: Readonly<Record<string, unknown>>, { tree, resolve }: ScrapeContext) {
  const groups: unknown[] = [];
  let isWhole = true;
  for (const item of asList(job.file_sd_configs))
    for (const file of asList(asRecord(item)?.files).map(asText)) {
      const path = file === undefined || file.includes('*') ? undefined : resolve(file);
      const text = path === undefined ? undefined : readText(tree, path);
      const found = text === undefined ? undefined : yamlOf(text);
      if (Array.isArray(found)) groups.push(...found);
      else isWhole = false;
    }
  return { groups, isWhole };
}

/**
 * What one relabelling rule does to labels. A literal replacement adds a value; one made from other labels is not
 * known; `labelmap` can make any label. A rule may apply to some targets only, so earlier values stay.
 */
function relabel(labels: Labels, rule: Readonly<Record<string, unknown>>): 'open' | 'closed' {
  const action = (asText(rule.action) ?? 'replace').toLowerCase();
  const target = asText(rule.target_label);
  switch (action) {
    case 'labelmap':
      return 'open';
    case 'replace':
    case 'lowercase':
    case 'uppercase':
    case 'hashmod': {
      if (target === undefined || target.startsWith('__')) return 'closed';
      if (target.includes('$')) return 'open';
      const replacement = asText(rule.replacement) ?? '$1';
      const isLiteral = action === 'replace' && !replacement.includes('$');
      // An empty replacement takes the label away.
      if (isLiteral && replacement === '') return 'closed';
      add(labels, target, isLiteral ? replacement : undefined);
      return 'closed';
    }
    default:
      return 'closed';
  }
}

function add(labels: Labels, label: string, value: string | undefined): void {
  const known = labels.has(label) ? labels.get(label) : [];
  if (value === undefined || known === undefined) labels.set(label, undefined);
  else if (!known.includes(value)) labels.set(label, [...known, value]);
}

function secondsOf(value: unknown): number | undefined {
  return durationSeconds(asText(value) ?? '');
}

/** The value of a YAML text; undefined when it does not parse. */
export function yamlOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: MAX_ALIASES, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}
