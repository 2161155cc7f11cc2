import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { composeFaults } from './faults.ts';

/** A compose file that starts Grafana and that Docker Compose cannot read. */
export const composeFileInvalid: Rule = {
  id: 'compose-file-invalid',
  summary: 'Docker Compose refuses a compose file that starts Grafana, so that nothing of it starts',
  severity: 'load',
  fix: 'safe',
  related: ['provisioning-yaml-invalid'],
  grafanaLogs: [
    'top-level object must be a mapping',
    'found character that cannot start any token',
    'already defined at line',
    'must be a array',
    'must be a mapping',
    'must be a string',
    'additional properties … not allowed',
    'is missing a mount target',
  ],
  check: (workspace, report) => reportFaults(composeFaults(workspace), report),
};
