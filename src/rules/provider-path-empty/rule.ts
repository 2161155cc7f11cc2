import type { Rule } from '../../model/rule.ts';
import { pathFault, pathPlace } from '../path-faults.ts';
import { lookThere } from '../unwalked-folders.ts';

/** A provider looks at a folder without a single dashboard file. Grafana does not say a word about it. */
export const providerPathEmpty: Rule = {
  id: 'provider-path-empty',
  summary: 'A provider looks at a folder that has no dashboard file',
  severity: 'load',
  fix: 'safe',
  related: ['provider-path-not-mounted', 'dashboard-file-not-walked'],
  check(workspace, report) {
    for (const walk of workspace.walks) {
      if (pathFault(workspace, walk)?.kind !== 'empty') continue;
      const where = walk.place?.kind === 'tree' ? walk.place.path || 'the root of the tree' : '';
      report({
        message: `Expected "${walk.provider.path}" to hold dashboards, found no file that ends in ".json"${where === '' ? '' : ` in ${where}`}`,
        at: pathPlace(walk),
        ...lookThere(workspace, pathPlace(walk)),
      });
    }
  },
};
