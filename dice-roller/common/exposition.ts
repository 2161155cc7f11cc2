import { type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';
import type { MetricRegistry } from './instruments.ts';

/** A page of metrics and the content type it is written in. */
export interface Exposition {
  readonly contentType: string;
  readonly body: string;
}

interface Exemplar {
  readonly labelSet: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timestamp: number;
}

type Sample = MetricValue<string> & { readonly metricName?: string; readonly exemplar?: Exemplar | null };

/**
 * Prints the registry's metrics in the format that an `Accept` header asks for: OpenMetrics 1.0 with exemplars, or the
 * text format 0.0.4 by default.
 *
 * prom-client prints one format for each registry, and printing OpenMetrics renames its counters for good.
 */
export async function expose(registry: MetricRegistry, accept = ''): Promise<Exposition> {
  const metrics = (await registry.getMetricsAsJSON()) as MetricObjectWithValues<Sample>[];
  return prefersOpenMetrics(accept)
    ? {
        contentType: Registry.OPENMETRICS_CONTENT_TYPE,
        body: `${metrics.map((metric) => print(metric, true)).join('')}# EOF\n`,
      }
    : {
        contentType: Registry.PROMETHEUS_CONTENT_TYPE,
        body: metrics.map((metric) => print(metric, false)).join(''),
      };
}

/** Whether OpenMetrics has a weight above 0 and not below that of plain text. */
function prefersOpenMetrics(accept: string): boolean {
  const open = weight(accept, 'application/openmetrics-text');
  return open > 0 && open >= weight(accept, 'text/plain');
}

function weight(accept: string, type: string): number {
  const ranges = accept.split(',').map((range) => range.split(';').map((part) => part.trim().toLowerCase()));
  const weights = ranges
    .filter(([name]) => name === type)
    .map((range) => Number(range.find((part) => part.startsWith('q='))?.slice(2) ?? 1) || 0);
  return Math.max(0, ...weights);
}

function print(metric: MetricObjectWithValues<Sample>, openMetrics: boolean): string {
  // prom-client declares the type as a number, it is the word.
  const isCounter = String(metric.type) === 'counter';
  // OpenMetrics names a counter's family without the ending that its samples carry.
  const family = openMetrics && isCounter ? metric.name.replace(/_total$/, '') : metric.name;
  const head = `# HELP ${family} ${escapeText(metric.help)}\n# TYPE ${family} ${metric.type}\n`;
  return metric.values.reduce((text, sample) => {
    const line = `${sample.metricName ?? metric.name}${labelSet(sample.labels)} ${printNumber(sample.value)}`;
    return `${text}${line}${openMetrics ? printExemplar(sample.exemplar) : ''}\n`;
  }, head);
}

function labelSet(labels: Readonly<Partial<Record<string, string | number>>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(String(value))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function printExemplar(exemplar: Exemplar | null | undefined): string {
  if (!exemplar) return '';
  const labels = Object.entries(exemplar.labelSet).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return ` # {${labels.join(',')}} ${printNumber(exemplar.value)} ${exemplar.timestamp}`;
}

function printNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}

function escapeText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeText(text).replaceAll('"', '\\"');
}
