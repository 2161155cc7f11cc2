import { setTimeout as sleep } from 'node:timers/promises';
import type { Dashboard } from '../model/dashboard.ts';
import type { ProvisionedDatasource } from '../model/datasource.ts';
import type { Workspace } from '../model/workspace.ts';
import type { GrafanaClient } from './grafana-client.ts';
import type { Check } from './result.ts';
import { differences, migratedTo } from './same-content.ts';
import { type LiveDatasource, liveDatasource, type Stack, settlingMs } from './stack.ts';
import { Trouble } from './trouble.ts';

/** How long to wait for dashboards that Grafana has not read yet, in milliseconds. */
export interface LoadPatience {
  readonly timeoutMs: number;
  readonly progress: (text: string) => void;
}

/** Says of each datasource and dashboard of the tree whether Grafana has it, as the files say, and in health. */
export async function checkLoaded(
  workspace: Workspace,
  dashboards: readonly Dashboard[],
  stack: Stack,
  patience: LoadPatience,
): Promise<readonly Check[]> {
  const { grafana } = stack;
  if (!grafana) return [];
  const end = performance.now() + settlingMs(stack.isFresh, patience.timeoutMs);
  const [ofDatasources, ofDashboards] = await Promise.all([
    Promise.all(workspace.datasources.map((datasource) => checkDatasource(datasource, stack, grafana))),
    Promise.all(
      dashboards.map((dashboard) => checkDashboard(dashboard, workspace, grafana, end, patience.progress)),
    ),
  ]);
  return [...ofDatasources.flat(), ...ofDashboards];
}

async function checkDatasource(
  wanted: ProvisionedDatasource,
  stack: Stack,
  grafana: GrafanaClient,
): Promise<readonly Check[]> {
  const check = (verdict: Check['verdict'], message: string, repair?: string): Check => ({
    area: 'datasource',
    name: wanted.name,
    verdict,
    message,
    repair,
  });
  const live = liveDatasource(stack.datasources, wanted);
  if (!live) {
    const names = stack.datasources.map(({ name }) => name).join(', ') || 'none';
    return [
      check(
        'failed',
        `Grafana has no datasource of this name or uid; it has ${names}`,
        `restart Grafana: it reads ${wanted.at.file} when it starts`,
      ),
    ];
  }
  const checks: Check[] = [];
  if (live.uid !== wanted.effectiveUid)
    checks.push(
      check(
        'failed',
        `its uid is ${live.uid} in Grafana, but ${wanted.effectiveUid} in ${wanted.at.file}: panels that use the file's find nothing`,
        `write \`uid: ${live.uid}\` into ${wanted.at.file}, or put \`deleteDatasources: [{ name: ${wanted.name}, orgId: ${wanted.orgId} }]\` above it so that Grafana makes it anew`,
      ),
    );
  if (wanted.type !== undefined && live.type !== wanted.type)
    checks.push(
      check('failed', `it is of type ${live.type} in Grafana, but ${wanted.type} in ${wanted.at.file}`),
    );
  const health = await healthOf(live, grafana);
  checks.push(check(health.ok ? 'ok' : 'failed', health.message, health.ok ? undefined : urlHint(wanted)));
  return checks;
}

function urlHint({ url, at }: ProvisionedDatasource): string | undefined {
  return url === undefined
    ? `write its \`url\` into ${at.file}`
    : `is ${url} in ${at.file} what Grafana can reach it by?`;
}

/** What the plugin says of itself; a small query where it cannot: older versions, and Tempo in all of them. */
async function healthOf(
  { uid, type, ask }: LiveDatasource,
  grafana: GrafanaClient,
): Promise<{ readonly ok: boolean; readonly message: string }> {
  try {
    const health = await grafana.datasourceHealth(uid);
    if (health)
      return health.message === '' ? { ...health, message: health.ok ? 'healthy' : 'not healthy' } : health;
    switch (type) {
      case 'prometheus':
        await ask({ path: '/api/v1/query', query: { query: '1' } });
        break;
      case 'loki':
        await ask({ path: '/loki/api/v1/labels' });
        break;
      case 'tempo':
        await ask({ path: '/api/echo', asText: true });
        break;
      default:
        return { ok: true, message: `there; whether ${type} answers cannot be asked` };
    }
    return { ok: true, message: 'answers a query' };
  } catch (error) {
    if (error instanceof Trouble) return { ok: false, message: error.message };
    throw error;
  }
}

async function checkDashboard(
  dashboard: Dashboard,
  workspace: Workspace,
  grafana: GrafanaClient,
  end: number,
  progress: (text: string) => void,
): Promise<Check> {
  const { uid, title, file } = dashboard;
  const check = (verdict: Check['verdict'], message: string, repair?: string): Check => ({
    area: 'dashboard',
    name: title || file,
    verdict,
    message,
    repair,
  });
  if (uid === undefined)
    return check(
      'failed',
      `${file} has no uid, so Grafana made one up that nobody can link to`,
      'give it a uid',
    );
  try {
    const live = await untilThere(uid, grafana, end, progress);
    if (!live)
      return check(
        'failed',
        `Grafana has no dashboard with uid ${uid}`,
        `\`panelproof check\` says why ${file} does not load`,
      );
    const folder = folderOf(dashboard, workspace);
    if (folder !== undefined && live.folder !== folder)
      return check(
        'failed',
        `it is in folder "${live.folder}" in Grafana, but in "${folder}" by its provider`,
      );
    if (live.json.title !== title)
      return check('failed', `its title is "${live.json.title}" in Grafana, but "${title}" in ${file}`, OLD);
    const different = differences(dashboard.json, live.json);
    if (different.length > 0)
      return check('failed', `Grafana shows other content than ${file}: ${named(different)}`, OLD);
    const version = migratedTo(dashboard.json, live.json);
    const migrated = version === undefined ? '' : `, migrated to schemaVersion ${version}`;
    return check('ok', `uid ${uid}, folder ${live.folder}, same content as ${file}${migrated}`);
  } catch (error) {
    if (error instanceof Trouble) return check('failed', error.message);
    throw error;
  }
}

const OLD =
  "Grafana has read an older file, or somebody saved over it: wait for its next look, or see Grafana's log";

function named(paths: readonly string[]): string {
  const rest = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  return `${paths.slice(0, 3).join(', ')}${rest}`;
}

async function untilThere(
  uid: string,
  grafana: GrafanaClient,
  end: number,
  progress: (text: string) => void,
): ReturnType<GrafanaClient['dashboard']> {
  for (;;) {
    const live = await grafana.dashboard(uid);
    if (live || performance.now() >= end) return live;
    progress(`waiting for dashboard ${uid}`);
    await sleep(Math.min(1000, Math.max(0, end - performance.now())));
  }
}

function folderOf({ file }: Dashboard, { walks }: Workspace): string | undefined {
  const walked = walks.flatMap(({ files }) => files).find((each) => each.file.path === file);
  return walked && (walked.folder || 'General');
}
