import { resolveDatasources } from '../../src/build/resolve-datasources.ts';
import { runDefinitions } from '../../src/build/run-definitions.ts';
import type { ProvisionedDatasource } from '../../src/model/datasource.ts';
import { makeWorkspace, type TestWorkspace } from '../cli/workspace.ts';
import { savedInGrafana } from './saved-in-grafana.ts';

// biome-ignore lint/suspicious/noExplicitAny: a dashboard that a test edits as it likes
export type Editable = any;

/** Dashboards of a definition in a workspace, by uid, with the uids of the test workspace's datasources. */
export async function compiled(root: string, definition: string): Promise<ReadonlyMap<string, Editable>> {
  const { dashboards, errors } = await runDefinitions([definition], {
    root,
    timeout: 60_000,
    cacheFolder: undefined,
  });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const named = ['Prometheus', 'Loki', 'Tempo'].map((name) => {
    const type = name.toLowerCase();
    return { name, type, effectiveUid: type } as ProvisionedDatasource;
  });
  return new Map(dashboards.map(({ uid, text }) => [uid, JSON.parse(resolveDatasources(text, named))]));
}

/** What came of an update. */
export interface UpdateRun {
  readonly workspace: TestWorkspace;
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** The definition as it is now. */
  readonly text: string;
}

/** Edits the dashboard of a definition as somebody would in Grafana, and brings it back. */
export async function update(
  text: string,
  edit: (dashboard: Editable) => void,
  {
    files = {},
    uid,
    args = ['--yes'],
  }: { files?: Record<string, string>; uid?: string; args?: string[] } = {},
): Promise<UpdateRun> {
  const workspace = makeWorkspace({ 'dashboards/x.ts': text, ...files });
  const all = await compiled(workspace.root, 'dashboards/x.ts');
  const dashboard = uid === undefined ? [...all.values()][0] : all.get(uid);
  edit(dashboard);
  workspace.write({ 'saved.json': savedInGrafana(dashboard) });
  const { exitCode, stdout, stderr } = await workspace.panelproof(
    'import',
    '--update',
    'saved.json',
    'dashboards/x.ts',
    ...args,
  );
  return { workspace, exitCode, stdout: stdout + stderr, text: workspace.read('dashboards/x.ts') };
}

/** The lines that one text has and another has not, each way. */
export function changedLines(before: string, after: string): { gone: string[]; come: string[] } {
  const [from, to] = [before, after].map((text) => text.split('\n').map((line) => line.trim()));
  return {
    gone: (from ?? []).filter((line) => !to?.includes(line)),
    come: (to ?? []).filter((line) => !from?.includes(line)),
  };
}
