import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { providerNameFaults } from './faults.ts';

/** Two dashboard providers have one name. */
export const providerNameDuplicate: Rule = {
  id: 'provider-name-duplicate',
  summary: 'Two dashboard providers have one name: Grafana stops, or they delete each other’s dashboards',
  severity: 'load',
  fix: 'unsafe',
  related: ['provider-paths-overlap'],
  grafanaLogs: ['is not unique'],
  check: (workspace, report) => reportFaults(providerNameFaults(workspace), report),
};
