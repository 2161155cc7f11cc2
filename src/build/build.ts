import { join } from 'node:path';
import { applyPlan } from '../edit/write-files.ts';
import { fileReader } from '../load/file-reader.ts';
import { type FileTree, openTree, overlayTree } from '../load/file-tree.ts';
import { packageFile } from '../load/package-file.ts';
import { provisioningInstance } from '../load/provisioning-folder.ts';
import { loadWorkspace } from '../load/workspace.ts';
import type { Finding } from '../model/finding.ts';
import type { Workspace } from '../model/workspace.ts';
import type { BuildOptions, BuildResult } from './build-result.ts';
import { cacheFolder } from './cache/cache-folder.ts';
import { observedTree } from './cache/observe.ts';
import { recordBuild } from './cache/record-build.ts';
import { unchangedBuild } from './cache/unchanged-build.ts';
import { checkTypes } from './check-types.ts';
import { definitionError } from './definition-error.ts';
import { findDefinitions } from './find-definitions.ts';
import { outputFolder } from './output-folder.ts';
import { type GeneratedFile, lockFile, planBuild } from './plan-build.ts';
import { resolveDatasources } from './resolve-datasources.ts';
import { type DefinedDashboard, runDefinitions } from './run-definitions.ts';
import { unchangedResult } from './unchanged-result.ts';
import { validate } from './validate.ts';

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

/** How a part of a build is done, where there is a choice. */
export interface BuildStages {
  readonly run: typeof runDefinitions;
  /** Told when the dashboards are compiled and their rules have run; types may still be checked. */
  readonly onValidated?: () => void;
}

/** A build that believes no earlier one; with `cache` it still leaves a record of itself. */
export async function buildAnew(
  options: BuildOptions = {},
  stages: BuildStages = { run: runDefinitions },
): Promise<BuildResult> {
  const { provisioning = 'provisioning', write = true, timeout = 10_000, cache = true } = options;
  const startedAt = Date.now();
  const { tree, seen: before } = observedTree(openTree(options.root ?? '.'));
  const definitions = findDefinitions(tree);

  const checking = checkTypes(tree.root, definitions);
  // Whoever waits for it first is not there yet.
  checking.catch(() => {});
  const run = await stages.run(definitions, {
    root: tree.root,
    timeout,
    cacheFolder: cache ? modulesCache(tree.root) : undefined,
  });
  const workspace = provisionedParts(tree, provisioning);
  const { generated, errors } = compileAll(run.dashboards, workspace, provisioning);
  const failed = new Set([...run.errors, ...errors].map(({ at }) => at.file));
  const { outputs, plan, errors: blocked } = planBuild(tree, provisioning, generated, failed);
  const changes = new Map(plan.files.map(({ path, after }) => [path, after]));
  const { tree: treeAfter, seen: after } = observedTree(overlayTree(tree, changes));
  const { findings: ruled, files } = validate(treeAfter, provisioning);
  stages.onValidated?.();
  const types = await checking;
  const early = [...types.findings, ...withoutEchoes(run.errors, types.findings), ...errors, ...blocked];
  const findings = [...early, ...(early.length > 0 ? ruled.filter(isNotOfGap) : ruled)];

  const written = write && findings.length === 0 ? applyPlan(tree.root, plan) : [];
  const isFinished = findings.length === 0 && (write || plan.files.length === 0);
  // What a runner remembers may be older than what stands there now.
  const isWhole = stages.run === runDefinitions && run.modules.outsideWorld === undefined;
  if (cache && isFinished && isWhole)
    recordBuild({
      root: tree.root,
      provisioning,
      startedAt,
      modules: [...run.modules.loaded, ...types.modules],
      before,
      after,
      outputs,
      plan,
      lockFile: lockFile(provisioning),
      printed: run.output,
    });
  const modules = [...run.modules.loaded, ...types.modules].filter((path) => !isOfPackage(path));
  const inputs = [...modules, ...Object.keys(after.files).map((path) => `${tree.root}/${path}`)];
  return { findings, outputs, plan, written, output: run.output, files, inputs: [...new Set(inputs)] };
}

/** Datasources and providers; what the providers walk is read once it is what it will be. */
function provisionedParts(tree: FileTree, provisioning: string): Workspace {
  const bare: FileTree = {
    ...tree,
    list: (path) => tree.list(path).filter(({ name }) => !/\.json$/i.test(name)),
  };
  const nothing = { prometheus: [], catalogues: [], logLabels: new Set<string>() };
  return loadWorkspace(bare, provisioningInstance(provisioning), { ...nothing, read: fileReader(tree) });
}

function isOfPackage(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path) || path.startsWith(packageFile('dist'));
}

function modulesCache(root: string): string | undefined {
  const folder = cacheFolder(root);
  return folder && join(folder, 'modules');
}

/** The text of each dashboard and where it goes; two for one place, or none, are errors. */
function compileAll(dashboards: readonly DefinedDashboard[], workspace: Workspace, provisioning: string) {
  const generated = new Map<string, GeneratedFile>();
  const errors: Finding[] = [];
  for (const { definition, folder, uid, text: named } of dashboards) {
    const place = outputFolder(workspace, provisioning, folder);
    if ('lacking' in place) {
      errors.push(definitionError('folder-without-provider', place.lacking, { file: definition }));
      continue;
    }
    const text = resolveDatasources(named, workspace.datasources);
    const path = `${place.path}/${fileName(uid)}.json`;
    const twin = generated.get(path);
    if (twin) {
      const where = twin.definition === definition ? 'twice there' : `by ${twin.definition} too`;
      const message = `Duplicate dashboard uid "${uid}": it is defined ${where}, and both would be ${path}`;
      errors.push(definitionError('dashboard-uid-duplicate', message, { file: definition }));
    } else generated.set(path, { path, text, definition });
  }
  return { generated: [...generated.values()], errors };
}

/** The uid is checked by a rule, which needs a file to look at: whatever it is, the name stays in its folder. */
function fileName(uid: string): string {
  return uid.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 100) || 'unnamed';
}

/** What a bad definition would have put into a folder of its own is not there yet. */
function isNotOfGap({ rule }: Finding): boolean {
  return rule !== 'provider-path-missing';
}

/** What fails at run time because of a type error in the same file needs no second finding. */
function withoutEchoes(errors: readonly Finding[], typeErrors: readonly Finding[]): readonly Finding[] {
  const wrong = new Set(typeErrors.map(({ at }) => at.file));
  return errors.filter(({ at }) => !wrong.has(at.file));
}
