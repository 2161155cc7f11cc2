import { openTree } from '../load/file-tree.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import type { Dashboard } from '../model/dashboard.ts';
import { nearestHint } from '../model/nearest.ts';
import { UsageError } from '../model/usage-error.ts';
import type { LoadedCatalogue } from '../model/workspace.ts';
import { askPanel } from './data/ask-panel.ts';
import { askSample } from './data/ask-sample.ts';
import type { Ask } from './data/question.ts';
import { timeRange } from './data/time-range.ts';
import { variableValues } from './data/variable-values.ts';
import { drawDashboard } from './draw-dashboard.ts';
import { object, text } from './field/json.ts';
import { layoutDashboard } from './grid-layout.ts';
import type { PanelData, ThemeName, TimeRange } from './model.ts';

/** What is drawn and from what data. */
export interface PreviewOptions {
  /** The workspace. Default: the current folder. */
  readonly root?: string;
  /** Uids of the dashboards that are drawn; default all. */
  readonly dashboards?: readonly string[];
  readonly themes?: readonly ThemeName[];
  /** Pixels; default 1400. */
  readonly width?: number;
  /** Take the place of the dashboard's own time range, written as there: `now-6h`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Values of variables, by name. */
  readonly variables?: ReadonlyMap<string, readonly string[]>;
  readonly data?: DataSource;
}

/** Where the numbers come from. */
export interface DataSource {
  readonly ask: Ask;
  /** As it stands on the picture. */
  readonly name: string;
  /** The moment that `now` means, in milliseconds since 1970. */
  readonly now: number;
  readonly timeZone: string;
}

/** One dashboard in one theme. */
export interface Picture {
  /** `<uid>-<theme>`, usable as a file name. */
  readonly name: string;
  readonly dashboard: Dashboard;
  readonly theme: ThemeName;
  readonly svg: string;
}

/** What `now` is for sample data: a fixed moment, so that its pictures do not change by themselves. */
const SAMPLE_NOW = Date.UTC(2026, 0, 1, 12);

/**
 * Draws the dashboards of a tree as SVG, from its provisioned files: load, ask, draw.
 *
 * @throws UsageError when there is no such tree, dashboard or time range
 */
export async function preview(options: PreviewOptions = {}): Promise<readonly Picture[]> {
  const { workspaces } = loadWorkspaces(openTree(options.root ?? '.'));
  const all = uniqueDashboards(workspaces.flatMap(({ dashboards }) => dashboards));
  const source = options.data ?? sampleSource(workspaces[0]?.catalogues ?? []);
  const pictures: Picture[] = [];
  for (const dashboard of chosen(all, options.dashboards)) {
    const range = rangeOf(dashboard, options, source);
    const data = await askDashboard(dashboard, range, options, source);
    for (const theme of options.themes ?? ['dark', 'light'])
      pictures.push({
        name: `${fileName(dashboard)}-${theme}`,
        dashboard,
        theme,
        svg: drawDashboard(dashboard, (path) => data.get(path) ?? { kind: 'none' }, {
          width: options.width ?? 1400,
          theme,
          range,
          source: source.name,
        }),
      });
  }
  return pictures;
}

/** How the names of samples begin. */
export const SAMPLE = 'sample data';

/** The sample as a source: no server, no clock. */
export function sampleSource(catalogues: readonly LoadedCatalogue[]): DataSource {
  const name = catalogues.length > 0 ? SAMPLE : `${SAMPLE} after the queries alone`;
  return { ask: askSample(catalogues), name, now: SAMPLE_NOW, timeZone: 'UTC' };
}

/** The range that a dashboard shows: as asked for, otherwise its own. */
export function rangeOf(
  { json }: Dashboard,
  { from, to }: Pick<PreviewOptions, 'from' | 'to'>,
  { now, timeZone }: DataSource,
): TimeRange {
  const own = object(json.time);
  const zone = text(json.timezone);
  const range = { from: from ?? text(own.from), to: to ?? text(own.to) };
  return timeRange(range, now, zone === undefined || zone === 'browser' ? timeZone : knownZone(zone));
}

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone === 'utc' ? 'UTC' : zone }).resolvedOptions()
      .timeZone;
  } catch {
    return 'UTC';
  }
}

/** The answers to all panels that are seen, by the panel's path. */
export async function askDashboard(
  dashboard: Dashboard,
  range: TimeRange,
  { variables = new Map(), width = 1400 }: Pick<PreviewOptions, 'variables' | 'width'>,
  { ask }: DataSource,
): Promise<ReadonlyMap<string, PanelData>> {
  const asking = { ask, range, variables: variableValues(dashboard, variables) };
  const { panels } = layoutDashboard(dashboard, width);
  const answered = panels.map(
    async ({ panel, box }) => [panel.path.join('/'), await askPanel(panel, asking, box.width)] as const,
  );
  return new Map(await Promise.all(answered));
}

/** Several Grafana instances of a tree can show one file. */
export function uniqueDashboards(dashboards: readonly Dashboard[]): Dashboard[] {
  return [...new Map(dashboards.map((dashboard) => [dashboard.file, dashboard])).values()];
}

function chosen(all: readonly Dashboard[], uids: readonly string[] = []): readonly Dashboard[] {
  if (all.length === 0)
    throw new UsageError('found no dashboard: build the definitions first, or name another folder');
  if (uids.length === 0) return all;
  return uids.map((uid) => {
    const found = all.find((dashboard) => dashboard.uid === uid);
    if (found) return found;
    const known = all.flatMap((dashboard) => dashboard.uid ?? []);
    throw new UsageError(`unknown dashboard "${uid}"${nearestHint(uid, known)}`);
  });
}

function fileName({ uid, title }: Dashboard): string {
  return (uid ?? title).replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100) || 'dashboard';
}
