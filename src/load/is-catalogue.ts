import type { MetricCatalogue } from '../model/metric-catalogue.ts';
import { asRecord } from './record.ts';

/** Whether literal data is a metric catalogue; keys that it may also have are left alone. */
export function isCatalogue(value: unknown): value is MetricCatalogue {
  const catalogue = asRecord(value);
  return (
    catalogue?.catalogueVersion === 1 &&
    isMapOf(catalogue.jobs, isJob) &&
    isMapOf(catalogue.metrics, isMetric)
  );
}

function isJob(value: unknown): boolean {
  const job = asRecord(value);
  return (
    typeof job?.complete === 'boolean' &&
    (job.targetLabels === undefined || isMapOf(job.targetLabels, isLabelValues)) &&
    (job.unlistedPrefixes === undefined || isListOf(job.unlistedPrefixes, isText))
  );
}

const TYPES: readonly unknown[] = ['counter', 'gauge', 'histogram', 'summary'];

function isMetric(value: unknown): boolean {
  const metric = asRecord(value);
  return (
    metric !== undefined &&
    TYPES.includes(metric.type) &&
    isText(metric.help) &&
    (metric.unit === undefined || isText(metric.unit)) &&
    isListOf(metric.jobs, isText) &&
    isMapOf(metric.labels, isLabelValues) &&
    (metric.buckets === undefined || isListOf(metric.buckets, Number.isFinite))
  );
}

function isLabelValues(value: unknown): boolean {
  return value === 'open' || isListOf(value, isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => isItem(item));
}

function isMapOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  const map = asRecord(value);
  return map !== undefined && Object.values(map).every((item) => isItem(item));
}
