import { asRecord, asText } from '../load/record.ts';
import type { Dashboard, Panel, PanelQuery } from '../model/dashboard.ts';
import type { DatasourceRef } from '../model/datasource.ts';
import { datasourceRef } from '../model/datasource-uid.ts';
import type { Workspace } from '../model/workspace.ts';
import { maskVariables } from '../query/mask-variables.ts';
import { builtIns, leastInterval } from './built-ins.ts';
import { findLive } from './find-live.ts';
import { interpolate, type VariableValues } from './interpolate.ts';
import { type PanelInterval, panelInterval, prometheusStep, rateInterval } from './interval.ts';
import type { TimeWindow } from './prometheus-client.ts';
import type { LiveDatasource, Stack } from './stack.ts';
import { timeWindow } from './time-range.ts';
import { resolveVariables } from './variables.ts';

/** A query of a panel, ready to be asked as Grafana asks it. */
export interface Probe {
  readonly dashboard: Dashboard;
  readonly panel: Panel;
  readonly query: PanelQuery;
  readonly refId: string;
  /** With all variables resolved: what reaches the datasource. */
  readonly expr: string;
  /** The query's JSON with the dashboard's variables resolved; those of Grafana's backend are left to it. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly datasource: LiveDatasource;
  readonly window: TimeWindow;
  readonly interval: PanelInterval;
  /** Milliseconds between two points. */
  readonly stepMs: number;
  /** Variables of the dashboard that the query uses and that have no value. */
  readonly unresolved: readonly string[];
  /** `panelproof.emptyInHealth` of its panel: why it shows nothing while all is well. */
  readonly emptyInHealth: string | undefined;
}

/** A query that there is nothing to ask for, and why. */
export interface Unasked {
  readonly dashboard: Dashboard;
  readonly panel: Panel;
  readonly query: PanelQuery;
  readonly refId: string;
  readonly why: string;
  /** The datasource it names does not exist: that is an error, not a choice. */
  readonly isError: boolean;
}

/** What decides which queries are asked, and for which time. */
export interface ProbeOptions {
  readonly now: number;
  readonly sinceMs: number | undefined;
  readonly wanted: (dashboard: Dashboard, panel: Panel) => boolean;
}

/** The queries of a dashboard's panels, in the order of the file. */
export async function planProbes(
  dashboard: Dashboard,
  workspace: Workspace,
  stack: Stack,
  { now, sinceMs, wanted }: ProbeOptions,
): Promise<readonly (Probe | Unasked)[]> {
  const panels = dashboard.panels.filter((panel) => wanted(dashboard, panel) && panel.queries.length > 0);
  if (panels.length === 0) return [];
  const find = (ref: DatasourceRef, variables: VariableValues) => findLive(ref, variables, workspace, stack);
  const variables = await resolveVariables(
    dashboard,
    timeWindow({ time: dashboard.json.time, sinceMs }, now),
    (raw, known) => {
      const found = find(datasourceRef(raw), known);
      return typeof found === 'object' ? found : undefined;
    },
    stack.datasources,
  );
  return panels.flatMap((panel) =>
    panel.queries.map((query, index): Probe | Unasked => {
      const refId = query.refId ?? String.fromCharCode(65 + index);
      const common = { dashboard, panel, query, refId };
      const unasked = (why: string, isError = false) => ({ ...common, why, isError });
      if (query.hidden) return unasked('the query is hidden');
      const json = queryJson(query, panel);
      if (query.language !== 'unknown' && query.expr.trim() === '') return unasked(withoutText(json));
      const datasource = find(query.datasource, variables);
      if (typeof datasource === 'string') return unasked(datasource, stack.grafana !== undefined);
      if (datasource === undefined) return unasked('Grafana computes it from other queries, or by itself');
      if (query.language === 'unknown' && !stack.grafana)
        return unasked(`a datasource of type ${datasource.type} is only asked through Grafana`);
      const { timeFrom, timeShift } = panel.json;
      const window = timeWindow({ time: dashboard.json.time, timeFrom, timeShift, sinceMs }, now);
      return {
        ...common,
        datasource,
        window,
        emptyInHealth: asText(asRecord(panel.json.panelproof)?.emptyInHealth),
        unresolved: unresolvedIn(query.expr, dashboard, variables),
        ...resolved(query, json, panel, datasource, variables, window),
      };
    }),
  );
}

/** Whether a plan's item can be asked. */
export function isProbe(item: Probe | Unasked): item is Probe {
  return 'datasource' in item;
}

function unresolvedIn(expr: string, { variables }: Dashboard, values: VariableValues): readonly string[] {
  const used = new Set(maskVariables(expr).variables.map(({ name }) => name));
  return variables.flatMap(({ name, type }) =>
    used.has(name) && type !== 'adhoc' && !values.has(name) ? name : [],
  );
}

function queryJson(query: PanelQuery, panel: Panel): Readonly<Record<string, unknown>> {
  const targets = Array.isArray(panel.json.targets) ? panel.json.targets : [];
  return asRecord(targets[Number(query.at.path?.at(-1))]) ?? {};
}

function withoutText({ queryType }: Readonly<Record<string, unknown>>): string {
  return typeof queryType === 'string' && queryType !== ''
    ? `the query is made in the browser (${queryType}), not written out`
    : 'the query is empty, so Grafana does not send it';
}

function resolved(
  query: PanelQuery,
  json: Readonly<Record<string, unknown>>,
  panel: Panel,
  datasource: LiveDatasource,
  variables: VariableValues,
  window: TimeWindow,
): Pick<Probe, 'expr' | 'json' | 'interval' | 'stepMs'> {
  const text = (value: unknown) => interpolate(asText(value) ?? '', variables);
  const range = window.to - window.from;
  const ofDatasource =
    datasource.type === 'loki' ? '1s' : (asText(datasource.jsonData.timeInterval) ?? '15s');
  const leastMs = leastInterval(text(panel.json.interval), ofDatasource);
  const columns = panel.gridPos?.w;
  const interval = panelInterval(range, { columns, maxDataPoints: panel.json.maxDataPoints }, leastMs);
  // The query's own smallest step comes before the datasource's scrape interval.
  const scrapeMs = leastInterval(text(json.interval), ofDatasource);
  const stepMs = prometheusStep(range, {
    ...interval,
    intervalMs: Math.max(interval.intervalMs, stepOf(json, text)),
  });
  const own = builtIns(
    window,
    { ...interval, intervalMs: stepMs, rateMs: rateInterval(interval.intervalMs, scrapeMs) },
    scrapeMs,
  );
  const fields = Object.entries(json).map(([key, value]): [string, unknown] => [
    key,
    typeof value === 'string' ? interpolate(value, variables, query.language) : value,
  ]);
  const expr = interpolate(interpolate(query.expr, variables, query.language), own);
  return { expr, json: Object.fromEntries(fields), interval, stepMs };
}

function stepOf({ interval }: Readonly<Record<string, unknown>>, text: (value: unknown) => string): number {
  return interval === undefined ? 0 : leastInterval(text(interval), '1ms');
}
