import type * as z from 'zod/mini';
import type { ProvisionedDatasource } from '../model/datasource.ts';
import type { PropertyPath, SourceFile } from '../model/source-file.ts';
import type { ShapeError } from '../model/workspace.ts';
import type { VariableSource } from './expand-variables.ts';
import { readShape } from './provisioning-yaml.ts';
import { asRecord, asText } from './record.ts';

/** What reading an alerting file needs, and the values of the wrong kind that it met. */
export interface AlertingContext {
  readonly file: SourceFile;
  readonly variables: VariableSource;
  readonly datasources: readonly ProvisionedDatasource[];
  readonly errors: ShapeError[];
}

/** An entry of a list, as it is written, and its place. */
export interface ListedItem {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: PropertyPath;
}

/** The mappings in the list at the end of `path`, of which `parent` holds the last key; what is none is an error. */
export function readItems(
  { file, errors }: AlertingContext,
  parent: unknown,
  path: PropertyPath,
  shape: z.ZodMiniObject,
): ListedItem[] {
  const list = asRecord(parent)?.[String(path.at(-1))];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    const message = `Expected \`${path.join('.')}\` to be a list, found ${typeof list === 'object' ? 'a mapping' : JSON.stringify(list)}`;
    errors.push({ at: { file: file.path, path }, message });
    return [];
  }
  return list.flatMap((item: unknown, index): ListedItem[] => {
    const at = [...path, index];
    const { shapeErrors } = readShape(file, at, item, shape);
    errors.push(...shapeErrors);
    const value = asRecord(item);
    return value ? [{ value, path: at }] : [];
  });
}

/** The text of a scalar, `''` for all else. */
export function textOf(value: unknown): string {
  return asText(value) ?? '';
}
