import { openTree } from '../load/file-tree.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import type { Dashboard, Panel } from '../model/dashboard.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Workspace } from '../model/workspace.ts';
import { askProbes } from './ask-probes.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { connect, type Where } from './connect.ts';
import { correlate } from './correlate.ts';
import type { HttpLimits } from './http.ts';
import { limitTo } from './limit.ts';
import { checkLoaded } from './loaded.ts';
import { planProbes } from './probes.ts';
import { type Check, isGood, type QueryRow, type VerifyResult } from './result.ts';
import { type Address, type Redact, redactor, withoutSecrets } from './secrets.ts';
import type { Stack } from './stack.ts';

/** What to verify and how. */
export interface VerifyOptions {
  /** The tree whose dashboards must be there. Default: the current folder. */
  readonly root?: string;
  /** Which Grafana of the tree, by its name in reports. Default: the one nearest to the root. */
  readonly instance?: string | undefined;
  readonly where: Where;
  /** Milliseconds to wait for the stack to be ready. Default: 60 000. */
  readonly timeoutMs?: number;
  /** Milliseconds for one request. Default: 15 000. */
  readonly requestTimeoutMs?: number;
  /** Requests at once. Default: 4. */
  readonly atOnce?: number;
  /** Bytes of the largest answer. Default: 32 000 000. */
  readonly maxBytes?: number;
  /** Only dashboards and panels whose title or uid contains this, letter case aside. */
  readonly only?: string | undefined;
  /** Milliseconds up to now that are looked at, instead of each dashboard's own time. */
  readonly sinceMs?: number | undefined;
  /** Take data of nothing but zeros for a failure. */
  readonly expectNonzero?: boolean;
  /** Send one request to dice-roller here and follow it through traces, logs and metrics. */
  readonly trace?: Address | undefined;
  /** Told what is going on, at every step. */
  readonly progress?: (text: string) => void;
  /** Milliseconds since 1970. Default: the clock of this machine. */
  readonly now?: () => number;
}

/**
 * Asks a running stack, without changing anything, whether the tree's dashboards and datasources are loaded and whether
 * each query of each panel returns data; says why where not.
 *
 * @throws UsageError when the tree has no dashboard to verify
 */
export async function verify(options: VerifyOptions): Promise<VerifyResult> {
  const { progress = () => {}, now = Date.now, timeoutMs = 60_000 } = options;
  const [startedAt, start] = [now(), performance.now()];
  const workspace = loadTree(options);
  const dashboards = chosenDashboards(workspace, options.only);
  const limits = httpLimits(options);
  const stack = await connect(options.where, workspace.datasources, limits, { timeoutMs, progress, now });
  const isUp = stack.checks.every(({ name, verdict }) => name !== 'Grafana' || verdict === 'ok');
  const loaded = isUp ? await checkLoaded(workspace, dashboards, stack, { timeoutMs, progress }) : [];
  const rows = isUp ? await askRows(workspace, dashboards, stack, options) : [];
  const ways =
    options.trace && isUp ? await correlate(stack, { service: options.trace, limits, progress, now }) : [];
  const checks = [...stack.checks, ...loaded, ...ways];
  const result: VerifyResult = {
    stack: stack.name,
    startedAt,
    tookMs: performance.now() - start,
    checks,
    rows,
    holds: holds(checks, rows),
  };
  return withoutSecrets(result, limits.redact);
}

/** Takes the secrets of all addresses out of a text; for whatever is printed about a result. */
export function redactorFor({ where, trace }: Pick<VerifyOptions, 'where' | 'trace'>): Redact {
  const addresses = where.kind === 'grafana' ? [where.address] : Object.values(where.addresses);
  return redactor([...addresses, ...(trace ? [trace] : [])].flatMap(({ secrets }) => secrets));
}

function loadTree({ root = '.', instance }: VerifyOptions): Workspace {
  const tree = openTree(root);
  const { workspaces } = loadWorkspaces(tree, { kubernetes: false });
  // Where a stack can be started from the tree, nobody means the manifests beside it.
  return chooseWorkspace(workspaces.length > 0 ? workspaces : loadWorkspaces(tree).workspaces, instance);
}

function chosenDashboards({ dashboards }: Workspace, only: string | undefined): readonly Dashboard[] {
  const chosen = dashboards.filter((dashboard) =>
    dashboard.panels.some((panel) => isWanted(only, dashboard, panel)),
  );
  if (only !== undefined && chosen.length === 0) {
    const titles = dashboards.map(({ title }) => `"${title}"`);
    throw new UsageError(
      `--only ${JSON.stringify(only)} fits no dashboard or panel; there is ${titles.join(', ')}`,
    );
  }
  return only === undefined ? dashboards : chosen;
}

function isWanted(only: string | undefined, { uid = '', title }: Dashboard, panel: Panel): boolean {
  if (only === undefined) return true;
  const wanted = only.toLowerCase();
  return [uid, title, panel.title].some((text) => text.toLowerCase().includes(wanted));
}

/** Enough to keep a stack busy, few enough not to be noticed by its users. */
const AT_ONCE = 4;

function httpLimits(options: VerifyOptions): HttpLimits {
  const { requestTimeoutMs = 15_000, maxBytes = 32_000_000, atOnce = AT_ONCE } = options;
  return { timeoutMs: requestTimeoutMs, maxBytes, atOnce: limitTo(atOnce), redact: redactorFor(options) };
}

async function askRows(
  workspace: Workspace,
  dashboards: readonly Dashboard[],
  stack: Stack,
  options: VerifyOptions,
): Promise<readonly QueryRow[]> {
  const { only, sinceMs, expectNonzero = false, progress = () => {}, now = Date.now } = options;
  const { atOnce = AT_ONCE } = options;
  const wanted = (dashboard: Dashboard, panel: Panel) => isWanted(only, dashboard, panel);
  const plans = await Promise.all(
    dashboards.map((dashboard) => planProbes(dashboard, workspace, stack, { now: now(), sinceMs, wanted })),
  );
  return askProbes(plans.flat(), stack, { expectNonzero, progress, now, atOnce });
}

function holds(checks: readonly Check[], rows: readonly QueryRow[]): boolean {
  const all = [...checks, ...rows];
  return all.every(({ verdict }) => isGood(verdict)) && all.some(({ verdict }) => verdict === 'ok');
}
