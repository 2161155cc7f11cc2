import { objectOf } from './json.ts';

/** A value in one line for people; `default` for what is not set, or set to what Grafana would take anyway. */
export function showValue(value: unknown, what: string): string {
  if (value === undefined) return 'default';
  if (typeof value === 'string') return value;
  if (what === 'thresholds' && Array.isArray(value)) return value.map(showStep).join(', ');
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return value.join(', ') || 'none';
  if (value === true) return 'on';
  if (value === false) return 'off';
  return JSON.stringify(value);
}

/** `green`, `red from 80` */
function showStep(step: unknown): string {
  const { color, value } = objectOf(step) ?? {};
  return value === undefined || value === null ? String(color) : `${color} from ${value}`;
}
