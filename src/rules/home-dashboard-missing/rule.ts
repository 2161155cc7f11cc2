import { normalise, placeOf } from '../../model/grafana-instance.ts';
import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';

const SETTING = 'GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH';

/** The file that Grafana shall show as its home page is not there. */
export const homeDashboardMissing: Rule = {
  id: 'home-dashboard-missing',
  summary: 'The file of the home dashboard is not there, so that the home page is an error',
  severity: 'data',
  fix: 'none',
  related: ['provider-path-not-mounted', 'grafana-setting-ineffective'],
  grafanaLogs: ['Failed to load home dashboard'],
  check(workspace, report) {
    const { grafana } = workspace;
    const path = grafana.environment[SETTING];
    if (!grafana.at || !path?.startsWith('/') || path.includes('$')) return;
    const why = whyMissing(workspace, path);
    if (why !== undefined)
      report({
        message: `Missing home dashboard "${path}": ${why}`,
        at: { file: grafana.at.file, path: [...(grafana.at.path ?? []), 'environment', SETTING] },
        grafanaLog: 'Failed to load home dashboard',
      });
  },
};

/** What of the image itself is there is not known. */
const OF_THE_IMAGE = /^\/usr\/share\/grafana\//;

function whyMissing({ grafana, files }: Workspace, path: string): string | undefined {
  const place = placeOf(grafana, path);
  if (place.kind === 'unmounted')
    return OF_THE_IMAGE.test(normalise(path)) ? undefined : 'nothing is mounted there';
  if (place.kind !== 'tree' || files.kind(place.path) === 'file') return undefined;
  if (files.kind(place.path) === 'folder') return `"${place.path}" is a folder`;
  const end = place.path.lastIndexOf('/');
  const folder = place.path.slice(0, Math.max(end, 0));
  // A folder that is not there either is filled by something, or is a mount's own mistake.
  if (files.kind(folder) !== 'folder') return undefined;
  const names = files.list(folder).filter((name) => name.endsWith('.json'));
  return `"${folder}" has no "${place.path.slice(end + 1)}"${nearestHint(place.path.slice(end + 1), names)}`;
}
