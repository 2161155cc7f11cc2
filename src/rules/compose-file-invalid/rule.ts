import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { composeFaults } from './faults.ts';

/** A compose file that starts Grafana and that Docker Compose cannot read. */
export const composeFileInvalid: Rule = {
  id: 'compose-file-invalid',
  summary: 'A compose file that starts Grafana does not parse, so that nothing of it starts',
  severity: 'load',
  fix: 'safe',
  related: ['provisioning-yaml-invalid'],
  grafanaLogs: [
    'top-level object must be a mapping',
    'found character that cannot start any token',
    'already defined at line',
  ],
  check: (workspace, report) => reportFaults(composeFaults(workspace), report),
};
