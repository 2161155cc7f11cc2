import { join } from 'node:path';
import { applyPlan } from '../edit/write-files.ts';
import { type ParsedFiles, parsedOnce } from '../load/file-reader.ts';
import { type FileTree, openTree, overlayTree } from '../load/file-tree.ts';
import { packageFile } from '../load/package-file.ts';
import { provisioningIn } from '../load/provisioning-in.ts';
import type { Finding } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';
import type { WritePlan } from '../model/write-plan.ts';
import type { BuildOptions, BuildResult } from './build-result.ts';
import { cacheFolder } from './cache/cache-folder.ts';
import { type Observations, observedTree } from './cache/observe.ts';
import { recordBuild } from './cache/record-build.ts';
import { unchangedBuild } from './cache/unchanged-build.ts';
import { checkTypes } from './check-types.ts';
import { findDefinitions } from './find-definitions.ts';
import { placeDashboards, provisionedParts } from './place-dashboards.ts';
import { type BuildPlan, planBuild, recordedOutputs } from './plan-build.ts';
import { runDefinitions } from './run-definitions.ts';
import { unchangedResult } from './unchanged-result.ts';
import { validate } from './validate.ts';
import { validateUnplaced } from './validate-unplaced.ts';

/**
 * Compiles the definitions of a workspace into provisioned JSON: load, compile, resolve datasources, validate, plan,
 * write. Does nothing when all that the last build read and wrote is as it was.
 *
 * @throws UsageError when the root or its `dashboards/` is no folder
 * @throws WriteError when a file cannot be written; the others are whole
 */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const { root = '.', provisioning = 'provisioning', cache = true } = options;
  const unchanged = cache ? unchangedBuild(root, provisioning) : undefined;
  return unchanged ? unchangedResult(unchanged) : buildAnew(options);
}

/** The parts of a build that take time, in order. */
export type BuildStage = 'definitions' | 'rules' | 'types' | 'writing';

/** How a part of a build is done, where there is a choice. */
export interface BuildStages {
  /** Default: all of them, in a new process. */
  readonly run?: typeof runDefinitions;
  /** Told when a part begins. Types are checked from the beginning; `types` is the wait for what is left of it. */
  readonly onStage?: (stage: BuildStage) => void;
  /** The tree's files as an earlier build parsed them; what this one parses is added. */
  readonly parsed?: ParsedFiles;
  /** Told what the definitions came to, before rules and types are checked; the build waits for it. */
  readonly onCompiled?: (compiled: BuildPlan) => Promise<void> | void;
}

/** A build that believes no earlier one; with `cache` it still leaves a record of itself. */
export async function buildAnew(options: BuildOptions = {}, stages: BuildStages = {}): Promise<BuildResult> {
  const { provisioning = 'provisioning', write = true, timeout = 10_000, cache = true } = options;
  const { run: runStage = runDefinitions, onStage, onCompiled, parsed = new Map() } = stages;
  const startedAt = Date.now();
  const disk = openTree(options.root ?? '.');
  const { tree, seen: before } = observedTree(disk);
  const definitions = findDefinitions(tree);
  if (tree.kind(provisioning) !== 'folder') assertNoOther(disk, provisioning);

  const startTypes = () => {
    const started = checkTypes(tree.root, definitions);
    // Whoever waits for it first is not there yet.
    started.catch(() => {});
    return started;
  };
  onStage?.('definitions');
  const cached = cache ? modulesCache(tree.root) : undefined;
  const running = runStage(definitions, { root: tree.root, timeout, cacheFolder: cached });
  // The checker takes a processor: who shows what is compiled wants that first.
  const alreadyChecking = onCompiled ? undefined : startTypes();
  // Meanwhile there is time to read. Outputs are no inputs, so what they are now is not observed.
  const parts = provisionedParts(tree, provisioning, parsed);
  const present = recordedOutputs(disk, provisioning);
  const { placed, ...run } = await running.then(({ dashboards, ...others }) => {
    onStage?.('rules');
    // The texts as they came are let go of here: those of many dashboards are large.
    return { ...others, placed: placeDashboards(tree, provisioning, parts, dashboards) };
  });
  const { generated, unplaced, errors } = placed;
  // The rules then read the very texts that are planned, and no copies.
  for (const { path, text } of generated) parsedOnce(path, text, parsed);
  const failed = new Set([...run.errors, ...errors].map(({ at }) => at.file));
  const compiled = planBuild(disk, provisioning, generated, { failed, present });
  const { outputs, plan, errors: blocked, digests } = compiled;
  await onCompiled?.(compiled);
  assertReadable(disk, provisioning);
  const checking = alreadyChecking ?? startTypes();
  // What the rules see is noted once, here.
  const { tree: treeAfter, seen: after } = observedTree(
    overlayTree(disk, textsAfter(plan)),
    new Set(digests.keys()),
  );
  const { findings: ruled, files } = validate(treeAfter, provisioning, parsed);
  const ruledUnplaced = validateUnplaced(tree, provisioning, unplaced, { said: ruled, parsed });
  onStage?.('types');
  const types = await checking;
  const output = await run.output;
  const early = [...types.findings, ...withoutEchoes(run.errors, types.findings), ...errors, ...blocked];
  const unsaid = withoutEchoesOfTypes([...ruled, ...ruledUnplaced], types.findings);
  const findings = [...early, ...(early.length > 0 ? unsaid.filter(isNotOfGap) : unsaid)];

  if (findings.length === 0) onStage?.('writing');
  const written = write && findings.length === 0 ? applyPlan(tree.root, plan) : [];
  const modules = [...new Set([...run.modules.loaded, ...types.modules])];
  const isDone = findings.length === 0 && (write || plan.files.length === 0);
  // What a runner remembers may be older than what stands there now, and the outside world is not in a record.
  const isWhole = runStage === runDefinitions && run.modules.outsideWorld === undefined;
  if (cache && isDone && isWhole) {
    const { root } = tree;
    recordBuild({
      root,
      provisioning,
      startedAt,
      modules,
      before,
      after,
      outputs,
      plan,
      digests,
      printed: output,
    });
  }
  const inputs = inputsOf(tree.root, modules, after);
  return { findings, outputs, plan, written, output, files, inputs };
}

/** A workspace without any provisioning is told what to add; one that has it in another folder is told the flag. */
function assertNoOther(tree: FileTree, provisioning: string): void {
  const other = provisioningIn(tree);
  if (other !== undefined)
    throw new UsageError(
      `no folder ${provisioning}/ in ${tree.root}, there is ${other}: add --provisioning ${other}`,
    );
}

/** What may not be read is not "missing": nobody would find the reason. Elsewhere in the tree it does not matter. */
function assertReadable({ denied }: FileTree, provisioning: string): void {
  const path = [...denied].find((path) => path === provisioning || path.startsWith(`${provisioning}/`));
  if (path !== undefined) throw new UsageError(`cannot read ${path}: permission denied`);
}

function textsAfter({ files }: WritePlan): ReadonlyMap<string, string | undefined> {
  return new Map(files.map(({ path, after }) => [path, after]));
}

function inputsOf(root: string, modules: readonly string[], { files }: Observations): readonly string[] {
  const own = modules.filter((path) => !isOfPackage(path));
  return [...new Set([...own, ...Object.keys(files).map((path) => `${root}/${path}`)])];
}

function isOfPackage(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path) || path.startsWith(packageFile('dist'));
}

function modulesCache(root: string): string | undefined {
  const folder = cacheFolder(root);
  return folder && join(folder, 'modules');
}

/** What a bad definition would have put into a folder is not there yet. */
function isNotOfGap({ rule }: Finding): boolean {
  return rule !== 'provider-path-missing' && rule !== 'provider-path-empty';
}

/** What fails at run time because of a type error in the same file needs no second finding. */
function withoutEchoes(errors: readonly Finding[], typeErrors: readonly Finding[]): readonly Finding[] {
  const wrong = new Set(typeErrors.map(({ at }) => at.file));
  return errors.filter(({ at }) => !wrong.has(at.file));
}

/** What the types of queries refuse too: a definition that did not compile is told only that. */
const TYPED = new Set([
  'query-metric-unknown',
  'query-metric-not-in-job',
  'query-label-unknown',
  'query-label-value-unknown',
  'query-legend-label-missing',
  'query-rate-over-gauge',
  'query-rate-of-sum',
  'query-quantile-without-le',
  'query-division-label-mismatch',
]);

function withoutEchoesOfTypes(ruled: readonly Finding[], typeErrors: readonly Finding[]): readonly Finding[] {
  const unsaid = new Set(withoutEchoes(ruled, typeErrors));
  return ruled.filter((finding) => !TYPED.has(finding.rule) || unsaid.has(finding));
}
