/** What can go wrong between us and a server. */
export type TroubleKind =
  | 'unreachable'
  | 'unknown-host'
  | 'timeout'
  | 'interrupted'
  | 'tls'
  | 'redirect'
  | 'unauthorized'
  | 'forbidden'
  | 'status'
  | 'not-json'
  | 'too-large'
  | 'given-up';

/** A request without a usable answer: one clear line, free of secrets. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  readonly kind: TroubleKind;
  /** The HTTP status, where there was one. */
  readonly status: number | undefined;
  /** The body, where it was JSON. */
  readonly json: unknown;

  constructor(kind: TroubleKind, message: string, status?: number, json?: unknown) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.json = json;
  }
}

/** What `fetch` threw, as one line about a server. */
export function troubleOf(error: unknown, server: string, timeoutMs: number): Trouble {
  if (error instanceof Trouble) return error;
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return new Trouble('timeout', `${server} gave no whole answer within ${timeoutMs / 1000} s`);
  const code = codeOf(error);
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code))
    return new Trouble('unreachable', `${server} cannot be reached: nothing listens there (${code})`);
  if (/^(?:ENOTFOUND|EAI_)/.test(code))
    return new Trouble(
      'unknown-host',
      `${server} cannot be reached: its host name is unknown here (${code})`,
    );
  if (/TIMEDOUT|TIMEOUT/.test(code))
    return new Trouble('timeout', `${server} cannot be reached: no connection in time (${code})`);
  if (/CERT|SSL|TLS|EPROTO|SIGNED/.test(code)) return new Trouble('tls', `${server}: ${tlsMessage(code)}`);
  if (/^HPE_/.test(code))
    return new Trouble('not-json', `${server} does not speak HTTP (${code}): is it https, or another port?`);
  if (error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port')
    return new Trouble('unreachable', `${server} cannot be asked: no web server may listen on its port`);
  return new Trouble('interrupted', `${server} broke its answer off${code === '' ? '' : ` (${code})`}`);
}

function tlsMessage(code: string): string {
  if (code === 'CERT_HAS_EXPIRED') return `its certificate has expired (${code})`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is for another host name (${code})`;
  if (/SIGNED|UNABLE_TO/.test(code))
    return `its certificate is signed by nobody known here (${code}); NODE_EXTRA_CA_CERTS=<file> adds an authority`;
  return `no TLS connection (${code}): is it http, or another port?`;
}

/** The code of the innermost error that has one: `fetch failed` tells nothing, its cause does. */
function codeOf(error: unknown): string {
  let code = '';
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if ('code' in at && typeof at.code === 'string') code = at.code;
  return code;
}
