import { asRecord } from '../../load/record.ts';
import { nearest } from '../../model/nearest.ts';
import type { ProvisioningFile } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';

/** The lists of which an alerting file has some. */
export const ALERTING_LISTS = [
  'groups',
  'deleteRules',
  'contactPoints',
  'deleteContactPoints',
  'policies',
  'resetPolicies',
  'muteTimes',
  'deleteMuteTimes',
  'templates',
  'deleteTemplates',
];

/** A file of `provisioning/alerting` in which Grafana finds none of its lists, or something else than a mapping. */
export function alertingKeyFaults({ file }: ProvisioningFile): Fault[] {
  const { value } = file;
  if (value === null || value === undefined) return [];
  const mapping = asRecord(value);
  if (!mapping)
    return [
      {
        outcome: 'stops',
        message: `Expected a mapping with lists such as \`groups\`, found ${Array.isArray(value) ? 'a list' : JSON.stringify(value)}: Grafana stops`,
        at: { file: file.path, path: [] },
        grafanaLog: 'into alerting.AlertingFileV1',
      },
    ];
  const keys = Object.keys(mapping);
  if (keys.some((key) => ALERTING_LISTS.includes(key))) return [];
  for (const key of keys) {
    const meant = nearest(camelCase(key), ALERTING_LISTS);
    if (meant === undefined || !Array.isArray(mapping[key])) continue;
    return [
      {
        outcome: 'file-ignored',
        message: `Expected the key \`${meant}\`, found \`${key}\`: Grafana reads nothing of the file`,
        at: { file: file.path, path: [key], key: true },
        suggestions: [`Rename the key to \`${meant}\`.`],
      },
    ];
  }
  const what = KINDS.find(([, marks]) => marks.every((mark) => Object.hasOwn(mapping, mark)))?.[0];
  return what === undefined
    ? []
    : [
        {
          // It may lie there for another program.
          outcome: 'goes-on',
          severity: 'data',
          message: `Expected \`groups\` or another list of provisioned alerting, found ${what}: Grafana reads nothing of the file`,
          at: { file: file.path, path: [] },
        },
      ];
}

/** What people put there instead, and the keys by which it is known. */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['a rule as the HTTP API has it', ['title', 'condition', 'data']],
  ['a rule group as the HTTP API has it', ['title', 'interval', 'rules']],
  ['a rule group as the HTTP API has it', ['name', 'interval', 'rules']],
  ['a rule as the HTTP API has it', ['grafana_alert']],
  ['a contact point as the HTTP API has it', ['name', 'type', 'settings']],
  ['the configuration of a Prometheus Alertmanager', ['route', 'receivers']],
  ['an Alertmanager configuration as the HTTP API has it', ['alertmanager_config']],
  ['notifiers of the alerting that Grafana 11 removed', ['notifiers']],
];

/** `contact_points` and `contact-points` as `contactPoints`. */
function camelCase(key: string): string {
  return key.replace(/[_-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
