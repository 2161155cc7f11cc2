import { posix } from 'node:path';
import { datasourceRef } from '../model/datasource-uid.ts';
import type { Location } from '../model/source-file.ts';
import { valueAt } from '../model/value-at.ts';
import type { WorkspaceFiles } from '../model/workspace.ts';
import { onlyLiteral } from './only-literal.ts';

/** Values that definitions write as they are. */
const WRITTEN = new Set<unknown>(['expr', 'query', 'legendFormat', 'unit', 'datasource']);

/**
 * Where a value of a generated file was written: in its definition or in a module that this imports, when they have it
 * as a literal exactly once; undefined otherwise.
 */
export function writtenValuePlace(
  files: WorkspaceFiles,
  definition: string,
  { file, path = [] }: Location,
): Location | undefined {
  if (!WRITTEN.has(path.at(-1))) return undefined;
  const literal = writtenText(valueAt(files.get(file)?.value, path));
  if (literal === undefined || literal === '') return undefined;
  const text = files.get(definition)?.text ?? '';
  const places = [definition, ...importedFiles(definition, text)].flatMap((module) => {
    const range = onlyLiteral(files.get(module)?.text ?? '', literal);
    return range ? [{ file: module, range }] : [];
  });
  return places.length === 1 ? places[0] : undefined;
}

/** A text as it is; of a datasource the name, as long as it has no uid. */
function writtenText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const ref = datasourceRef(value);
  return ref.kind === 'defined' ? ref.name : undefined;
}

function importedFiles(definition: string, text: string): string[] {
  return [...text.matchAll(/\bfrom\s*(['"])(\.{1,2}\/[^'"\n]+)\1/g)].map(([, , path = '']) =>
    posix.join(posix.dirname(definition), path),
  );
}
