import { setTimeout as sleep } from 'node:timers/promises';
import type { Limit } from './limit.ts';
import { readBody } from './read-body.ts';
import type { Address, Redact } from './secrets.ts';
import { Trouble, troubleOf } from './trouble.ts';

/** One request to a server. */
export interface Request {
  /** Below the server's address, beginning with `/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST as JSON. */
  readonly json?: unknown;
  /** Sent by POST as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** The server behind this one that has to answer: it is given up for itself. */
  readonly behind?: string;
  /** The answer is not JSON; its text is given. */
  readonly asText?: boolean;
  /** The caller asks again by itself: there are no more tries, and silence is no reason to give up. */
  readonly isPatient?: boolean;
  /** Milliseconds for the whole answer, when that is less than the server's usual ones. */
  readonly timeoutMs?: number;
}

/** Asks a server and gives what it answered, parsed. @throws Trouble for everything but a good answer */
export type Ask = (request: Request) => Promise<unknown>;

/** A server over HTTP. */
export interface Server {
  /** For people: `Grafana at http://…`. */
  readonly name: string;
  readonly ask: Ask;
}

/** Limits that keep `verify` from hanging, flooding or filling memory. */
export interface HttpLimits {
  /** Milliseconds that one request may take, its body included. */
  readonly timeoutMs: number;
  /** Bytes of the largest answer that is read, after decompression. */
  readonly maxBytes: number;
  readonly atOnce: Limit;
  readonly redact: Redact;
}

/** After so many requests in a row without an answer a server is not asked again. */
const GIVE_UP_AFTER = 5;
/** Milliseconds before the second and the third try. */
const RETRY_AFTER = [200, 800];

/**
 * A server that is asked over HTTP: redirects are not followed (they lead to login pages), what may pass by itself is
 * tried up to three times, and a server that has stopped answering is given up.
 */
export function httpServer(what: string, address: Address, limits: HttpLimits): Server {
  const name = `${what} at ${address.url}`;
  const silences = new Map<string, number>();
  const once = async (request: Request): Promise<unknown> => {
    const { behind = '' } = request;
    const silent = silences.get(behind) ?? 0;
    if (silent >= GIVE_UP_AFTER && !request.isPatient) {
      const who = behind === '' ? name : `${behind} behind ${name}`;
      const why = `it left ${silent} requests in a row unanswered`;
      throw new Trouble('given-up', `${who} was not asked again: ${why}`);
    }
    try {
      const answer = await send(name, address, request, limits);
      silences.delete(behind);
      return answer;
    } catch (error) {
      const trouble = troubleOf(error, name, timeoutOf(request, limits));
      if (!isSilence(trouble)) silences.delete(behind);
      else if (!request.isPatient) silences.set(behind, (silences.get(behind) ?? 0) + 1);
      throw new Trouble(trouble.kind, limits.redact(trouble.message), trouble.status, trouble.json);
    }
  };
  const ask: Ask = async (request) => {
    for (const delay of request.isPatient ? [] : RETRY_AFTER) {
      try {
        return await limits.atOnce(() => once(request));
      } catch (error) {
        if (!(error instanceof Trouble) || !mayPass(error)) throw error;
      }
      await sleep(delay);
    }
    return limits.atOnce(() => once(request));
  };
  return { name, ask };
}

function isSilence({ kind }: Trouble): boolean {
  return ['unreachable', 'unknown-host', 'timeout', 'interrupted', 'tls'].includes(kind);
}

/** Busy or restarting: worth another try. A timeout is not, it has cost its time already. */
function mayPass({ kind, status }: Trouble): boolean {
  return kind === 'interrupted' || [429, 502, 503, 504].includes(status ?? 0);
}

function timeoutOf({ timeoutMs = Number.POSITIVE_INFINITY }: Request, limits: HttpLimits): number {
  return Math.min(timeoutMs, limits.timeoutMs);
}

async function send(name: string, address: Address, request: Request, limits: HttpLimits): Promise<unknown> {
  const { path, query, json, form, asText } = request;
  const search = query ? `?${new URLSearchParams(query)}` : '';
  const headers: Record<string, string> = { ...request.headers, accept: asText ? '*/*' : 'application/json' };
  if (address.authorization) headers.authorization = address.authorization;
  if (json !== undefined) headers['content-type'] = 'application/json';
  const body = json !== undefined ? JSON.stringify(json) : form && new URLSearchParams(form);
  const response = await fetch(`${address.url}${path}${search}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutOf(request, limits)),
    ...(body === undefined ? {} : { body }),
  });
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new Trouble(
      'redirect',
      `${name} redirects to ${whereTo(response)}: a login page, or another address?`,
    );
  }
  const text = await readBody(response, limits.maxBytes, name);
  if (asText && response.ok) return text;
  const parsed = parseJson(text);
  if (response.ok && parsed !== undefined) return parsed;
  if (response.ok) throw new Trouble('not-json', `${name} did not answer in JSON but with ${excerpt(text)}`);
  throw refusal(name, response, parsed, text);
}

function refusal(name: string, { status, statusText }: Response, json: unknown, text: string): Trouble {
  const says = messageIn(json) ?? (text === '' || /^\s*</.test(text) ? statusText : firstLine(text));
  const rest = says === '' ? '' : `: ${says}`;
  if (status === 401)
    return new Trouble('unauthorized', `${name} refuses the login (401${rest})`, status, json);
  if (status === 403) return new Trouble('forbidden', `${name} forbids this (403${rest})`, status, json);
  return new Trouble('status', `${name} answered ${status}${rest}`, status, json);
}

/** The sentence in an error: Grafana says `message`, Prometheus `error`. */
function messageIn(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { message, error } = json as { message?: unknown; error?: unknown };
  const found = [message, error].find((text) => typeof text === 'string' && text !== '');
  return found === undefined ? undefined : firstLine(String(found));
}

function whereTo(response: Response): string {
  const location = response.headers.get('location') ?? 'nowhere';
  return firstLine(location.replace(/[?#].*$/s, ''));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function excerpt(text: string): string {
  if (text.trim() === '') return 'nothing';
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim();
  if (/^\s*</.test(text))
    return `a web page${title ? ` ("${firstLine(title)}")` : ''}: is a login or a proxy in front?`;
  return JSON.stringify(firstLine(text).slice(0, 60));
}

/** Enough to know what it is about, on one line and without control characters. */
function firstLine(text: string): string {
  const line = text.trim().replace(/\p{Cc}+/gu, ' ');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
