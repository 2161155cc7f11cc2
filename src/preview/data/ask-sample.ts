import type { LoadedCatalogue } from '../../model/workspace.ts';
import { readPromql } from '../../query/read-promql.ts';
import { evaluateSample, NoSample } from './evaluate-sample.ts';
import { guessCatalogue } from './guess-catalogue.ts';
import type { Answer, Ask, Question } from './question.ts';

/**
 * Answers queries with plausible numbers made up from metric catalogues: the same on every machine at the same time.
 * What it cannot make up it says, so that no line is drawn that the query would not give. Where there is no catalogue at
 * all nothing can be known of that, and the query itself says which metrics there are.
 */
export function askSample(catalogues: readonly LoadedCatalogue[]): Ask {
  return async (question) => sampleAnswer(catalogues, question);
}

function sampleAnswer(
  catalogues: readonly LoadedCatalogue[],
  { query, expr, range, step }: Question,
): Answer {
  if (query.language !== 'promql')
    return { kind: 'unknown', note: `No sample data for ${LANGUAGE[query.language]}` };
  const node = readPromql(expr);
  if (!node) return { kind: 'error', message: 'The query is no PromQL' };
  const known =
    catalogues.length > 0 ? catalogues : [{ file: '', catalogue: guessCatalogue(node, query.legend ?? '') }];
  const [from, to] = [range.from / 1000, range.to / 1000];
  const every = Math.max(15, (to - from) / 500);
  try {
    const value = evaluateSample(
      { catalogues: known, scrapes: { from: from - (to - from) - 3600, every }, window: 300 },
      node,
    );
    const series = value.kind === 'scalar' ? [{ labels: {}, at: value.at }] : value.series;
    const times = query.instant ? [range.to] : stepsOf(range, step);
    return {
      kind: 'series',
      // In the order in which Prometheus gives them: lines take their colours by it.
      series: [...series].sort(byLabels).flatMap(({ labels, at }) => {
        const values = times.map((time) => at(time / 1000));
        // Prometheus leaves a series out that has no value in the whole range.
        return values.every(Number.isNaN) ? [] : [{ labels, times, values }];
      }),
    };
  } catch (error) {
    if (error instanceof NoSample) return { kind: 'unknown', note: error.message };
    throw error;
  }
}

function byLabels(a: { readonly labels: object }, b: { readonly labels: object }): number {
  const [one, other] = [a, b].map(({ labels }) => JSON.stringify(Object.entries(labels).sort()));
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

const LANGUAGE = {
  promql: 'PromQL',
  logql: 'LogQL',
  traceql: 'TraceQL',
  unknown: 'this datasource',
} as const;

function stepsOf({ from, to }: Question['range'], step: number): number[] {
  const times: number[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) times.push(time);
  return times;
}
