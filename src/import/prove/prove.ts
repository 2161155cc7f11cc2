import { basename } from 'node:path';
import { checkTypes } from '../../build/check-types.ts';
import { resolveDatasources } from '../../build/resolve-datasources.ts';
import { runDefinitions } from '../../build/run-definitions.ts';
import type { ItemDiff } from '../../diff/change.ts';
import { compareDashboard } from '../../diff/compare-dashboard.ts';
import type { Json } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { neutral } from './neutral.ts';
import { type Module, temporaryDefinitions } from './temporary-definitions.ts';

/** A definition that was written and the dashboard it has to compile to. */
export interface Claim {
  /** The definition's path below the root. */
  readonly path: string;
  readonly text: string;
  /** In the form of today; compared by meaning. */
  readonly dashboard: Json;
  /** The bytes that have to come out, when panelproof wrote them. */
  readonly bytes?: string | undefined;
}

/** In what surroundings definitions are proved. */
export interface ProofOptions {
  readonly root: string;
  readonly datasources: readonly ProvisionedDatasource[];
  /** Modules that the workspace does not have yet. */
  readonly alongside?: readonly Module[];
  /** Milliseconds that one definition may take. */
  readonly timeout: number;
}

/** What stands against a claim; nothing does when it holds. */
export interface Verdict {
  readonly path: string;
  /** What the type checker or the run said. */
  readonly errors: readonly string[];
  /** What the compiled dashboard does differently. */
  readonly differences: ItemDiff | undefined;
  /** Whether bytes were asked for and others came out. */
  readonly hasOtherBytes: boolean;
}

/**
 * Compiles definitions as the build would, in a folder outside the workspace, and compares what comes out with what they
 * were written from.
 */
export async function prove(
  claims: readonly Claim[],
  { root, datasources, alongside, timeout }: ProofOptions,
): Promise<readonly Verdict[]> {
  if (claims.length === 0) return [];
  const { paths, remove } = temporaryDefinitions(root, claims, alongside);
  try {
    const [types, run] = await Promise.all([
      checkTypes(root, paths),
      runDefinitions(paths, { root, timeout, cacheFolder: undefined }),
    ]);
    return claims.map((claim, index) => {
      const path = paths[index] ?? '';
      const name = basename(claim.path);
      const found = [...types.findings, ...run.errors].filter(({ at }) => basename(at.file) === name);
      const compiled = run.dashboards.find(({ definition }) => definition === path);
      const errors = found.map(({ message }) => message);
      if (!compiled) return { path: claim.path, errors, differences: undefined, hasOtherBytes: true };
      return { path: claim.path, errors, ...judge(claim, resolveDatasources(compiled.text, datasources)) };
    });
  } finally {
    remove();
  }
}

function judge({ dashboard, bytes }: Claim, text: string): Pick<Verdict, 'differences' | 'hasOtherBytes'> {
  if (bytes !== undefined && text === bytes) return { differences: undefined, hasOtherBytes: false };
  const file = 'dashboard';
  return {
    differences: compareDashboard(
      { file, json: neutral(dashboard) },
      { file, json: neutral(JSON.parse(text) as Json) },
    ),
    hasOtherBytes: bytes !== undefined,
  };
}
