import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { datasourceFaults } from './faults.ts';

/** A provisioned datasource that Grafana cannot start with, or takes otherwise than it is written. */
export const datasourceInvalid: Rule = {
  id: 'datasource-invalid',
  summary: 'A provisioned datasource stops Grafana, or is taken otherwise than it is written',
  severity: 'load',
  fix: 'safe',
  related: ['provisioning-yaml-invalid', 'datasource-uid-missing'],
  grafanaLogs: [
    'Only one datasource per organization can be marked as default',
    'data source with the same uid already exists',
    'unique identifier and org id are needed to be able to get or delete a datasource',
    'invalid UID for datasource',
    'UID is longer than 40 symbols',
    'invalid access value',
    'got error while expanding expander file',
    'Datasource provisioning error: data source not found',
  ],
  check: (workspace, report) => reportFaults(datasourceFaults(workspace), report),
};
