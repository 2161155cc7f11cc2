import type { BuildResult } from '../../build/build-result.ts';
import type { BuildPlan } from '../../build/plan-build.ts';
import { readDashboard } from '../../load/dashboard.ts';
import { openTree, overlayTree } from '../../load/file-tree.ts';
import { sourceFile } from '../../load/source-file.ts';
import { readText } from '../../load/tree-files.ts';
import { loadWorkspaces } from '../../load/workspaces.ts';
import type { Dashboard } from '../../model/dashboard.ts';
import type { Finding } from '../../model/finding.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import type { LoadedCatalogue, Workspace } from '../../model/workspace.ts';
import { uniqueDashboards } from '../preview.ts';

/** What the page draws from: the dashboards as the last build has them, and what it found. */
export interface Snapshot {
  readonly workspaces: readonly Workspace[];
  readonly dashboards: readonly Dashboard[];
  readonly catalogues: readonly LoadedCatalogue[];
  /** While rules and types are being checked: those of the build before. */
  readonly findings: readonly Finding[];
  readonly isChecking: boolean;
  /** The text of a definition, to tell which panel a place in it belongs to. */
  readonly textOf: (file: string) => string;
}

/** The tree with what a build would write. While a definition fails, its dashboard stays as it was before. */
export function snapshotOf(
  root: string,
  result: BuildResult | undefined,
  before: Snapshot | undefined,
): Snapshot {
  const disk = openTree(root);
  const planned = new Map(result?.plan.files.map(({ path, after }) => [path, after]));
  const { workspaces, files } = loadWorkspaces(
    planned.size === 0 ? disk : overlayTree(disk, planned),
    // A file of the build is none of Kubernetes, and the page is drawn again at every keystroke.
    { kubernetes: false },
  );
  const dashboards = uniqueDashboards(workspaces.flatMap((workspace) => workspace.dashboards));
  const failed = new Set(result?.findings.map(({ at }) => at.file));
  const kept = before?.dashboards.filter(
    ({ origin, file }) => origin.kind === 'definition' && failed.has(origin.file) && !planned.has(file),
  );
  const keptFiles = new Set(kept?.map(({ file }) => file));
  return {
    workspaces,
    dashboards: [...dashboards.filter(({ file }) => !keptFiles.has(file)), ...(kept ?? [])].sort((a, b) =>
      a.file < b.file ? -1 : 1,
    ),
    catalogues: workspaces[0]?.catalogues ?? [],
    findings: result?.findings ?? [],
    isChecking: false,
    textOf: (file) => files.get(file)?.text ?? result?.files.get(file)?.text ?? '',
  };
}

/**
 * The same with dashboards as they have just been compiled, before anything is checked. What comes or goes as a whole
 * waits for the end of the build.
 */
export function compiledSnapshot(root: string, { outputs, plan }: BuildPlan, before: Snapshot): Snapshot {
  const disk = openTree(root);
  const planned = new Map(plan.files.map(({ path, after }) => [path, after]));
  const compiled = new Set(outputs.map(({ path }) => path));
  const dashboards = before.dashboards.map((dashboard) => {
    const { file } = dashboard;
    const text = planned.get(file) ?? (compiled.has(file) ? readText(disk, file) : undefined);
    return text === undefined ? dashboard : (readAgain(dashboard, text, before.workspaces) ?? dashboard);
  });
  return { ...before, dashboards, isChecking: true };
}

function readAgain(
  { file, origin }: Dashboard,
  text: string,
  workspaces: readonly Workspace[],
): Dashboard | undefined {
  const workspace = workspaces.find(({ dashboards }) => dashboards.some((each) => each.file === file));
  return readDashboard(sourceFile(file, text), {
    datasources: workspace?.datasources ?? [],
    originOf: () => origin,
    readsResources: workspace !== undefined && isAtLeast(workspace.grafana.version, '12.4'),
  });
}
