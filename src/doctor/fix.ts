import { applyPlan } from '../edit/write-files.ts';
import { type PlannedChanges, planEdits, type WantedChange } from '../edit/write-plan.ts';
import { type FileTree, openTree, overlayTree } from '../load/file-tree.ts';
import type { Finding, Fix } from '../model/finding.ts';
import type { GrafanaVersion } from '../model/grafana-version.ts';
import type { WorkspaceFiles } from '../model/workspace.ts';
import type { PlannedFile, WritePlan } from '../model/write-plan.ts';
import { ALL_RULES } from '../rules/all-rules.ts';
import { type CheckResult, checkTree } from './check.ts';
import { followingLinks, realPathIn } from './real-path.ts';
import { type Reload, reloadsOf } from './reload.ts';

/** What to mend and how far to go. */
export interface FixOptions {
  /** Takes the place of what image tags say. */
  readonly grafanaVersion?: GrafanaVersion | undefined;
  /** Ids of the rules whose findings are mended; default all. */
  readonly only?: readonly string[] | undefined;
  /** Make the fixes too that a human must agree to. */
  readonly unsafe?: boolean | undefined;
  /** Write the plan; default false. */
  readonly write?: boolean | undefined;
}

/** What a fix run did, or would do. */
export interface FixResult {
  /** From the texts as they are to the texts as they shall be. */
  readonly plan: WritePlan;
  /** What was mended, in the order in which it was done. */
  readonly mended: readonly MendedFinding[];
  /** Findings whose fix could not be made, with the sentence that says why. */
  readonly refused: readonly { readonly finding: Finding; readonly reason: string }[];
  /** What `check` says of the tree as it shall be. */
  readonly left: readonly Finding[];
  /** What must be restarted or reloaded for it to take effect. */
  readonly reloads: readonly Reload[];
  /** Paths that were written or removed; empty unless asked to write. */
  readonly written: readonly string[];
  /** The files as they shall be, for reports of what is left. */
  readonly files: WorkspaceFiles;
}

/** One finding that the plan mends. */
export interface MendedFinding {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** Mending one thing can bring another to light; beyond this many rounds two rules would be undoing each other. */
const MAX_ROUNDS = 10;

/**
 * Mends what `check` finds: in rounds, each on the tree as the one before would leave it, until nothing more can be
 * mended. One plan comes out, from the texts on the disk to the last ones; it is written only when asked for.
 *
 * @throws UsageError when the root is no readable folder; WriteError when the plan could not be written
 */
export function fix(root: string, options: FixOptions = {}): FixResult {
  const tree = openTree(root);
  const result = planFixes(tree, options);
  return options.write ? { ...result, written: applyPlan(tree.root, result.plan) } : result;
}

/** The same for a tree that is open already; writes nothing. */
export function planFixes(tree: FileTree, options: FixOptions = {}): FixResult {
  const drafts = new Map<string, Draft>();
  const mended: MendedFinding[] = [];
  const before = checkAgain(tree, drafts, options);
  let now = before;
  let round = planRound(tree, now, options);
  for (let count = 0; count < MAX_ROUNDS && round.plan.files.length > 0; count++) {
    for (const file of round.plan.files) note(drafts, file);
    for (const { fix, findings } of round.made) mended.push(...findings.map((finding) => ({ finding, fix })));
    now = checkAgain(tree, drafts, options);
    round = planRound(tree, now, options);
  }
  const files = [...drafts].flatMap(([path, draft]) =>
    draft.before === draft.after ? [] : [{ path, ...draft }],
  );
  return {
    plan: { files, refused: round.plan.refused },
    mended,
    refused: round.refused.flatMap(({ findings, edits }) => {
      const reason = round.plan.refused.find(({ edit }) => edits.includes(edit))?.reason ?? '';
      return findings.map((finding) => ({ finding, reason }));
    }),
    left: now.findings,
    reloads: reloadsOf(files, [...before.workspaces, ...now.workspaces]),
    written: [],
    files: now.files,
  };
}

/** One file on its way from the text on the disk to the last one. */
type Draft = Omit<PlannedFile, 'path'>;

function checkAgain(tree: FileTree, drafts: ReadonlyMap<string, Draft>, options: FixOptions): CheckResult {
  const texts = new Map([...drafts].map(([path, { after }]) => [path, after]));
  const asksForStyle = ALL_RULES.some(
    ({ id, severity }) => severity === 'style' && options.only?.includes(id),
  );
  return checkTree(texts.size === 0 ? tree : followingLinks(overlayTree(tree, texts)), {
    grafanaVersion: options.grafanaVersion,
    style: asksForStyle,
  });
}

/** One fix and all findings that it mends: dozens of references can have one cause. */
type WantedFix = WantedChange & { readonly fix: Fix; readonly findings: Finding[] };

/** What the fixes of these findings come to when made on the files that the findings speak of. */
function planRound(tree: FileTree, checked: CheckResult, options: FixOptions): PlannedChanges<WantedFix> {
  const generated = new Set(
    checked.workspaces.flatMap(({ dashboards }) =>
      dashboards.flatMap(({ file, origin }) => (origin.kind === 'definition' ? [file] : [])),
    ),
  );
  const changes = new Map<string, WantedFix>();
  for (const finding of checked.findings) {
    const { fix } = finding;
    if (!fix || (fix.safety === 'unsafe' && !options.unsafe)) continue;
    if (options.only && !options.only.includes(finding.rule)) continue;
    // The next build would undo it.
    if (fix.edits.some(({ file }) => generated.has(file))) continue;
    // A rename is of the link, a new text is of what it leads to.
    const edits = fix.edits.map((edit) =>
      edit.kind === 'text' && edit.renameTo !== undefined
        ? edit
        : { ...edit, file: realPathIn(tree, edit.file) },
    );
    const key = JSON.stringify(edits);
    const same = changes.get(key);
    if (same) same.findings.push(finding);
    else changes.set(key, { findings: [finding], fix, edits, reason: `${fix.title} (${finding.rule})` });
  }
  const wanted = [...changes.values()];
  const edits = wanted.flatMap((change) => change.edits);
  const paths = new Set(
    edits.flatMap((edit) =>
      edit.kind === 'text' && edit.renameTo !== undefined ? [edit.file, edit.renameTo] : [edit.file],
    ),
  );
  return planEdits(
    [...paths].flatMap((path) => checked.files.get(path) ?? []),
    wanted,
  );
}

function note(drafts: Map<string, Draft>, { path, before, after, reasons }: PlannedFile): void {
  const earlier = drafts.get(path);
  drafts.set(path, {
    before: earlier ? earlier.before : before,
    after,
    reasons: [...new Set([...(earlier?.reasons ?? []), ...reasons])],
  });
}
