import { printDashboard } from '../build/print-dashboard.ts';
import type { ItemDiff } from '../diff/change.ts';
import { type FileTree, openTree } from '../load/file-tree.ts';
import { provisioningInstance } from '../load/provisioning-folder.ts';
import { readText } from '../load/tree-files.ts';
import { loadWorkspace, sharedFacts } from '../load/workspace.ts';
import type { Workspace } from '../model/workspace.ts';
import type { WritePlan } from '../model/write-plan.ts';
import { type Draft, draft, type ImportInput } from './draft.ts';
import { type Claim, prove } from './prove/prove.ts';
import type { Module } from './prove/temporary-definitions.ts';
import { type DatasourceModule, datasourceConstants } from './write/datasource-names.ts';
import { writeDefinition } from './write/write-definition.ts';

/** What to import, and where to. */
export interface ImportOptions {
  /** The workspace root; `dashboards/` below it gets the definitions. */
  readonly root: string;
  readonly provisioning: string;
  readonly inputs: readonly ImportInput[];
  /** Path of the definition below the root, for a single input; default: `dashboards/<uid>.ts`. */
  readonly to?: string | undefined;
  /** Write over definitions that are there. */
  readonly force?: boolean | undefined;
  /** The text that `dashboards/lib/datasources.ts` will have, where it is not there yet. */
  readonly datasourceModule?: string | undefined;
  /** Milliseconds that one definition may take when it is proved. */
  readonly timeout: number;
}

/** What became of one input. */
export type ImportResult =
  | {
      readonly kind: 'proved';
      readonly name: string;
      readonly path: string;
      readonly text: string;
      readonly notes: readonly string[];
      /** What it had that the classic form has not, and what stands there instead, one sentence each. */
      readonly losses: readonly string[];
      /** Compiles to the very bytes that were read. */
      readonly isSameBytes: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly name: string;
      /** Why, one sentence each. */
      readonly reasons: readonly string[];
      readonly differences?: ItemDiff | undefined;
    };

/** All results and the plan that writes the proved ones. */
export interface Imported {
  readonly results: readonly ImportResult[];
  readonly plan: WritePlan;
}

/**
 * Writes definitions for dashboards and proves each: compiled, it means what was read. Writes nothing itself.
 *
 * @throws UsageError when the root is no folder
 */
export async function importDashboards(options: ImportOptions): Promise<Imported> {
  const tree = openTree(options.root);
  const workspace = loadWorkspace(tree, provisioningInstance(options.provisioning), sharedFacts(tree));
  const context = {
    tree,
    workspace,
    module: datasourceModule(tree, options.datasourceModule),
    alongside: alongsideOf(options),
    timeout: options.timeout,
  };
  const taken = new Set<string>();
  const drafts = options.inputs.map((input) =>
    draft(input, { tree, workspace, to: options.to, force: options.force === true, taken }),
  );
  const proved = new Map<Draft, ImportResult>();
  for (const attempt of ATTEMPTS) {
    const left = drafts.filter((one) => proved.get(one)?.kind !== 'proved');
    for (const [one, result] of await proveDrafts(left, context, attempt)) proved.set(one, result);
  }
  const results = drafts.map((one) => proved.get(one) ?? refusal(one));
  const files = results.flatMap((result) =>
    result.kind === 'proved'
      ? [
          {
            path: result.path,
            before: readText(tree, result.path),
            after: result.text,
            reasons: [`imported from ${result.name}`],
          },
        ]
      : [],
  );
  return { results, plan: { files, refused: [] } };
}

/** How a definition is written. */
interface Attempt {
  /** Every setting is written, for the bytes to be the same. */
  readonly toTheLetter: boolean;
  /** Queries are typed. What a catalogue says may not fit a query: then they are text. */
  readonly isTyped: boolean;
}

const ATTEMPTS: readonly Attempt[] = [
  { toTheLetter: true, isTyped: true },
  { toTheLetter: true, isTyped: false },
  { toTheLetter: false, isTyped: true },
  { toTheLetter: false, isTyped: false },
];

interface Context {
  readonly tree: FileTree;
  readonly workspace: Workspace;
  readonly module: DatasourceModule | undefined;
  readonly alongside: readonly Module[];
  readonly timeout: number;
}

/** What the text has to be for its definition to compile to the same bytes. */
function isGenerated({ input, original }: Exclude<Draft, { why: string }>): boolean {
  return original.schemaVersion === 38 && printDashboard(original) === input.text;
}

async function proveDrafts(
  drafts: readonly Draft[],
  { workspace, module, tree, alongside, timeout }: Context,
  { toTheLetter, isTyped }: Attempt,
): Promise<ReadonlyMap<Draft, ImportResult>> {
  const { datasources } = workspace;
  const catalogues = isTyped ? workspace.catalogues : [];
  const written = drafts.flatMap((one) => {
    if ('why' in one || (toTheLetter && !isGenerated(one))) return [];
    const dashboard = toTheLetter ? one.original : one.dashboard;
    const context = { datasources, datasourceModule: module, folder: one.folder, toTheLetter, catalogues };
    const text = writeDefinition(dashboard, context);
    const claim: Claim = { path: one.path, text, dashboard, bytes: toTheLetter ? one.input.text : undefined };
    return [{ one, claim }];
  });
  const verdicts = await prove(
    written.map(({ claim }) => claim),
    { root: tree.root, datasources, alongside, timeout },
  );
  return new Map(
    written.map(({ one, claim }, index): [Draft, ImportResult] => {
      const { errors = [], differences, hasOtherBytes } = verdicts[index] ?? {};
      const { name } = one.input;
      if (errors.length > 0 || differences || (toTheLetter && hasOtherBytes))
        return [one, { kind: 'refused', name, reasons: [...errors], differences }];
      const { path, notes, losses } = one;
      return [
        one,
        {
          kind: 'proved',
          name,
          path,
          text: claim.text,
          notes: toTheLetter ? [] : notes,
          losses,
          isSameBytes: toTheLetter,
        },
      ];
    }),
  );
}

function refusal(one: Draft): ImportResult {
  return {
    kind: 'refused',
    name: one.input.name,
    reasons: ['why' in one ? one.why : 'it could not be proved'],
  };
}

/** The module that names the workspace's datasources, where there is one. */
function datasourceModule(tree: FileTree, planned: string | undefined): DatasourceModule | undefined {
  const source = planned ?? readText(tree, DATASOURCE_MODULE);
  return source === undefined
    ? undefined
    : { specifier: './lib/datasources.ts', constants: datasourceConstants(source) };
}

function alongsideOf({ datasourceModule: text }: ImportOptions): readonly Module[] {
  return text === undefined ? [] : [{ path: DATASOURCE_MODULE, text }];
}

const DATASOURCE_MODULE = 'dashboards/lib/datasources.ts';
