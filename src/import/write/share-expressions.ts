import { type Code, chain, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import type { Definition } from './datasource-names.ts';
import { nameFrom } from './panel-key.ts';
import { withQueries } from './query-arguments.ts';
import { changed, counted, type Shared } from './shared.ts';

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
  const values: Definition[] = [];
  const known = new Map<string, string>();
  const panels = shared.panels.map(([key, panel]) => {
    const { panels: [made] = [] } = changed({ functions: [], values: [], panels: [[key, panel]] }, (code) =>
      withQueries(code, (argument) => {
        const line = flat(argument);
        if (
          (counts.get(line) ?? 0) < 2 ||
          line.length < LONG ||
          (argument.kind === 'text' && !argument.isString)
        )
          return argument;
        const name = known.get(line) ?? names.define(queryName(argument, key));
        if (!known.has(line)) values.push({ name, code: argument });
        known.set(line, name);
        return text(name);
      }),
    );
    return made ?? ([key, panel] as const);
  });
  return { ...shared, panels, values: [...shared.values, ...values] };
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
  return named(shared, {
    find: selectorOf,
    isShared: (count) => count > 1,
    wanted: (code) => (code.kind === 'chain' && code.head.kind === 'text' ? metricName(code.head.text) : ''),
    replace: (code, name) => (code.kind === 'chain' ? chain(text(name), code.calls.slice(1)) : code),
    names,
  });
}

/** `m.async_rolls_total` is `asyncRolls`, `m.duration_seconds.sum` is `durationSecondsSum`. */
function metricName(handle: string): string {
  const metric = handle.replace(/^\w+(?:\.|\[)/, '').replace(/_total$/, '');
  return nameFrom(metric) || 'series';
}

/** What a label is compared with everywhere, such as the job: a constant of the label's name. */
function shareLabels(shared: Shared, names: Names): Shared {
  const valuesOf = new Map<string, Map<string, number>>();
  changed(shared, (code) => {
    for (const [label, value] of matchersOf(code)) {
      const counts = valuesOf.get(label) ?? new Map<string, number>();
      valuesOf.set(label, counts.set(flat(value), (counts.get(flat(value)) ?? 0) + 1));
    }
    return code;
  });
  const constants = new Map<string, Definition>();
  changed(shared, (code) => {
    for (const [label, value] of matchersOf(code)) {
      const counts = [...(valuesOf.get(label)?.values() ?? [])];
      const isSame = counts.length === 1 && (counts[0] ?? 0) > 1 && value.kind === 'text' && value.isString;
      const name = nameFrom(label);
      if (isSame && name !== '' && !constants.has(label))
        constants.set(label, { name: names.define(name), code: value });
    }
    return code;
  });
  const made = changed(shared, (code) => {
    if (code.kind !== 'chain') return code;
    const calls = code.calls.map((one) => {
      const [object] = one.args;
      if (one.name !== 'where' || object?.kind !== 'object') return one;
      const entries = object.entries.map(([label, value]) => {
        const constant = constants.get(label);
        return [label, constant ? text(constant.name) : value] as const;
      });
      return { ...one, args: [{ ...object, entries }] };
    });
    return { ...code, calls };
  });
  return { ...made, values: [...constants.values(), ...made.values] };
}

function matchersOf(code: Code): readonly (readonly [string, Code])[] {
  if (code.kind !== 'chain') return [];
  return code.calls.flatMap(({ name, args: [object] }) =>
    name === 'where' && object?.kind === 'object' ? object.entries : [],
  );
}

interface Naming {
  /** The part of some code that can get a name. */
  find(code: Code): Code | undefined;
  isShared(count: number): boolean;
  wanted(part: Code): string;
  /** The code with the name in the place of the part. */
  replace(code: Code, name: string): Code;
  readonly names: Names;
}

function named(shared: Shared, { find, isShared, wanted, replace, names }: Naming): Shared {
  const counts = counted(shared, (code) => {
    const part = find(code);
    return part ? [flat(part)] : [];
  });
  const values: Definition[] = [];
  const known = new Map<string, string>();
  const made = changed(shared, (code) => {
    const part = find(code);
    const line = part && flat(part);
    if (!part || line === undefined || !isShared(counts.get(line) ?? 0)) return code;
    const name = known.get(line) ?? names.define(wanted(part));
    if (!known.has(line)) values.push({ name, code: part });
    known.set(line, name);
    return replace(code, name);
  });
  return { ...made, values: [...values, ...made.values] };
}
