import { basename } from 'node:path';
import { checkTypes } from '../../build/check-types.ts';
import { resolveDatasources } from '../../build/resolve-datasources.ts';
import { runDefinitions } from '../../build/run-definitions.ts';
import type { Json } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { Finding } from '../../model/finding.ts';
import { temporaryDefinitions } from '../prove/temporary-definitions.ts';

/** What a text of a definition compiles to. */
export interface Tried {
  /** Its dashboards by uid. */
  readonly dashboards: ReadonlyMap<string, Json>;
  /** The same as text, to see whether anything changed. */
  readonly texts: ReadonlyMap<string, string>;
  /** What the type checker or the run said. */
  readonly errors: readonly string[];
}

/** A definition of a workspace that is tried. */
export interface Trial {
  readonly root: string;
  /** Path of the definition below the root. */
  readonly path: string;
  readonly datasources: readonly ProvisionedDatasource[];
  /** Milliseconds that one text may take. */
  readonly timeout: number;
}

/** Compiles many texts of one definition at once, outside of the workspace; whether their types fit can be left open. */
export async function tryDefinitions(
  { root, path, datasources, timeout }: Trial,
  texts: readonly string[],
  { areTypesChecked = true } = {},
): Promise<readonly Tried[]> {
  if (texts.length === 0) return [];
  const modules = texts.map((text, index) => ({
    path: path.replace(/[^/]*$/, `definition-${index}.ts`),
    text,
  }));
  const { paths, remove } = temporaryDefinitions(root, modules);
  try {
    const [types, run] = await Promise.all([
      areTypesChecked ? checkTypes(root, paths) : undefined,
      runDefinitions(paths, { root, timeout, cacheFolder: undefined }),
    ]);
    const errors = [...(types?.findings ?? []), ...run.errors];
    return paths.map((own) => {
      // An error may lie in a module that is imported: with one text it is known whose it is.
      const isOf = ({ at }: Finding) => paths.length === 1 || basename(at.file) === basename(own);
      const texts = new Map(
        run.dashboards
          .filter(({ definition }) => definition === own)
          .map(({ uid, text }) => [uid, resolveDatasources(text, datasources)]),
      );
      return {
        texts,
        dashboards: new Map([...texts].map(([uid, text]) => [uid, JSON.parse(text) as Json])),
        errors: errors.filter(isOf).map(({ message }) => message),
      };
    });
  } finally {
    remove();
  }
}
