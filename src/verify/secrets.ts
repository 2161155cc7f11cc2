import { UsageError } from '../model/usage-error.ts';

/** Takes what nobody may read out of a text. */
export type Redact = (text: string) => string;

/** A server's address without credentials, and the header that carries them. */
export interface Address {
  /** Without user, password, query and final slash: what is asked and what is shown. */
  readonly url: string;
  readonly authorization: string | undefined;
  /** Texts that must never be written. */
  readonly secrets: readonly string[];
}

/** How to log in, from the environment. */
export interface Credentials {
  readonly token?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * Reads a server's address. User and password may stand in it, but an explicit token or user wins.
 *
 * @throws UsageError when it is no http(s) URL, or a credential cannot be sent in a header
 */
export function readAddress(what: string, text: string, credentials: Credentials = {}): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    // The text is not repeated whole: a password may stand in it.
    throw new UsageError(`${what} is no URL; expected one such as http://localhost:3000`);
  const token = credentials.token?.trim();
  const user = credentials.user ?? (token ? undefined : decoded(url.username));
  const password = credentials.user === undefined ? decoded(url.password) : (credentials.password ?? '');
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  if (token && /[^\x21-\x7e]/.test(token))
    throw new UsageError(`the token for ${what} holds a character that no header can: is it only the token?`);
  return {
    url: url.href.replace(/\/+$/, ''),
    authorization: token ? `Bearer ${token}` : user ? `Basic ${basic}` : undefined,
    secrets: [token, password, user ? basic : undefined].flatMap((secret) => secret || []),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Shorter ones would tear other words apart and are guessed anyway. */
const SHORTEST = 3;

/**
 * Replaces secrets by `***`, also where they stand encoded, and whatever looks like a credential inside a URL: servers
 * quote the addresses of their own datasources in errors.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .sort((a, b) => b.length - a.length);
  return (text) =>
    [...new Set(forms)]
      .reduce((clean, secret) => clean.replaceAll(secret, '***'), text)
      .replace(/(:\/\/)[^/\s@"'<>]+@/g, '$1***@')
      .replace(/([?&](?:[a-z_-]*token|api_?key|password|auth)=)[^&\s"'<>]+/gi, '$1***');
}

/** A value with its secrets taken out of every text in it: reports escape texts, and would hide them from a search. */
export function withoutSecrets<Value>(value: Value, redact: Redact): Value {
  const clean = (each: unknown): unknown => {
    if (typeof each === 'string') return redact(each);
    if (Array.isArray(each)) return each.map(clean);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(value) as Value;
}
