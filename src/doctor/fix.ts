import { applyPlan } from '../edit/write-files.ts';
import { type FileTree, openTree, overlayTree } from '../load/file-tree.ts';
import type { Finding, Fix } from '../model/finding.ts';
import type { GrafanaVersion } from '../model/grafana-version.ts';
import type { WorkspaceFiles } from '../model/workspace.ts';
import type { PlannedFile, WritePlan } from '../model/write-plan.ts';
import { ALL_RULES } from '../rules/all-rules.ts';
import { type CheckResult, checkTree } from './check.ts';
import { type Drafts, isWanted, planRound } from './fix-round.ts';
import { harmDone } from './harm-done.ts';
import { followingLinks } from './real-path.ts';
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
  const mended: MendedFinding[] = [];
  const vetoes = new Map<string, string>();
  const before = checkAgain(tree, new Map(), options);
  let drafts: Drafts = new Map();
  let now = before;
  for (let rounds = 0; rounds < MAX_ROUNDS; ) {
    const tryRound = (vetoed: ReadonlyMap<string, string>) => {
      const { files, made } = planRound({ tree, drafts, checked: now, options, vetoes: vetoed });
      const nextDrafts = withFiles(drafts, files);
      const next = checkAgain(tree, nextDrafts, options);
      const isMendable = (finding: Finding) => isWanted(finding, options);
      return {
        files,
        made,
        nextDrafts,
        next,
        harm: harmDone({ made, before: now, after: next, isMendable }),
      };
    };
    const { files, made, nextDrafts, next, harm } = tryRound(vetoes);
    if (files.length === 0) break;
    const guilty = culprits(harm, (key) => tryRound(new Map([...vetoes, [key, '']])).harm);
    for (const [key, reason] of guilty) vetoes.set(key, reason);
    // There are only so many fixes to veto, so that this ends.
    if (harm.size > 0) continue;
    rounds += 1;
    for (const { fix, findings } of made) mended.push(...findings.map((finding) => ({ finding, fix })));
    drafts = nextDrafts;
    now = next;
  }
  const { refused } = planRound({ tree, drafts, checked: now, options, vetoes });
  const files = [...drafts]
    .flatMap(([path, draft]) => (draft.before === draft.after ? [] : [{ path, ...draft }]))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    plan: { files, refused: refused.map(({ edit, reason }) => ({ edit, reason })) },
    mended,
    refused: refused.flatMap(({ findings, reason }) => findings.map((finding) => ({ finding, reason }))),
    left: now.findings,
    reloads: reloadsOf(files, [...before.workspaces, ...now.workspaces]),
    written: [],
    files: now.files,
  };
}

/** Each suspect costs a check of the tree. */
const MAX_SUSPECTS = 20;

/**
 * Of the fixes that may have done harm those without which it is not done; all of them where that tells nothing, as
 * when each would do it alone.
 */
function culprits(
  suspects: ReadonlyMap<string, string>,
  harmWithout: (key: string) => ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  if (suspects.size < 2 || suspects.size > MAX_SUSPECTS) return suspects;
  const guilty = [...suspects].filter(([key, reason]) => ![...harmWithout(key).values()].includes(reason));
  return guilty.length === 0 ? suspects : new Map(guilty);
}

function checkAgain(tree: FileTree, drafts: Drafts, options: FixOptions): CheckResult {
  const texts = new Map([...drafts].map(([path, { after }]) => [path, after]));
  const asksForStyle = ALL_RULES.some(
    ({ id, severity }) => severity === 'style' && options.only?.includes(id),
  );
  return checkTree(texts.size === 0 ? tree : followingLinks(overlayTree(tree, texts)), {
    grafanaVersion: options.grafanaVersion,
    style: asksForStyle,
  });
}

function withFiles(drafts: Drafts, files: readonly PlannedFile[]): Drafts {
  const all = new Map(drafts);
  for (const { path, before, after, reasons } of files) {
    const earlier = all.get(path);
    all.set(path, {
      before: earlier ? earlier.before : before,
      after,
      reasons: [...new Set([...(earlier?.reasons ?? []), ...reasons])],
    });
  }
  return all;
}
