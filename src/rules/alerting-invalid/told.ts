import type { Location } from '../../model/source-file.ts';
import type { Fault } from '../fault.ts';

/** Something at which Grafana stops. */
export function stops(
  message: string,
  at: Location,
  grafanaLog: string,
  more: Pick<Fault, 'suggestions' | 'related' | 'fix'> = {},
): Fault {
  return { outcome: 'stops', message: `${message}: Grafana stops`, at, grafanaLog, ...more };
}

/** A place inside of an entry. */
export function keyOf({ at }: { readonly at: Location }, ...keys: (string | number)[]): Location {
  return { file: at.file, path: [...(at.path ?? []), ...keys] };
}

/** Whether a text holds a variable that only the running Grafana knows. */
export function isOpen(text: string): boolean {
  return text.includes('$');
}

/** A value as a message shows it. */
export function found(value: unknown): string {
  return value === undefined || value === null || value === '' ? 'none' : JSON.stringify(value);
}
