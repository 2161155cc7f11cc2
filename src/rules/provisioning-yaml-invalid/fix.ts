import type { JsonValue } from '../../model/edit.ts';
import type { Finding } from '../../model/finding.ts';
import type { SourceFile } from '../../model/source-file.ts';
import { valueAt } from '../../model/value-at.ts';
import type { ShapeError } from '../../model/workspace.ts';

type Mending = Pick<Finding, 'fix'>;

/** Writes a value in the form that its place demands, where it has only one meaning; takes an empty item out. */
export function shapeFix(file: SourceFile, { at, message }: ShapeError): Mending {
  const path = at.path ?? [];
  const value = valueAt(file.value, path);
  if (value === null && typeof path.at(-1) === 'number')
    return {
      fix: {
        title: 'Take the empty item out of the list',
        safety: 'safe',
        edits: [{ kind: 'delete', file: at.file, path }],
      },
    };
  const meant = message.includes('true or false') ? booleanOf(value) : integerOf(value);
  if (meant === undefined) return {};
  return {
    fix: {
      title: `Write \`${String(path.at(-1))}\` as ${JSON.stringify(meant)}`,
      safety: 'safe',
      edits: [{ kind: 'set', file: at.file, path, value: meant }],
    },
  };
}

function booleanOf(value: unknown): JsonValue | undefined {
  if (/^(?:yes|y|on)$/i.test(String(value))) return true;
  return /^(?:no|n|off)$/i.test(String(value)) ? false : undefined;
}

/** `10s` and `10.0` are 10: Grafana counts in seconds. */
function integerOf(value: unknown): JsonValue | undefined {
  const digits = /^\s*(\d{1,9})(?:\.0+)?\s*(?:s|sec|seconds?)?\s*$/.exec(String(value))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
