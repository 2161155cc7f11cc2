import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { mountFaults } from './faults.ts';

/** A bind mount that Grafana's provisioning depends on has no source in the tree. */
export const mountSourceMissing: Rule = {
  id: 'mount-source-missing',
  summary: 'What is mounted for provisioning or dashboards is not in the tree',
  severity: 'load',
  fix: 'none',
  related: ['provider-path-not-mounted'],
  grafanaLogs: ['is a directory', 'bind source path does not exist'],
  check: (workspace, report) => reportFaults(mountFaults(workspace), report),
};
