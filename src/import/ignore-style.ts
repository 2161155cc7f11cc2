import { build } from '../build/build.ts';
import { openTree } from '../load/file-tree.ts';
import { IGNORE_FILE } from '../load/ignore-file.ts';
import { readText } from '../load/tree-files.ts';
import type { Finding } from '../model/finding.ts';
import type { WritePlan } from '../model/write-plan.ts';

/** What the build has against imported definitions, and what is done about it. */
export interface ImportedFindings {
  /** Adds to the ignore file what is of style. */
  readonly plan: WritePlan;
  /** How many findings that keeps from the report. */
  readonly ignored: number;
  /** What else keeps the build from writing, in these definitions or beside them. */
  readonly left: readonly Finding[];
}

/**
 * Imported dashboards have the style that they have: what rules of style say of them does not keep them from being
 * built, but stands in the ignore file until somebody takes it up. Writes nothing itself.
 *
 * @param definitions paths of definitions that an import has written
 */
export async function ignoreStyle(
  root: string,
  provisioning: string,
  definitions: readonly string[],
  timeout: number,
): Promise<ImportedFindings> {
  const { findings } = await build({ root, provisioning, write: false, timeout });
  const ofStyle = findings.filter(
    ({ at, severity }) => severity === 'style' && definitions.includes(at.file) && !/\s/.test(at.file),
  );
  const lines = [...new Set(ofStyle.map(({ at, rule }) => `${at.file} ${rule}: as it was imported\n`))];
  const before = readText(openTree(root), IGNORE_FILE);
  const start = before === undefined || before === '' || before.endsWith('\n') ? before : `${before}\n`;
  const after = `${start ?? ''}${lines.sort().join('')}`;
  const file = { path: IGNORE_FILE, before, after, reasons: ['style of imported dashboards'] };
  return {
    plan: { files: lines.length === 0 ? [] : [file], refused: [] },
    ignored: ofStyle.length,
    left: findings.filter((finding) => !ofStyle.includes(finding)),
  };
}
