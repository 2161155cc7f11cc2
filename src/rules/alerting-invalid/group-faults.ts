import { durationSeconds } from '../../load/duration.ts';
import { asText } from '../../load/record.ts';
import type { AlertRuleGroup } from '../../model/alerting.ts';
import type { GrafanaInstance } from '../../model/grafana-instance.ts';
import type { Fault } from '../fault.ts';
import { found, isOpen, keyOf, stops } from './told.ts';

/** Seconds between two looks of Grafana's scheduler, which intervals are made of. */
const BASE_SECONDS = 10;

/** What Grafana refuses of a group of rules. */
export function groupFaults(group: AlertRuleGroup, { environment }: GrafanaInstance): Fault[] {
  const { name, folder, value } = group;
  if (name.trim() === '')
    return [stops('Missing `name` of the rule group', keyOf(group, 'name'), 'rule group has no name set')];
  const interval = asText(value.interval) ?? '';
  const seconds = isOpen(interval) ? BASE_SECONDS : durationSeconds(interval);
  if (seconds === undefined)
    return [
      stops(
        `Expected \`interval\` of the rule group "${name}" to be a duration such as "1m", found ${found(value.interval)}`,
        keyOf(group, 'interval'),
        interval === '' ? 'empty duration string' : `not a valid duration string: "${interval}"`,
      ),
    ];
  const hasOtherBase = Object.entries(environment).some(([key, text]) =>
    /configurableSchedulerTick/i.test(`${key} ${text}`),
  );
  return [
    ...(folder.trim() === ''
      ? [
          stops(
            `Missing \`folder\` of the rule group "${name}"`,
            keyOf(group, 'folder'),
            'rule group has no folder set',
          ),
        ]
      : []),
    ...((seconds === 0 || seconds % BASE_SECONDS !== 0) && !hasOtherBase
      ? [
          stops(
            `Expected \`interval\` of the rule group "${name}" to be a multiple of ${BASE_SECONDS}s, found "${interval}"`,
            keyOf(group, 'interval'),
            'should be non-zero and divided exactly by scheduler interval',
          ),
        ]
      : []),
  ];
}
