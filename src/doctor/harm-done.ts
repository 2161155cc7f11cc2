import type { Edit } from '../model/edit.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckResult } from './check.ts';
import type { WantedFix } from './fix-round.ts';

/** A round of fixes and what `check` says of the tree before and after it. */
export interface MadeRound {
  readonly made: readonly WantedFix[];
  readonly before: CheckResult;
  readonly after: CheckResult;
  /** Whether a later round will mend the finding. */
  readonly isMendable: (finding: Finding) => boolean;
}

/**
 * Fixes that mended one thing and broke another, by key, with the reason. A dashboard that loads at last can take the
 * uid of one that loaded so far; two Grafanas can read one dashboard and have different datasources.
 */
export function harmDone({ made, before, after, isMendable }: MadeRound): ReadonlyMap<string, string> {
  const known = new Set(before.findings.map(identity));
  const fresh = after.findings.filter(
    (finding) => ['load', 'data'].includes(finding.severity) && !known.has(identity(finding)),
  );
  const edited = new Set(made.flatMap(({ edits }) => edits.map(fileOf)));
  const reasonFor = ({ edits, findings }: WantedFix): string | undefined => {
    const mended = new Set(findings.map(({ rule }) => rule));
    const toOthers = fresh.find(
      (finding) =>
        finding.severity === 'load' && !isMendable(finding) && reachesBeyond(finding, edits, edited),
    );
    if (toOthers) {
      const both = toOthers.fix?.safety === 'unsafe' ? ' With --unsafe both are mended.' : '';
      return `It would bring up another mistake: ${toOthers.message}.${both}`;
    }
    const elsewhere =
      after.workspaces.length > 1 &&
      fresh.find(
        (finding) =>
          // What other edits of provisioning bring to light was there before.
          (finding.at.file.endsWith('.json') || mended.has(finding.rule)) &&
          edits.some((edit) => isAt(finding, edit)),
      );
    return elsewhere
      ? `Another Grafana of the tree reads ${elsewhere.at.file} too, and would have: ${elsewhere.message}.`
      : undefined;
  };
  return new Map(
    made.flatMap((change): [string, string][] => {
      const reason = reasonFor(change);
      return reason === undefined ? [] : [[change.key, reason]];
    }),
  );
}

function identity({ rule, at, message }: Finding): string {
  return JSON.stringify([rule, at.file, at.path, message]);
}

/**
 * Whether a finding is between several files, of which the edits named some but not all; or none at all was edited, and
 * the edits are of what decides which files are read.
 */
function reachesBeyond(
  { at, related }: Finding,
  edits: readonly Edit[],
  editedInRound: ReadonlySet<string>,
): boolean {
  const edited = new Set(edits.map(fileOf));
  const files = [at.file, ...related.map((place) => place.at.file)];
  if (files.some((file) => edited.has(file))) return files.some((file) => !edited.has(file));
  const isOfOthers = files.some((file) => editedInRound.has(file));
  return !isOfOthers && edits.some((edit) => !fileOf(edit).endsWith('.json'));
}

function fileOf(edit: Edit): string {
  return edit.kind === 'text' ? (edit.renameTo ?? edit.file) : edit.file;
}

/** At the very value that the edit set. */
function isAt({ at }: Finding, edit: Edit): boolean {
  if (edit.kind !== 'set' || edit.file !== at.file) return false;
  const path = at.path ?? [];
  const shorter = Math.min(path.length, edit.path.length);
  return path.slice(0, shorter).every((part, index) => part === edit.path[index]);
}
