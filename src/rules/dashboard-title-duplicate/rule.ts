import { isAtLeast } from '../../model/grafana-version.ts';
import type { Rule } from '../../model/rule.ts';
import { originalFirst, titleDuplicates } from '../duplicate-dashboards.ts';
import { baseName } from '../stable-uid.ts';

/** Two titles alike in one folder: one dashboard up to Grafana 11, and a frozen provider in every version. */
export const dashboardTitleDuplicate: Rule = {
  id: 'dashboard-title-duplicate',
  summary: 'Two dashboards in one folder have the same title, so Grafana freezes their provider',
  severity: 'load',
  fix: 'unsafe',
  related: ['dashboard-uid-duplicate'],
  grafanaLogs: ['dashboard title is not unique in folder'],
  check(workspace, report) {
    const outcome = isAtLeast(workspace.grafana.version, '12.0')
      ? 'saves nothing more from their provider'
      : 'keeps one of them and saves nothing more from their provider';
    for (const { first, others } of titleDuplicates(workspace).map(originalFirst))
      for (const { dashboard, folder, title, titlePath } of others) {
        const mark = markOf(dashboard.file, first.dashboard.file);
        report({
          message: `Duplicate title "${title}" in folder ${folder === '' ? 'General' : `"${folder}"`}: Grafana ${outcome}`,
          at: { file: dashboard.file, path: titlePath },
          related: [
            { at: { file: first.dashboard.file, path: first.titlePath }, message: 'has the same title' },
          ],
          grafanaLog: 'msg="dashboard title is not unique in folder"',
          fix: {
            title: `Tell the two titles apart by the name of the ${mark.of}`,
            safety: 'unsafe',
            edits: [
              {
                kind: 'set',
                file: dashboard.file,
                path: titlePath,
                value: `${title} (${mark.name})`,
              },
            ],
          },
        });
      }
  },
};

/** What a file has that the other one has not: its name or, where both are called alike, its folder. */
function markOf(file: string, other: string): { readonly name: string; readonly of: 'file' | 'folder' } {
  const folder = file.split('/').at(-2);
  return folder !== undefined && baseName(file) === baseName(other)
    ? { name: folder, of: 'folder' }
    : { name: baseName(file), of: 'file' };
}
