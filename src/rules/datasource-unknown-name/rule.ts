import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';

/** A definition or an old dashboard names a datasource that the provisioning does not have, or has with another type. */
export const datasourceUnknownName: Rule = {
  id: 'datasource-unknown-name',
  summary: 'A datasource is named that no provisioning file has, or has with another type',
  severity: 'data',
  fix: 'none',
  related: ['datasource-uid-unknown', 'query-language-mismatch'],
  grafanaLogs: ['was not found'],
  check(workspace, report) {
    const { datasources, datasourceFiles } = workspace;
    // What stands in a file that nobody can read is not known.
    if (datasourceFiles.some(({ file }) => file.syntaxErrors.length > 0)) return;
    for (const dashboard of workspace.dashboards) {
      // One wrong name in many places is one mistake.
      const named = new Set<string>();
      for (const { ref, at } of dashboard.datasourceUses) {
        if (ref.kind !== 'defined' || named.has(ref.name)) continue;
        named.add(ref.name);
        const found = datasources.find(({ name }) => name === ref.name);
        if (found && found.type === ref.type) continue;
        if (found)
          report({
            message: `Expected datasource "${ref.name}" to be of type ${ref.type}, as the definition says; it is provisioned with type ${found.type ?? 'none'}`,
            at,
            related: [
              {
                at: { file: found.at.file, path: [...(found.at.path ?? []), 'type'] },
                message: 'is provisioned here',
              },
            ],
          });
        else {
          const names = datasources.map(({ name }) => name as string);
          const hint = names.length > 0 ? nearestHint(ref.name, names) : ': none is provisioned';
          report({
            message: `Unknown datasource "${ref.name}"${hint}`,
            at,
            related: datasources.slice(0, 1).map((datasource) => ({
              at: { file: datasource.at.file, path: ['datasources'] },
              message: 'these are provisioned',
            })),
          });
        }
      }
    }
  },
};
