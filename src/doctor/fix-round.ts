import { planEdits, type WantedChange } from '../edit/write-plan.ts';
import type { FileTree } from '../load/file-tree.ts';
import type { Edit } from '../model/edit.ts';
import type { Finding, Fix } from '../model/finding.ts';
import type { PlannedFile } from '../model/write-plan.ts';
import type { CheckResult } from './check.ts';
import type { FixOptions } from './fix.ts';
import { realPathIn } from './real-path.ts';

/** Files on their way from the text on the disk to the last one, by real path. */
export type Drafts = ReadonlyMap<string, Omit<PlannedFile, 'path'>>;

/** One fix and all findings that it mends: dozens of references can have one cause. */
export interface WantedFix extends WantedChange {
  /** The same in every round. */
  readonly key: string;
  readonly fix: Fix;
  readonly findings: readonly Finding[];
}

/** What a round starts from. */
export interface RoundInput {
  readonly tree: FileTree;
  readonly drafts: Drafts;
  /** What `check` says of the tree with the drafts in it. */
  readonly checked: CheckResult;
  readonly options: FixOptions;
  /** Fixes that must not be made, by key, with the reason. */
  readonly vetoes: ReadonlyMap<string, string>;
}

/** What the fixes of one round come to. */
export interface Round {
  readonly files: readonly PlannedFile[];
  readonly made: readonly WantedFix[];
  readonly refused: readonly RefusedFix[];
}

interface RefusedFix {
  readonly findings: readonly Finding[];
  readonly edit: Edit;
  readonly reason: string;
}

/** Plans the fixes of what `check` found, on the files as it read them; fixes that touch an earlier one wait. */
export function planRound(input: RoundInput): Round {
  const { checked, vetoes } = input;
  const wanted = wantedFixes(input);
  const whyNot = (change: WantedFix) => vetoes.get(change.key) ?? unreadable(change, input);
  const fit = wanted.filter((change) => whyNot(change) === undefined);
  const paths = new Set(fit.flatMap(({ edits }) => edits.flatMap(pathsOf)));
  const files = [...paths].flatMap((path) => checked.files.get(path) ?? []);
  const { plan, made, refused } = planEdits(files, fit);
  const kept = wanted.flatMap((change) => refusal(change, whyNot(change)));
  const edited = refused.flatMap((change) => {
    const { reason } = plan.refused.find(({ edit }) => change.edits.includes(edit)) ?? {};
    return refusal(change, reason);
  });
  return { files: plan.files, made, refused: [...kept, ...edited] };
}

function wantedFixes({ tree, checked, options }: RoundInput): readonly WantedFix[] {
  const generated = new Set(
    checked.workspaces.flatMap(({ dashboards }) =>
      dashboards.flatMap(({ file, origin }) => (origin.kind === 'definition' ? [file] : [])),
    ),
  );
  const wanted = new Map<string, WantedFix>();
  for (const finding of checked.findings) {
    const { fix, rule } = finding;
    if (!fix || !isWanted(finding, options)) continue;
    // The next build would undo it.
    if (fix.edits.some(({ file }) => generated.has(file))) continue;
    const edits = fix.edits.map((edit) => atRealPath(tree, edit));
    const key = JSON.stringify(edits);
    const same = wanted.get(key) ?? { key, fix, edits, findings: [], reason: `${fix.title} (${rule})` };
    wanted.set(key, { ...same, findings: [...same.findings, finding] });
  }
  return [...wanted.values()];
}

/** Whether the options ask for the finding's fix. */
export function isWanted({ fix, rule }: Finding, { unsafe, only }: FixOptions): boolean {
  return fix !== undefined && (fix.safety === 'safe' || unsafe === true) && (only?.includes(rule) ?? true);
}

/** A rename is of the link, a new text is of what it leads to. */
function atRealPath(tree: FileTree, edit: Edit): Edit {
  const isRename = edit.kind === 'text' && edit.renameTo !== undefined;
  return isRename ? edit : { ...edit, file: realPathIn(tree, edit.file) };
}

/** Why a file cannot be written back: what is no UTF-8 was read with replacement characters, or as UTF-16. */
function unreadable({ edits }: WantedFix, { tree, drafts, checked }: RoundInput): string | undefined {
  const path = edits
    .map(({ file }) => file)
    .find((file) => {
      const text = checked.files.get(file)?.text;
      if (drafts.has(file) || text === undefined) return false;
      // Nothing else is read as this character, and only YAML as UTF-16.
      if (!text.includes('\uFFFD') && !/\.ya?ml$/i.test(file)) return false;
      const bytes = tree.read(file);
      return typeof bytes !== 'string' && !Buffer.from(text).equals(bytes);
    });
  return path === undefined ? undefined : `The text of ${path} is not UTF-8.`;
}

function refusal({ findings, edits }: WantedFix, reason: string | undefined): readonly RefusedFix[] {
  const [edit] = edits;
  return edit === undefined || reason === undefined ? [] : [{ findings, edit, reason }];
}

function pathsOf(edit: Edit): readonly string[] {
  return edit.kind === 'text' && edit.renameTo !== undefined ? [edit.file, edit.renameTo] : [edit.file];
}
