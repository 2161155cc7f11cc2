import type { Edit } from '../model/edit.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckResult } from './check.ts';
import type { WantedFix } from './fix-round.ts';

/**
 * Fixes that mended a dashboard for one Grafana of the tree and broke it for another, by key, with the reason: two
 * stacks can read the same files and have different datasources.
 */
export function harmDone(
  made: readonly WantedFix[],
  before: CheckResult,
  after: CheckResult,
): ReadonlyMap<string, string> {
  if (after.workspaces.length < 2) return new Map();
  const known = new Set(before.findings.map(identity));
  const fresh = after.findings.filter(
    (finding) => ['load', 'data'].includes(finding.severity) && !known.has(identity(finding)),
  );
  return new Map(
    made.flatMap(({ key, edits }): [string, string][] => {
      const caused = fresh.find((finding) => edits.some((edit) => isCausedBy(finding, edit)));
      return caused
        ? [
            [
              key,
              `Another Grafana of the tree reads ${caused.at.file} too, and would have: ${caused.message}.`,
            ],
          ]
        : [];
    }),
  );
}

function identity({ rule, at, message }: Finding): string {
  return JSON.stringify([rule, at.file, at.path, message]);
}

/** What other edits bring to light was there before. */
function isCausedBy({ at }: Finding, edit: Edit): boolean {
  if (edit.kind !== 'set' || edit.file !== at.file || !edit.file.endsWith('.json')) return false;
  const path = at.path ?? [];
  const shorter = Math.min(path.length, edit.path.length);
  return path.slice(0, shorter).every((part, index) => part === edit.path[index]);
}
