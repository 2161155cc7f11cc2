import { durationSeconds } from '../../load/duration.ts';
import type { Panel, PanelQuery } from '../../model/dashboard.ts';
import { type Json, list, number, object } from '../field/json.ts';
import type { LogLine, PanelData, Series, TimeRange } from '../model.ts';
import { decumulated } from './buckets.ts';
import { interpolate, type VariableValues } from './interpolate.ts';
import type { Ask, RawSeries } from './question.ts';
import { seriesName } from './series-name.ts';

/** What every question of a dashboard shares. */
export interface Asking {
  readonly ask: Ask;
  readonly range: TimeRange;
  readonly variables: VariableValues;
}

/** Panels that ask nothing. */
const QUIET = new Set(['text', 'row', 'news', 'dashlist', 'welcome', 'annolist', 'alertlist']);

/**
 * Asks all queries of a panel. One that fails makes the panel an error, as in Grafana; a panel whose queries have no
 * answer is empty.
 *
 * @param width pixels of the panel: it is asked for about one value a pixel, if it does not say how many itself
 */
export async function askPanel(
  panel: Panel,
  { ask, range, variables }: Asking,
  width: number,
): Promise<PanelData> {
  const queries = panel.queries.filter(({ hidden }) => !hidden);
  if (QUIET.has(panel.type) || queries.length === 0) return { kind: 'none' };
  const points = number(panel.json.maxDataPoints) ?? Math.max(50, width);
  const answers = await Promise.all(
    queries.map(async (query) => {
      const least = interval(targetOf(query, panel).interval) ?? interval(panel.json.interval);
      const step = stepFor(range, points, least);
      const expr = interpolate(query.expr, variables, range, step);
      return { query, expr, answer: await ask({ query, expr, range, step }) };
    }),
  );
  const series: Series[] = [];
  const lines: LogLine[] = [];
  const notes: string[] = [];
  for (const { query, expr, answer } of answers) {
    switch (answer.kind) {
      case 'error':
        return {
          kind: 'error',
          message: queries.length > 1 ? `${query.refId}: ${answer.message}` : answer.message,
        };
      case 'series':
        series.push(...named(query, expr, panel, answer.series));
        if (answer.note !== undefined) notes.push(answer.note);
        break;
      case 'logs':
        lines.push(...answer.lines);
        break;
      case 'unknown':
        notes.push(answer.note);
        break;
      default:
        answer satisfies never;
    }
  }
  const distinct = [...new Set(notes)];
  if (series.length > 0) return { kind: 'series', series, notes: distinct };
  return lines.length > 0 ? { kind: 'logs', lines, notes: distinct } : { kind: 'empty', notes: distinct };
}

function named(query: PanelQuery, expr: string, panel: Panel, raw: readonly RawSeries[]): Series[] {
  const isHeatmap = targetOf(query, panel).format === 'heatmap';
  return (isHeatmap ? decumulated(raw) : raw).map((each) => ({
    ...each,
    refId: query.refId ?? 'A',
    name: seriesName(each.labels, query.legend, expr),
  }));
}

/** The query as the file has it. */
function targetOf(query: PanelQuery, panel: Panel): Json {
  const index = query.at.path?.at(-1);
  return typeof index === 'number' ? object(list(panel.json.targets)[index]) : {};
}

const STEPS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

/** Milliseconds of a minimum interval, such as `30s` or `>1m`; undefined when it is none. */
function interval(text: unknown): number | undefined {
  const seconds = durationSeconds(String(text).replace(/^>/, '').trim());
  return seconds ? seconds * 1000 : undefined;
}

/** Milliseconds between two values: not below the least, a scrape of 15 seconds, and about one a point. */
function stepFor({ from, to }: TimeRange, points: number, least = 15_000): number {
  const seconds = (to - from) / 1000 / Math.min(11_000, Math.max(1, points));
  const day = 86_400;
  return Math.max(
    1000,
    least,
    1000 * (STEPS.find((step) => step >= seconds * 0.75) ?? Math.ceil(seconds / day) * day),
  );
}
