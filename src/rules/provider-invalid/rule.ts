import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { providerFaults } from './faults.ts';

/** A dashboard provider that Grafana cannot start with. */
export const providerInvalid: Rule = {
  id: 'provider-invalid',
  summary: 'A dashboard provider has a value that Grafana cannot start with',
  severity: 'load',
  fix: 'safe',
  related: ['provisioning-yaml-invalid', 'provider-folder-conflict'],
  grafanaLogs: [
    'is not supported',
    'path param is not a string',
    'non-positive interval for NewTicker',
    'failed to get org by ID',
    'organization not found',
    'invalid uid for folder provided',
    'invalid resource name',
  ],
  check: (workspace, report) => reportFaults(providerFaults(workspace), report),
};
