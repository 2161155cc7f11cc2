import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import { numberIn } from './migration.ts';

/** Value mappings of before Grafana 8 (`{ type: 1, value, text }`, `{ type: 2, from, to, text }`) in their form of today. */
export function valueMappings(old: readonly Json[], thresholds?: unknown): Json[] {
  const values: Record<string, Json> = {};
  const others: Json[] = [];
  for (const mapping of old) {
    const result = { text: String(mapping.text ?? ''), ...colorOf(mapping.text, thresholds) };
    if (objectOf(mapping.options)) {
      if (mapping.type === 'value') Object.assign(values, mapping.options);
      else others.push(mapping);
    } else if (mapping.type === 2 || mapping.type === '2') {
      const [from, to] = [numberIn(mapping.from), numberIn(mapping.to)];
      if (from !== undefined || to !== undefined)
        others.push({ type: 'range', options: { from: from ?? null, to: to ?? null, result } });
    } else if (mapping.value === 'null') others.push({ type: 'special', options: { match: 'null', result } });
    else if (mapping.value !== undefined && mapping.value !== null) values[String(mapping.value)] = result;
  }
  return [...(Object.keys(values).length > 0 ? [{ type: 'value', options: values }] : []), ...others];
}

/** A text that is a number had the colour of the threshold that it is above. */
function colorOf(text: unknown, thresholds: unknown): Json {
  const number = Number.parseFloat(String(text));
  if (Number.isNaN(number)) return {};
  const passed = objectsOf(objectOf(thresholds)?.steps).filter(
    ({ value }) => typeof value !== 'number' || value <= number,
  );
  const color = passed.at(-1)?.color;
  return typeof color === 'string' ? { color } : {};
}
