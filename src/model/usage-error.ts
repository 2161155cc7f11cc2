/** A mistake in how the command was called (a bad flag, an unreadable folder): one line, exit code 2, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The usage error for what a file system operation on a path that the user named threw. */
export function pathError(operation: 'read' | 'write', path: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new UsageError(`cannot ${operation} ${path}: ${IN_WORDS[code] ?? code}`, { cause: error });
}

const IN_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a part of its path is a file',
  EISDIR: 'it is a folder',
  ENOENT: 'there is none',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is a file',
  EROFS: 'the file system is read-only',
};
