import { objectOf, textOf } from './json.ts';

/**
 * Which datasource a property means, as one value: its uid (or name, or variable). The type beside a uid is what
 * Grafana adds when it saves; without a uid it is all there is. Undefined: the default datasource.
 */
export function datasourceOf(value: unknown): unknown {
  if (typeof value === 'string') return value === 'default' ? undefined : value;
  const json = objectOf(value);
  return textOf(json?.uid) ?? (textOf(json?.type) === undefined ? undefined : { type: json?.type });
}

/** Whether two properties mean the same datasource. */
export function sameDatasource(a: unknown, b: unknown): boolean {
  return JSON.stringify(datasourceOf(a)) === JSON.stringify(datasourceOf(b));
}
