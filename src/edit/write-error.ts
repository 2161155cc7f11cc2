/** What kept a plan from being written. */
export type WriteErrorCode =
  /** The path, or a link on it, leads out of the root. */
  | 'outside-root'
  /** The file is not what it was when the plan was made. */
  | 'changed'
  /** Not something to write to: a folder, a device, a link to nothing, text that is not UTF-8, one file planned twice. */
  | 'unfit'
  /** The permissions forbid it. */
  | 'denied'
  /** The file system is mounted read-only. */
  | 'read-only'
  | 'disk-full'
  /** Anything else; the system's own words are in the message. */
  | 'failed';

/** A plan that was not written, or not wholly: `message` is one sentence for the user, `written` what is in place. */
export class WriteError extends Error {
  readonly code: WriteErrorCode;
  /** Path below the root, as the plan says it. */
  readonly file: string;
  /** Files of the plan that were already written or removed; empty means that nothing changed. */
  readonly written: readonly string[];

  constructor(code: WriteErrorCode, file: string, message: string, options: WriteErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'WriteError';
    this.code = code;
    this.file = file;
    this.written = options.written ?? [];
  }
}

/** What else a write error can carry. */
export interface WriteErrorOptions {
  readonly cause?: unknown;
  readonly written?: readonly string[];
}

/** The write error for what a file system operation threw; a write error stays what it is, but for `written`. */
export function writeErrorFrom(error: unknown, file: string, written: readonly string[]): WriteError {
  if (error instanceof WriteError) {
    if (written.length === 0) return error;
    return new WriteError(error.code, error.file, error.message, { cause: error.cause, written });
  }
  const [code, words] = inWords(error);
  const done = written.length === 0 ? 'nothing was changed' : `already written: ${written.join(', ')}`;
  return new WriteError(code, file, `Cannot write ${file}: ${words}; ${done}.`, { cause: error, written });
}

function inWords(error: unknown): readonly [WriteErrorCode, string] {
  const systemCode = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (systemCode) {
    case 'EACCES':
    case 'EPERM':
      return ['denied', 'permission denied'];
    case 'EROFS':
      return ['read-only', 'the file system is read-only'];
    case 'ENOSPC':
    case 'EDQUOT':
      return ['disk-full', 'no space is left on the disk'];
    case 'ENOTDIR':
      return ['unfit', 'a part of its path is a file, not a folder'];
    case 'ENAMETOOLONG':
      return ['unfit', 'its name is too long for the file system'];
    default:
      return ['failed', error instanceof Error ? error.message : String(error)];
  }
}
