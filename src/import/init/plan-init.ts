import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type FileTree, openTree, overlayTree } from '../../load/file-tree.ts';
import { provisioningInstance } from '../../load/provisioning-folder.ts';
import { provisioningIn } from '../../load/provisioning-in.ts';
import { readText } from '../../load/tree-files.ts';
import { loadWorkspace, sharedFacts } from '../../load/workspace.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { PlannedFile, WritePlan } from '../../model/write-plan.ts';
import { type ImportResult, importDashboards } from '../import-dashboards.ts';
import { datasourceConstants } from '../write/datasource-names.ts';
import { type PackageManager, packageManager } from './package-manager.ts';
import {
  DATASOURCES,
  datasourceModule,
  firstDefinition,
  GITIGNORE,
  PROVIDERS,
  packageJson,
  provisioningFlag,
  SDK_PACKAGE,
  TSCONFIG,
  workflow,
} from './skeleton.ts';

/** How a skeleton is planned. */
export interface InitOptions {
  /** That of panelproof, for `package.json` and the workflow. */
  readonly version: string;
  /** Milliseconds that one imported definition may take. */
  readonly timeout: number;
}

/** What an empty or existing repository lacks to define its dashboards in TypeScript. */
export interface InitPlan {
  readonly plan: WritePlan;
  /** One for each dashboard that was found. */
  readonly imported: readonly ImportResult[];
  /** The provisioning folder below the root. */
  readonly provisioning: string;
  /** Commands that are left to run, in order. */
  readonly next: readonly string[];
}

/**
 * Plans a skeleton around what is there: files that exist stay as they are, dashboards of the provisioning are imported,
 * and those that are proved are removed, for the build writes them from now on.
 *
 * @throws UsageError when the root is no folder
 */
export async function planInit(root: string, { version, timeout }: InitOptions): Promise<InitPlan> {
  const tree = openTree(root);
  const provisioning = provisioningIn(tree) ?? 'provisioning';
  const added = new Map<string, string>();
  const add = (path: string, text: string) => {
    if (tree.kind(path) === undefined) added.set(path, text);
  };
  const manager = packageManager(tree);
  const places = { provisioning, version, manager };
  add('package.json', packageJson(places));
  add('tsconfig.json', TSCONFIG);
  if (!isBelowRepository(tree.root)) add('.gitignore', GITIGNORE);
  const before = workspaceOf(tree, provisioning);
  if (before.datasources.length === 0) add(`${provisioning}/datasources/datasources.yaml`, DATASOURCES);
  if (before.providers.length === 0) add(`${provisioning}/dashboards/providers.yaml`, PROVIDERS);
  const { datasources } = workspaceOf(overlayTree(tree, added), provisioning);
  add('dashboards/lib/datasources.ts', datasourceModule(datasources));
  add('.github/workflows/dashboards.yml', workflow(places));

  const dashboards = before.dashboards.filter(({ origin }) => origin.kind === 'file');
  const module = added.get('dashboards/lib/datasources.ts');
  const { results, plan } = await importDashboards({
    root,
    provisioning,
    inputs: dashboards.map(({ file }) => ({ name: file, file, text: readText(tree, file) ?? '' })),
    datasourceModule: module,
    timeout,
  });
  const first = firstPrometheus(module ?? readText(tree, 'dashboards/lib/datasources.ts') ?? '');
  const isEmpty = dashboards.length === 0 && tree.list('dashboards').every(({ kind }) => kind !== 'file');
  if (isEmpty && first !== undefined) add('dashboards/first.ts', firstDefinition(first));
  return {
    plan: {
      files: [
        ...[...added].map(
          ([path, after]): PlannedFile => ({ path, before: undefined, after, reasons: ['missing'] }),
        ),
        ...plan.files,
        ...replaced(results, tree),
      ],
      refused: [],
    },
    imported: results,
    provisioning,
    next: [
      ...installCommands(tree, manager),
      `${manager.run} panelproof build${provisioningFlag(provisioning)}`,
    ],
  };
}

/** Whether another folder decides what git leaves out. */
function isBelowRepository(root: string): boolean {
  const above = dirname(root);
  return above !== root && (existsSync(join(above, '.git')) || isBelowRepository(above));
}

function workspaceOf(tree: FileTree, provisioning: string): Workspace {
  return loadWorkspace(tree, provisioningInstance(provisioning), sharedFacts(tree));
}

/** The JSON files that proved definitions take the place of. */
function replaced(results: readonly ImportResult[], tree: FileTree): PlannedFile[] {
  return results.flatMap((result) => {
    if (result.kind !== 'proved') return [];
    const { name, path } = result;
    return [
      {
        path: name,
        before: readText(tree, name),
        after: undefined,
        reasons: [`built from ${path} from now on`],
      },
    ];
  });
}

function firstPrometheus(module: string): string | undefined {
  return [...datasourceConstants(module)].find(([key]) => key.endsWith(' prometheus'))?.[1];
}

/** None where `package.json` names all that is needed: then it is installed, or panelproof would not run. */
function installCommands(tree: FileTree, { install, add, isStrict }: PackageManager): string[] {
  const manifest = readText(tree, 'package.json');
  if (manifest === undefined) return [install];
  const { name, version } = SDK_PACKAGE;
  const missing = [
    ...(manifest.includes('"panelproof"') ? [] : ['panelproof']),
    ...(!isStrict || manifest.includes(`"${name}"`) ? [] : [`${name}@${version}`]),
  ];
  return missing.length === 0 ? [] : [`${add} ${missing.join(' ')}`];
}
