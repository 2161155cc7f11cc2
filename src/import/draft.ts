import { dirname } from 'node:path';
import type { Json } from '../diff/json.ts';
import type { FileTree } from '../load/file-tree.ts';
import type { ProvisionedDatasource } from '../model/datasource.ts';
import type { Workspace } from '../model/workspace.ts';
import { prepare, slug } from './accept/prepare.ts';
import { type NotAccepted, type Unwrapped, unwrap } from './accept/unwrap.ts';

/** One text that holds a dashboard. */
export interface ImportInput {
  /** How it is spoken of: a path, or `standard input`. */
  readonly name: string;
  readonly text: string;
  /** Path below the workspace root, when it lies there: a provisioned file says which folder it is in. */
  readonly file?: string | undefined;
}

/** What decides where a definition goes. */
export interface DraftContext {
  readonly tree: FileTree;
  readonly workspace: Workspace;
  /** Path of the definition; default: from the uid. */
  readonly to: string | undefined;
  /** Definitions that are there may be written over. */
  readonly force: boolean;
  /** Paths that other inputs have; this one's is added. */
  readonly taken: Set<string>;
}

/** A dashboard that was understood, or the reason why not. */
export type Draft =
  | {
      readonly input: ImportInput;
      readonly path: string;
      readonly folder: string | undefined;
      readonly original: Json;
      readonly dashboard: Json;
      readonly notes: readonly string[];
      /** What has no classic form. */
      readonly losses: readonly string[];
    }
  | { readonly input: ImportInput; readonly why: string };

/** Reads one input: what dashboard it holds, which definition it becomes and in which folder. */
export function draft(input: ImportInput, { to, force, taken, tree, workspace }: DraftContext): Draft {
  const unwrapped = unwrapInput(input, workspace.datasources);
  if ('why' in unwrapped) return { input, why: unwrapped.why };
  const { dashboard, notes } = prepare(unwrapped.dashboard, workspace.datasources);
  const wanted = to ?? `dashboards/${slug(String(dashboard.uid))}.ts`;
  if (taken.has(wanted))
    return { input, why: `another input has the uid ${JSON.stringify(dashboard.uid)} too` };
  taken.add(wanted);
  if (!force && tree.kind(wanted) !== undefined)
    return { input, why: `${wanted} is there already: --force writes over it, --to names another file` };
  const folder = folderOf(input, unwrapped.folder, workspace);
  return {
    input,
    path: wanted,
    folder: folder.title,
    original: unwrapped.dashboard,
    dashboard,
    notes: [...unwrapped.notes, ...notes, ...folder.notes],
    losses: unwrapped.losses ?? [],
  };
}

/** Reads the text of an input: the classic dashboard in it, or why there is none. */
export function unwrapInput(
  { text }: ImportInput,
  datasources: readonly ProvisionedDatasource[],
): Unwrapped | NotAccepted {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { why: `not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}` };
  }
  if (isDeeper(value, MAX_DEPTH)) return { why: `nested deeper than ${MAX_DEPTH} levels: no dashboard is` };
  return unwrap(value, datasources);
}

/** Far more than any dashboard has, far less than a call stack takes. */
const MAX_DEPTH = 200;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

/** The Grafana folder of a file that a provider walks, or the one that the wrapping names, when a provider has it. */
function folderOf({ file }: ImportInput, named: string | undefined, { walks, providers }: Workspace) {
  const walk = walks.find(
    ({ place }) => place?.kind === 'tree' && file !== undefined && place.path === dirname(file),
  );
  const title = walk?.provider.folder || named;
  if (title === undefined || title === '') return { title: undefined, notes: [] };
  if (providers.some(({ folder }) => folder === title)) return { title, notes: [] };
  return {
    title: undefined,
    notes: [`No provider puts dashboards into folder "${title}": it goes to General.`],
  };
}
