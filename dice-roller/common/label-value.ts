import { catalogue } from '../metrics.ts';

const { die_type } = catalogue.metrics.dice_rolls_total.labels;
const { handler } = catalogue.metrics.http_requests_total.labels;

/** A die's name as a label value. */
export type DieLabel = (typeof die_type)[number];
/** A route as a label value. */
export type HandlerLabel = (typeof handler)[number];
/** A class of status codes as a label value. */
export type StatusLabel = '2xx' | '3xx' | '4xx' | '5xx';

/** The label value of a die: its name when the catalogue lists it, otherwise `unknown`. */
export function dieLabel(name: string): DieLabel {
  return die_type.find((known) => known === name) ?? 'unknown';
}

/** The label value of a route's path: `none` for a request that no route takes. */
export function handlerLabel(route: string | undefined): HandlerLabel {
  return handler.find((known) => known === route) ?? 'none';
}

/** The label value of a request's method: all routes take GET and nothing else. */
export function methodLabel(method: string): 'GET' | 'other' {
  return method === 'GET' ? 'GET' : 'other';
}

/** The label value of a status code. */
export function statusLabel(code: number): StatusLabel {
  if (code < 300) return '2xx';
  if (code < 400) return '3xx';
  return code < 500 ? '4xx' : '5xx';
}
