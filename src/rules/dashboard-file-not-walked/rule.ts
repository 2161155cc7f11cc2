import type { Rule } from '../../model/rule.ts';
import { type UnwalkedDashboard, unwalkedDashboards } from '../unwalked-dashboards.ts';
import { groupBy } from '../walked-dashboards.ts';

/** A dashboard under a provider's path that Grafana's walk passes over without a word. */
export const dashboardFileNotWalked: Rule = {
  id: 'dashboard-file-not-walked',
  summary: 'A dashboard lies where a provider looks and is passed over because of its name or its folder',
  severity: 'load',
  fix: 'safe',
  related: ['provider-path-empty'],
  check(workspace, report) {
    const groups = groupBy(unwalkedDashboards(workspace), ({ file, folder }) => folder ?? file);
    for (const [place, [first, ...others]] of groups) {
      if (!first) continue;
      const renamed = `${first.file.slice(0, -'.json'.length)}.json`;
      const canRename =
        first.folder === undefined && workspace.files.kind(renamed) === undefined && renamed !== first.file;
      report({
        message: messageOf(first, place, others.length),
        at: { file: first.file },
        related: others.map(({ file }) => ({ at: { file }, message: 'is passed over too' })),
        ...(canRename && {
          fix: {
            title: 'Write the ending in small letters',
            safety: 'safe',
            edits: [{ kind: 'text', file: first.file, renameTo: renamed }],
          },
        }),
      });
    }
  },
};

function messageOf({ title, why }: UnwalkedDashboard, place: string, more: number): string {
  const what = `dashboard "${title}"${more > 0 ? ` and ${more} more` : ''}`;
  switch (why) {
    case 'upper-case-ending':
      return `Expected the file of ${what} to end in ".json": Grafana passes over other endings`;
    case 'dot-folder':
      return `Unreachable ${what}: Grafana does not enter "${place}", whose name begins with a dot`;
    case 'symlinked-folder':
      return `Unreachable ${what}: Grafana does not enter "${place}", which is a link`;
    default:
      return why satisfies never;
  }
}
