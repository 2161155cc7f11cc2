import { asList, asRecord, asText } from '../load/record.ts';
import type { Dashboard, Variable } from '../model/dashboard.ts';
import { builtIns } from './built-ins.ts';
import { interpolate, type VariableValue, type VariableValues } from './interpolate.ts';
import { lokiClient } from './loki-client.ts';
import { prometheusClient, type TimeWindow } from './prometheus-client.ts';
import type { LiveDatasource } from './stack.ts';

/** Finds the live datasource that a variable's query goes to; by then earlier variables have values. */
export type FindDatasource = (raw: unknown, variables: VariableValues) => LiveDatasource | undefined;

const ALL = '$__all';

/**
 * What each variable of a dashboard stands for when it is opened: its current value where the file has one, otherwise
 * the first it can take; "all" is all of them. Query variables are asked for their values, in order, as one's query may
 * use another. A query that fails leaves its variable out; the queries that need it then say so.
 */
export async function resolveVariables(
  dashboard: Dashboard,
  window: TimeWindow,
  find: FindDatasource,
  datasources: readonly LiveDatasource[],
): Promise<VariableValues> {
  const values = new Map<string, VariableValue>();
  const list = asList(asRecord(dashboard.json.templating)?.list);
  for (const variable of dashboard.variables) {
    const raw = asRecord(list[Number(variable.at.path?.at(-1))]) ?? {};
    const value = await resolve(variable, raw, { window, find, values, datasources });
    if (value) values.set(variable.name, value);
  }
  return values;
}

interface Context {
  readonly window: TimeWindow;
  readonly find: FindDatasource;
  readonly values: VariableValues;
  readonly datasources: readonly LiveDatasource[];
}

async function resolve(
  variable: Variable,
  raw: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<VariableValue | undefined> {
  const isMany = variable.multi || variable.includeAll;
  const current = variable.current.filter((value) => value !== '');
  const isAll = current.includes(ALL);
  const allValue = asText(raw.allValue);
  if (isAll && allValue) return { values: [allValue], isMany, isVerbatim: true };
  if (current.length > 0 && !isAll) {
    const isAutomatic = variable.type === 'interval' && current.some((value) => value.startsWith('$__auto'));
    return { values: isAutomatic ? ['$__interval'] : current, isMany, isVerbatim: isAutomatic };
  }
  const options = (await optionsOf(variable, raw, context)).filter(
    (option) => option !== '' && option !== ALL,
  );
  // Without a current value Grafana selects the first entry of the list, which is "all" where that is offered.
  const wantsAll = isAll || variable.includeAll;
  if (wantsAll && allValue) return { values: [allValue], isMany, isVerbatim: true };
  const values = wantsAll ? options : options.slice(0, 1);
  return values.length === 0 ? undefined : { values, isMany, isVerbatim: false };
}

async function optionsOf(
  variable: Variable,
  raw: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<readonly string[]> {
  switch (variable.type) {
    case 'query':
      return filtered(await queryOptions(variable, raw, context).catch(() => variable.options), raw);
    case 'datasource':
      return filtered(
        context.datasources.filter(({ type }) => type === variable.query).map(({ uid }) => uid),
        raw,
      );
    case 'custom':
    case 'interval':
      return variable.options.length > 0 ? variable.options : listed(variable.query ?? '');
    case 'constant':
    case 'textbox':
      return [variable.query ?? ''];
    default:
      return variable.options;
  }
}

/** `a, b, label : value` */
function listed(query: string): readonly string[] {
  return query
    .split(/(?<!\\),/)
    .map((item) =>
      item
        .replace(/^.*\s:\s/s, '')
        .replaceAll('\\,', ',')
        .trim(),
    )
    .filter((item) => item !== '');
}

async function queryOptions(
  variable: Variable,
  raw: Readonly<Record<string, unknown>>,
  { window, find, values }: Context,
): Promise<readonly string[]> {
  const datasource = find(raw.datasource, values);
  if (!datasource || datasource.trouble !== undefined) return variable.options;
  const query = asRecord(raw.query);
  if (datasource.type === 'loki') return lokiOptions(query, raw, datasource, { window, values });
  if (datasource.type !== 'prometheus') return variable.options;
  const text = interpolate(variable.query ?? asText(query?.expr) ?? '', values, 'promql').trim();
  const client = prometheusClient(datasource.ask);
  const labelValues = /^label_values\((?:(.+),\s*)?([^,]+)\)$/s.exec(text);
  if (labelValues) {
    const [, selector, label = ''] = labelValues;
    return client.labelValues(label.trim(), selector?.trim(), window);
  }
  const names = /^label_names\((.*)\)$/s.exec(text);
  if (names) return client.labelNames(window);
  const metrics = /^metrics\((.*)\)$/s.exec(text);
  if (metrics) {
    const pattern = new RegExp(metrics[1] ?? '');
    return (await client.labelValues('__name__', undefined, window)).filter((name) => pattern.test(name));
  }
  const result = /^query_result\((.*)\)$/s.exec(text)?.[1] ?? text;
  const series = await client.instant(interpolate(result, builtIns(window, undefined, 15_000)), window.to);
  return series.map(({ labels: { __name__: name = '', ...labels }, points }) => {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const [time, value] = points.at(-1) ?? [0, 0];
    return `${name}{${pairs.join(',')}} ${value} ${time}`;
  });
}

async function lokiOptions(
  query: Readonly<Record<string, unknown>> | undefined,
  raw: Readonly<Record<string, unknown>>,
  { ask }: LiveDatasource,
  { window, values }: Pick<Context, 'window' | 'values'>,
): Promise<readonly string[]> {
  const written = interpolate(asText(raw.query) ?? '', values, 'logql');
  const label = asText(query?.label) ?? /^label_values\((?:.+,\s*)?(\w+)\)$/.exec(written)?.[1];
  return label === undefined
    ? lokiClient(ask).labelNames(window)
    : lokiClient(ask).labelValues(label, window);
}

/** Applies the variable's own regular expression and its order. */
function filtered(options: readonly string[], raw: Readonly<Record<string, unknown>>): readonly string[] {
  const written = asText(raw.regex) ?? '';
  const [, body = written, flags = ''] = /^\/(.*)\/(\w*)$/s.exec(written) ?? [];
  const kept = body === '' ? options : options.flatMap((option) => matching(option, body, flags) ?? []);
  const unique = [...new Set(kept)];
  switch (raw.sort) {
    case 1:
      return unique.sort();
    case 2:
      return unique.sort().reverse();
    case 3:
    case 4: {
      const byNumber = unique.sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b));
      return raw.sort === 3 ? byNumber : byNumber.reverse();
    }
    default:
      return unique;
  }
}

function matching(option: string, body: string, flags: string): string | undefined {
  try {
    const match = new RegExp(body, flags.replace('g', '')).exec(option);
    return match ? (match.groups?.value ?? match[1] ?? match[0]) : undefined;
  } catch {
    return option;
  }
}
