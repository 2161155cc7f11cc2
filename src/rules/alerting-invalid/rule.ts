import type { Rule } from '../../model/rule.ts';
import { reportFaults } from '../fault.ts';
import { alertingFaults } from './faults.ts';

/** Provisioned alerting that Grafana cannot start with, or takes otherwise than it is written. */
export const alertingInvalid: Rule = {
  id: 'alerting-invalid',
  summary: 'Provisioned alerting stops Grafana, or is taken otherwise than it is written',
  severity: 'load',
  fix: 'safe',
  related: ['provisioning-yaml-invalid', 'datasource-uid-unknown'],
  grafanaLogs: [
    'Failed to provision alerting',
    'failure to map file',
    'rule group has no',
    'failed to parse: no',
    'not a valid duration string',
    'should be non-zero and divided exactly by scheduler interval',
    'cannot create rule with UID',
    'invalid alert rule',
    'unknown NoData state option',
    'unknown Error state option',
    'invalid relative time range',
    'both annotations __dashboardUid__ and __panelId__ must be specified',
    'rule title under the same organisation and folder should be unique',
    'does not exist, must be one of',
    'failure parsing contact points',
    'property in settings',
    'could not find addresses in settings',
    'token must be specified when using the Slack chat API',
    'already exist in contact point',
    'invalid notifier type',
    'receiver … does not exist',
    'mute time interval … does not exist',
    'root route must',
    'duplicated label … in group_by',
  ],
  check: (workspace, report) => reportFaults(alertingFaults(workspace), report),
};
