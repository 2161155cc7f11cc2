import { type Code, chain, mapCode, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import { nameFrom } from './panel-key.ts';
import { withQueries } from './query-arguments.ts';
import { shareLabels } from './share-labels.ts';
import { changed, counted, repeated, type Shared } from './shared.ts';

/** Shorter than this a query is as clear as a name for it. */
const LONG = 45;

/** Gives a name to each query, and to each selector of typed ones, that comes up again. */
export function shareExpressions(shared: Shared, names: Names, handles: readonly string[]): Shared {
  return shareLabels(shareSelectors(shareQueryTexts(shared, names), names, handles), names);
}

/** Whole queries, named after their metric, or after the first panel that asks them. */
function shareQueryTexts(shared: Shared, names: Names): Shared {
  const find = (code: Code): readonly string[] => {
    const found: string[] = [];
    withQueries(code, (argument) => {
      found.push(flat(argument));
      return argument;
    });
    return found;
  };
  const counts = counted(shared, find);
  const { definitions, nameOf } = repeated(counts, names);
  const shareIn = (key: string) => (code: Code) =>
    withQueries(code, (query) => {
      const line = flat(query);
      const isName = query.kind === 'text' && !query.isString;
      const name =
        isName || line.length < LONG ? undefined : nameOf(line, query, () => queryName(query, key));
      return name === undefined ? query : text(name);
    });
  const panels = shared.panels.map(([key, panel]) => [key, mapCode(panel, shareIn(key))] as const);
  return { ...shared, panels, values: [...shared.values, ...definitions] };
}

/** `rate(requests_total[5m])` is `requestsRate`; of several metrics it is the panel's query. */
function queryName(argument: Code, key: string): string {
  const line = flat(argument);
  const metrics = new Set(line.match(/\b[a-z]\w*_\w+(?=\{|\[|\)|\.where|`|'|$)/gi) ?? []);
  const [metric] = metrics;
  if (metrics.size !== 1 || metric === undefined) return `${key}Query`;
  const [, of = ''] = /\b(rate|irate|increase)\(/.exec(line) ?? [];
  return nameFrom(`${metric.replace(/_total$/, '')} ${of}`) || `${key}Query`;
}

/** `metric.where({ … })`, named after the metric. */
function shareSelectors(shared: Shared, names: Names, handles: readonly string[]): Shared {
  const selectorOf = (code: Code) => {
    if (code.kind !== 'chain' || code.head.kind !== 'text') return undefined;
    const { text: head } = code.head;
    const [first] = code.calls;
    const isMetric = handles.some((handle) => head.startsWith(`${handle}.`) || head.startsWith(`${handle}[`));
    return isMetric && first?.name === 'where' ? chain(code.head, [first]) : undefined;
  };
  const counts = counted(shared, (code) => {
    const selector = selectorOf(code);
    return selector ? [flat(selector)] : [];
  });
  const { definitions, nameOf } = repeated(counts, names);
  const made = changed(shared, (code) => {
    const selector = selectorOf(code);
    if (code.kind !== 'chain' || !selector) return code;
    const name = nameOf(flat(selector), selector, () => metricName(flat(code.head)));
    return name === undefined ? code : chain(text(name), code.calls.slice(1));
  });
  return { ...made, values: [...definitions, ...made.values] };
}

/** `m.async_rolls_total` is `asyncRolls`, `m.duration_seconds.sum` is `durationSecondsSum`. */
function metricName(handle: string): string {
  const metric = handle.replace(/^\w+(?:\.|\[)/, '').replace(/_total$/, '');
  return nameFrom(metric) || 'series';
}
