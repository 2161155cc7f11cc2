import { type Mount, normalise } from '../../model/grafana-instance.ts';
import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { pathFault, shadowedCopy } from '../path-faults.ts';

/** Dashboards are copied into the image, and something is mounted over them. */
export const volumeShadowsFiles: Rule = {
  id: 'volume-shadows-files',
  summary: 'Something is mounted over dashboards that the image brings',
  severity: 'load',
  fix: 'none',
  related: ['provider-path-empty', 'mount-source-missing'],
  check(workspace, report) {
    const told = new Set<Mount>();
    for (const walk of workspace.walks) {
      const fault = pathFault(workspace, walk);
      const path = walk.provider.path ?? '';
      const copy = fault?.kind === 'shadowed' ? fault.copy : undefined;
      const over = coveringMount(workspace, copy?.target ?? path, copy === undefined);
      if (!over?.at || told.has(over)) continue;
      const hidden = copy ?? copyUnder(workspace, path, over);
      if (!hidden) continue;
      told.add(over);
      const what = hidden.source.kind === 'copy' ? hidden.source.path : hidden.target;
      report({
        severity: copy ? 'load' : 'drift',
        message: copy
          ? `Hidden dashboards: ${what} is copied into the image at "${hidden.target}", and "${over.target}" is mounted over it`
          : `Stale dashboards: the volume at "${over.target}" is filled from the image once, so later versions of ${what} never come`,
        at: over.at,
        related: hidden.at ? [{ at: hidden.at, message: 'copies the files into the image' }] : [],
        suggestions: ['Copy the dashboards to a folder of their own, such as /etc/grafana/dashboards.'],
      });
    }
  },
};

function coveringMount({ grafana }: Workspace, target: string, isVolume: boolean): Mount | undefined {
  const path = normalise(target);
  return grafana.mounts.findLast(
    (mount) =>
      (mount.source.kind === 'volume') === isVolume &&
      mount.source.kind !== 'copy' &&
      mount.target !== '/' &&
      (path === mount.target || path.startsWith(`${mount.target}/`)),
  );
}

/** A copy of dashboards into a folder that the volume keeps. */
function copyUnder({ grafana, files }: Workspace, path: string, over: Mount): Mount | undefined {
  const within = grafana.mounts.filter(
    ({ target }) => target === over.target || target.startsWith(`${over.target}/`),
  );
  return shadowedCopy({ grafana: { ...grafana, shadowed: within }, files }, path);
}
