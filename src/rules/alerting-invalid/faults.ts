import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { contactPointFaults } from './contact-point-faults.ts';
import { groupFaults } from './group-faults.ts';
import { policyFaults } from './policy-faults.ts';
import { ruleFaults } from './rule-faults.ts';
import { sameRules } from './same-rules.ts';

/** What of alerting Grafana cannot start with, or takes otherwise than it is written. */
export function alertingFaults(workspace: Workspace): Fault[] {
  const { alerting, grafana } = workspace;
  const faults = [
    ...alerting.groups.flatMap((group) => [
      ...groupFaults(group, grafana),
      ...group.rules.flatMap((rule) => ruleFaults(workspace, rule, group)),
    ]),
    ...sameRules(workspace),
    ...contactPointFaults(workspace),
    ...policyFaults(workspace),
  ];
  // Of a file that Grafana cannot read the first thing to mend is that.
  const unread = new Set(
    alerting.files.flatMap(({ file, shapeErrors }) =>
      shapeErrors.length > 0 || (grafana.at === undefined && /\{\{\s*\.Values|\{%/.test(file.text))
        ? [file.path]
        : [],
    ),
  );
  return faults.filter(({ at }) => !unread.has(at.file));
}
