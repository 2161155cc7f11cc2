import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import type { ScrapeJob } from '../../model/scrape.ts';
import type { Location } from '../../model/source-file.ts';
import type { LoadedCatalogue, Workspace } from '../../model/workspace.ts';

/** A catalogue says of a scrape target what prometheus.yml does not do: queries that rest on it compile and find nothing. */
export const catalogueTargetLabelMismatch: Rule = {
  id: 'catalogue-target-label-mismatch',
  summary:
    'A metric catalogue declares a target label that prometheus.yml does not set, or with another value',
  severity: 'data',
  fix: 'none',
  related: ['query-label-unknown', 'query-label-value-unknown'],
  check(workspace, report) {
    for (const loaded of workspace.catalogues)
      for (const [name, { targetLabels = {} }] of Object.entries(loaded.catalogue.jobs)) {
        const job = onlyJob(workspace, name);
        if (!job) continue;
        for (const [label, values] of Object.entries(targetLabels)) {
          if (label === 'job' || label === 'instance') continue;
          const at = placeOf(workspace, loaded, name, label);
          const related = [{ at: job.at, message: `scrape job "${name}"` }];
          const isSet = Object.hasOwn(job.targetLabels, label);
          const set = isSet ? job.targetLabels[label] : [];
          if (!isSet)
            report({
              message: `Unknown target label "${label}" of job "${name}": prometheus.yml does not set it${nearestHint(label, Object.keys(job.targetLabels))}`,
              at,
              related,
            });
          else if (values !== 'open' && set)
            for (const value of values.filter((declared) => !set.includes(declared)))
              report({
                message: `Unknown value "${value}" of target label "${label}" of job "${name}"${nearestHint(value, set)}`,
                at,
                related,
              });
        }
      }
  },
};

/** The scrape job of that name, when the tree has exactly one and shows all of its labels. */
function onlyJob({ prometheus }: Workspace, name: string): ScrapeJob | undefined {
  const jobs = prometheus.flatMap((config) => config.jobs.filter((job) => job.name === name));
  const [job] = jobs;
  return jobs.length === 1 && job?.closed ? job : undefined;
}

/** A catalogue is no file with property paths: the label is looked for behind its job's name. */
function placeOf(workspace: Workspace, { file }: LoadedCatalogue, job: string, label: string): Location {
  const text = workspace.files.get(file)?.text ?? '';
  const ofJob = Math.max(text.indexOf(`'${job}'`), text.indexOf(`"${job}"`), text.indexOf(` ${job}:`));
  const start = text.indexOf(label, text.indexOf('targetLabels', Math.max(ofJob, 0)));
  return start < 0 ? { file } : { file, range: { start, end: start + label.length } };
}
