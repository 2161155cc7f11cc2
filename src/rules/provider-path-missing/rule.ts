import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { pathFault, pathPlace } from '../path-faults.ts';
import { lookThere } from '../unwalked-folders.ts';

/** A provider looks at a folder that its mount does not have. */
export const providerPathMissing: Rule = {
  id: 'provider-path-missing',
  summary: 'A provider looks at a folder that does not exist in what is mounted there',
  severity: 'load',
  fix: 'safe',
  related: ['provider-path-not-mounted', 'provider-path-empty'],
  grafanaLogs: [
    'Cannot read directory',
    'Failed to read content of symlinked path',
    'Failed to provision config',
    'failed to search for dashboards',
    'failed to walk provisioned dashboards',
  ],
  check(workspace, report) {
    for (const walk of workspace.walks) {
      if (pathFault(workspace, walk)?.kind !== 'missing' || walk.place?.kind !== 'tree') continue;
      const { path } = walk.place;
      const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      const name = path.slice(parent === '' ? 0 : parent.length + 1);
      const folders = workspace.files
        .list(parent)
        .filter(
          (sibling) => workspace.files.kind(parent === '' ? sibling : `${parent}/${sibling}`) === 'folder',
        );
      report({
        message: `Missing folder "${path}", which is "${walk.provider.path}" for Grafana${folders.length === 0 ? '' : nearestHint(name, folders)}`,
        at: pathPlace(walk),
        grafanaLog: `msg="Cannot read directory" error="stat ${walk.provider.path}: no such file or directory"`,
        ...lookThere(workspace, pathPlace(walk)),
      });
    }
  },
};
