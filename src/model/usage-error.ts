/** A mistake in how the command was called (a bad flag, an unreadable folder): one line, exit code 2, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
