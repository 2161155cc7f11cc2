import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { predict } from '../src/doctor/predict.ts';
import { treeOf } from '../src/load/tree-of.ts';
import { loadWorkspace, sharedFacts } from '../src/load/workspace.ts';
import type { GrafanaInstance } from '../src/model/grafana-instance.ts';
import { parseGrafanaVersion } from '../src/model/grafana-version.ts';
import type { Workspace } from '../src/model/workspace.ts';
import { runRules } from '../src/rules/run-rules.ts';

interface Observed {
  readonly serverStops: boolean;
  readonly dashboards: readonly { uid: string; title: string; folder: string }[] | null;
}

interface ObservedCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly observed: Readonly<Record<string, Observed>>;
}

const { cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/observed-cases.json'), 'utf8'),
) as { cases: ObservedCase[] };

/** Cases whose list of dashboards no simulation of one start can tell, with the reason. */
const UNPREDICTABLE: Readonly<Record<string, string>> = {
  'dash_title_equals_folder 12.2.0-pre':
    'listed before the first look was over: this version takes such a title',
  'provider_same_name_two_files 9.5.2': 'the providers delete each other’s dashboards at every look',
  'provider_same_name_two_files 12.2.0-pre': 'the providers delete each other’s dashboards at every look',
  'x_title_changed 9.5.2': 'listed after the title was changed while Grafana ran',
  'x_title_changed 12.2.0-pre': 'listed after the title was changed while Grafana ran',
};

const runs = cases.flatMap(({ observed, ...rest }) =>
  Object.entries(observed).map(([version, seen]) => ({
    ...rest,
    version,
    seen,
    run: `${rest.name} ${version}`,
  })),
);

describe('the prediction of a start, against what running servers did', () => {
  it.each(runs)('tells whether Grafana stops: $run', ({ files, env, version, seen }) => {
    const { serverStops } = predict(workspaceOf(files, env, version));
    expect(serverStops !== undefined).toBe(seen.serverStops);
  });

  const listed = runs.filter(({ seen, run }) => seen.dashboards !== null && !(run in UNPREDICTABLE));
  it.each(listed)('tells which dashboards are listed: $run', ({ files, env, version, seen }) => {
    const { dashboards } = predict(workspaceOf(files, env, version));
    const predicted = dashboards.map(({ uid = '(generated)', title, folder }) => ({ uid, title, folder }));
    expect(predicted.map(line).sort()).toEqual(seen.dashboards?.map(line).sort());
  });

  it.each(runs.filter(({ run }) => run in UNPREDICTABLE))(
    'is rightly not asked what is listed: $run',
    ({ files, env, version, seen }) => {
      const { dashboards } = predict(workspaceOf(files, env, version));
      const predicted = dashboards.map(({ uid = '(generated)', title, folder }) => ({ uid, title, folder }));
      expect(predicted.map(line).sort()).not.toEqual(seen.dashboards?.map(line).sort());
    },
  );

  it('lists only cases that exist as not to be told, and few', () => {
    const names = runs.map(({ run }) => run);
    expect(Object.keys(UNPREDICTABLE).filter((run) => !names.includes(run))).toEqual([]);
    expect(Object.keys(UNPREDICTABLE).length).toBeLessThan(runs.length / 20);
  });
});

/** Cases in which all comes up at the start, and a load finding is right all the same, with the reason. */
const LOST_LATER: Readonly<Record<string, string>> = {
  provider_path_nested:
    'the dashboard is there, in the later provider’s folder, and both providers are frozen',
  provider_same_path: 'the dashboard is there, in the later provider’s folder, and both providers are frozen',
  provider_same_name_two_files: 'the providers delete each other’s dashboards at every look',
};

describe('the promise, both ways', () => {
  it.each(runs)(
    'a load finding tells of a loss, and of nothing else: $run',
    ({ files, env, version, name }) => {
      const workspace = workspaceOf(files, env, version);
      const { serverStops, notLoaded } = predict(workspace);
      const loses = serverStops !== undefined || notLoaded.length > 0;
      const load = runRules([workspace]).filter(({ severity }) => severity === 'load');
      expect(load.length > 0).toBe(loses || name in LOST_LATER);
    },
  );
});

function line({ uid, title, folder }: { uid: string; title: string; folder: string }): string {
  return `${folder}/${title} (${uid})`;
}

function workspaceOf(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  version: string,
): Workspace {
  const bytes = Object.entries(files).map(
    ([path, text]) => [path, text.startsWith('bytes:') ? Buffer.from(text.slice(6), 'hex') : text] as const,
  );
  const tree = treeOf(Object.fromEntries(bytes));
  const grafanaVersion = parseGrafanaVersion(version, 'image');
  if (!grafanaVersion) throw new Error(`no version: ${version}`);
  const at = { file: 'case' };
  const grafana: GrafanaInstance = {
    name: 'case',
    version: grafanaVersion,
    provisioningPath: '/case/prov',
    mounts: [{ target: '/case', source: { kind: 'bind', path: '' }, at }],
    persistsDatabase: false,
    environment,
    environmentIsOpen: false,
    at,
  };
  return loadWorkspace(tree, grafana, sharedFacts(tree));
}
