import type { Json } from '../../diff/json.ts';
import { type FileTree, openTree, type Unreadable } from '../../load/file-tree.ts';
import { provisioningInstance } from '../../load/provisioning-folder.ts';
import { loadWorkspace, sharedFacts } from '../../load/workspace.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { WritePlan } from '../../model/write-plan.ts';
import { prepare } from '../accept/prepare.ts';
import { type ImportInput, unwrapInput } from '../draft.ts';
import { neutral } from '../prove/neutral.ts';
import { alike } from './alike.ts';
import { byHand, type LeftByHand } from './by-hand.ts';
import { chooseDashboard } from './choose-dashboard.ts';
import { type DefinitionSource, readDefinition } from './definition-source.ts';
import type { Difference } from './differences.ts';
import { editingOf } from './editing-of.ts';
import { planWishes } from './plan-wishes.ts';
import { proveWishes } from './prove-wishes.ts';
import { type Tried, tryDefinitions } from './try-definitions.ts';
import { type UnusedName, unusedNames } from './unused-names.ts';

/** What to update, and from what. */
export interface UpdateOptions {
  /** The workspace root. */
  readonly root: string;
  readonly provisioning: string;
  /** Path of the definition below the root. */
  readonly definition: string;
  /** The dashboard as it was saved in Grafana. */
  readonly input: ImportInput;
  /** Milliseconds that the definition may take each time it is compiled. */
  readonly timeout: number;
}

/** What an update would do. */
export interface Update {
  /** The definition with all changes that were proved; empty when there are none. */
  readonly plan: WritePlan;
  /** What the plan brings into the definition. */
  readonly made: readonly Difference[];
  /** What it does not, by the lines of the file as it is. */
  readonly left: readonly LeftByHand[];
  /** The same by the lines of the file as the plan leaves it. */
  readonly leftAfter: readonly LeftByHand[];
  /** Constants and functions of the file that the plan leaves without use. */
  readonly unused: readonly UnusedName[];
  /** What was decided while the JSON was read. */
  readonly notes: readonly string[];
}

/**
 * Brings what was changed in Grafana into a definition: compile, compare, plan an edit for each difference, prove each
 * by compiling again. Writes nothing itself.
 *
 * @throws UsageError when the definition does not compile, or does not make the dashboard that was read
 */
export async function updateDefinition(options: UpdateOptions): Promise<Update> {
  const { root, definition: path, input, timeout } = options;
  const tree = openTree(root);
  const workspace = loadWorkspace(tree, provisioningInstance(options.provisioning), sharedFacts(tree));
  const { datasources } = workspace;
  const source = readSource(tree, path);
  const { text } = source;
  const unwrapped = unwrapInput(input, datasources);
  if ('why' in unwrapped) throw new UsageError(`${input.name}: ${unwrapped.why}`);
  const trial = { root: tree.root, path, datasources, timeout };
  const [baseline] = await tryDefinitions(trial, [text], { areTypesChecked: false });
  refuseErrors(path, baseline);
  const uid = chooseDashboard(path, unwrapped.dashboard, [...baseline.dashboards.keys()]);
  const prepared = (json: Json) => neutral(prepare(json, datasources).dashboard);
  const before = prepared(baseline.dashboards.get(uid) ?? {});
  const { dashboard, notes } = prepare({ ...unwrapped.dashboard, uid }, datasources);
  const after = neutral(alike(before, dashboard));
  const context = editingOf(source, tree, workspace);
  const {
    made,
    left,
    text: patched,
  } = await proveWishes(planWishes(source, { uid, before, after }, context.editing), {
    source,
    before,
    after,
    newNames: context.newNames,
    trial: async (texts) => {
      const [asItIs, ...tried] = await tryDefinitions(trial, [text, ...texts]);
      refuseErrors(path, asItIs);
      return tried;
    },
    compiled: ({ dashboards, texts, errors }) => {
      const json = dashboards.get(uid);
      const isOnlyOne = [...baseline.texts].every(([key, other]) => key === uid || texts.get(key) === other);
      return errors.length === 0 && json && isOnlyOne ? prepared(json) : undefined;
    },
  });
  const result = readDefinition(path, patched);
  const reasons = made.map((difference) => sentence(difference));
  return {
    plan: { files: patched === text ? [] : [{ path, before: text, after: patched, reasons }], refused: [] },
    made,
    left: byHand(left, source, { uid, before }, tree),
    leftAfter: byHand(left, result, { uid, before }, tree),
    unused: unusedNames(source, result),
    notes: [...unwrapped.notes, ...notes],
  };
}

/** The file byte for byte, a byte order mark included: it is written back. */
function readSource(tree: FileTree, path: string): DefinitionSource {
  const bytes = tree.read(path);
  if (bytes === 'missing') throw new UsageError(`no file ${path}: import without --update writes a new one`);
  if (typeof bytes === 'string') throw new UsageError(`cannot read ${path}: ${UNREADABLE[bytes]}`);
  try {
    return readDefinition(path, bytes.toString('utf8'));
  } catch (error) {
    throw new UsageError(`${path} does not compile: ${(error as Error).message}`);
  }
}

const UNREADABLE = {
  folder: 'it is a folder',
  outside: 'a symbolic link leads it out of the workspace',
  'too-large': 'it is too large',
  unreadable: 'it is not a file that can be read',
} satisfies Record<Exclude<Unreadable, 'missing'>, string>;

/** What is wrong before anything is changed nobody can tell from what an edit breaks. */
function refuseErrors(path: string, tried: Tried | undefined): asserts tried is Tried {
  if (!tried || tried.errors.length > 0)
    throw new UsageError(`${path} does not compile: ${tried?.errors.join('; ')}`);
}

function sentence({ subject: { kind, name }, text }: Difference): string {
  return kind === 'layout' || kind === 'dashboard'
    ? `${kind}: ${text}`
    : `${kind} ${JSON.stringify(name)}: ${text}`;
}
