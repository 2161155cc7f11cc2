import type { BuildResult } from '../../build/build-result.ts';
import { openTree, overlayTree } from '../../load/file-tree.ts';
import { loadWorkspaces } from '../../load/workspaces.ts';
import type { Dashboard } from '../../model/dashboard.ts';
import type { Finding } from '../../model/finding.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { LoadedCatalogue } from '../../model/workspace.ts';
import { choices } from '../data/variable-values.ts';
import { drawDashboard } from '../draw-dashboard.ts';
import { object, text } from '../field/json.ts';
import { askDashboard, type PreviewOptions, rangeOf, sampleSource, uniqueDashboards } from '../preview.ts';
import type { PageState } from './page.ts';
import { panelOfFinding } from './panel-of-finding.ts';

/** What the page draws from: the dashboards as the last build has them, and what it found. */
export interface Snapshot {
  readonly dashboards: readonly Dashboard[];
  readonly catalogues: readonly LoadedCatalogue[];
  readonly findings: readonly Finding[];
  /** The text of a definition, to tell which panel a place in it belongs to. */
  readonly textOf: (file: string) => string;
}

/** The tree with what a build would write. While a definition fails, its dashboard stays as it was before. */
export function snapshotOf(
  root: string,
  result: BuildResult | undefined,
  before: Snapshot | undefined,
): Snapshot {
  const disk = openTree(root);
  const planned = new Map(result?.plan.files.map(({ path, after }) => [path, after]));
  const { workspaces, files } = loadWorkspaces(planned.size === 0 ? disk : overlayTree(disk, planned));
  const dashboards = uniqueDashboards(workspaces.flatMap((workspace) => workspace.dashboards));
  const failed = new Set(result?.findings.map(({ at }) => at.file));
  const kept = before?.dashboards.filter(
    ({ origin, file }) => origin.kind === 'definition' && failed.has(origin.file) && !planned.has(file),
  );
  const keptFiles = new Set(kept?.map(({ file }) => file));
  return {
    dashboards: [...dashboards.filter(({ file }) => !keptFiles.has(file)), ...(kept ?? [])].sort((a, b) =>
      a.file < b.file ? -1 : 1,
    ),
    catalogues: workspaces[0]?.catalogues ?? [],
    findings: result?.findings ?? [],
    textOf: (file) => files.get(file)?.text ?? result?.files.get(file)?.text ?? '',
  };
}

/**
 * What the page shows for an address: `d` names the dashboard, `from` and `to` the time, `var-…` variables, `theme` and
 * `w` the picture.
 *
 * @throws UsageError when there is nothing to show, or the time range is none
 */
export async function pageState(
  { dashboards, catalogues, findings, textOf }: Snapshot,
  options: PreviewOptions,
  query: URLSearchParams,
): Promise<PageState> {
  const dashboard = dashboards.find(({ uid, file }) => (uid ?? file) === query.get('d')) ?? dashboards[0];
  if (!dashboard) throw new UsageError('found no dashboard to show');
  const source = options.data ?? sampleSource(catalogues);
  const live =
    source.name === 'sample data' || source.name === 'recorded data'
      ? source
      : { ...source, now: Date.now() };
  const theme =
    query.get('theme') === 'light'
      ? 'light'
      : query.get('theme') === 'dark'
        ? 'dark'
        : (options.themes?.[0] ?? 'dark');
  const width = Math.min(4000, Math.max(300, Number(query.get('w')) || options.width || 1400));
  const own = object(dashboard.json.time);
  const from = query.get('from') ?? options.from ?? text(own.from) ?? 'now-15m';
  const to = query.get('to') ?? options.to ?? text(own.to) ?? 'now';
  const chosen = new Map(
    dashboard.variables.flatMap(({ name }) => {
      const values = query.getAll(`var-${name}`);
      return values.length === 0 ? [] : [[name, values] as const];
    }),
  );
  const variables = new Map([...(options.variables ?? []), ...chosen]);
  const range = rangeOf(dashboard, { from, to }, live);
  const data = await askDashboard(dashboard, range, { variables, width }, live);
  const placed = findings.map((finding) => ({ finding, panel: panelOfFinding(finding, dashboard, textOf) }));
  const svg = drawDashboard(dashboard, (path) => data.get(path) ?? { kind: 'none' }, {
    width,
    theme,
    range,
    source: source.name,
    findingsOf: (path) =>
      placed.filter(({ panel }) => panel?.path.join('/') === path).map(({ finding }) => finding.message),
  });
  return {
    title: dashboard.title,
    theme,
    dashboards: dashboards.map(({ uid, file, title }) => ({
      uid: uid ?? file,
      title,
      isShown: file === dashboard.file,
    })),
    from,
    to,
    variables: dashboard.variables
      .filter(({ type }) => type !== 'datasource' && type !== 'adhoc' && type !== 'constant')
      .map((variable) => ({
        name: variable.name,
        values: [...(variable.includeAll ? ['$__all'] : []), ...choices(variable)],
        value:
          (variables.get(variable.name) ?? variable.current)[0] ??
          (variable.includeAll ? '$__all' : (choices(variable)[0] ?? '')),
      })),
    findings: placed.map(({ finding, panel }) => ({
      text: `${finding.at.file}: ${finding.message}`,
      anchor: panel ? `p${panel.path.join('-')}` : undefined,
    })),
    svg,
  };
}
