import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { yamlFaults } from './faults.ts';

/** A provisioning file that Grafana cannot read, reads as something else, or does not read at all. */
export const provisioningYamlInvalid: Rule = {
  id: 'provisioning-yaml-invalid',
  summary: 'A provisioning file cannot be read as Grafana reads it',
  severity: 'load',
  fix: 'safe',
  related: ['provisioning-key-unknown', 'provider-invalid', 'datasource-invalid'],
  grafanaLogs: [
    'could not parse provisioning config file',
    'cannot unmarshal !!map into []*dashboards.configV0',
    'Datasource provisioning error: yaml',
    'the datasource provisioning config is outdated',
    'Failed to read dashboards config',
    'found character that cannot start any token',
    'already defined at line',
    'failure to parse file',
    'file has invalid suffix',
    'strconv.ParseBool',
    'strconv.ParseInt',
  ],
  check: (workspace, report) => reportFaults(yamlFaults(workspace), report),
};
