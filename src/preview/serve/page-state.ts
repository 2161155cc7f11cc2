import { createHash } from 'node:crypto';
import { UsageError } from '../../model/usage-error.ts';
import { choices } from '../data/variable-values.ts';
import { drawDashboard } from '../draw-dashboard.ts';
import { object, text } from '../field/json.ts';
import { type drawPanel, elementId } from '../panels/draw-panel.ts';
import { askDashboard, type PreviewOptions, rangeOf, SAMPLE, sampleSource } from '../preview.ts';
import type { PageState } from './page.ts';
import { panelOfFinding } from './panel-of-finding.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What the page shows for an address: `d` names the dashboard, `from` and `to` the time, `var-…` variables, `theme` and
 * `w` the picture.
 *
 * @throws UsageError when there is nothing to show, or the time range is none
 */
export async function pageState(
  { dashboards, catalogues, findings, isChecking, textOf }: Snapshot,
  options: PreviewOptions & { readonly drawPanel: typeof drawPanel },
  query: URLSearchParams,
): Promise<PageState> {
  const dashboard = dashboards.find(({ uid, file }) => (uid ?? file) === query.get('d')) ?? dashboards[0];
  if (!dashboard) throw new UsageError('found no dashboard to show');
  const source = options.data ?? sampleSource(catalogues);
  const live =
    source.name.startsWith(SAMPLE) || source.name === 'recorded data'
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
    drawPanel: options.drawPanel,
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
      anchor: panel && elementId(panel),
    })),
    definitions: Object.fromEntries(
      dashboard.panels.map((panel) => [elementId(panel), digest(JSON.stringify(panel.json))]),
    ),
    isChecking,
    svg,
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
