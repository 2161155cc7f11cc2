import { durationSeconds } from '../../load/duration.ts';
import { asRecord, asText } from '../../load/record.ts';
import type { NotificationPolicy } from '../../model/alerting.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import { nearestHint } from '../../model/nearest.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { groupBy } from '../walked-dashboards.ts';
import { mayBeInDatabase, receiverFaults } from './receiver-names.ts';
import { isOpen, keyOf, stops } from './told.ts';

/** What Grafana refuses of notification policies. */
export function policyFaults(workspace: Workspace): Fault[] {
  const { policies } = workspace.alerting;
  return [
    ...policies.flatMap((policy) => [
      ...rootFaults(workspace, policy),
      ...routesOf(policy.value, []).flatMap((route) => routeFaults(workspace, policy, route)),
    ]),
    // Trees with names of their own stand side by side.
    ...[...groupBy(policies, ({ orgId, value }) => `${orgId} ${asText(value.name) ?? ''}`).values()].flatMap(
      (same) =>
        same.slice(0, -1).map(
          (policy): Fault => ({
            outcome: 'goes-on',
            severity: 'data',
            message: `Several policy trees for one organisation, which has one: Grafana keeps only the last, from ${same.at(-1)?.at.file}`,
            at: policy.at,
          }),
        ),
    ),
  ];
}

interface Route {
  readonly value: Readonly<Record<string, unknown>>;
  readonly path: PropertyPath;
}

/** A route and all below it. */
function routesOf(value: Route['value'], path: PropertyPath): Route[] {
  const inner = Array.isArray(value.routes) ? value.routes : [];
  return [
    { value, path },
    ...inner.flatMap((route: unknown, index) => routesOf(asRecord(route) ?? {}, [...path, 'routes', index])),
  ];
}

/** Grafana 12 looks for more of it at the root. */
function rootFaults({ grafana }: Workspace, policy: NotificationPolicy): Fault[] {
  const { value } = policy;
  const isNew = isAtLeast(grafana.version, '12.0');
  const matchers = ['match', 'match_re', ...(isNew ? ['object_matchers', 'matchers'] : [])];
  const intervals = ['mute_time_intervals', ...(isNew ? ['active_time_intervals'] : [])];
  const matcher = matchers.find((key) => sizeOf(value[key]) > 0);
  const interval = intervals.find((key) => sizeOf(value[key]) > 0);
  return [
    ...(asText(value.receiver) ? [] : [rootFault(policy, 'receiver', 'must specify a default receiver')]),
    ...(matcher ? [rootFault(policy, matcher, 'must not have any matchers')] : []),
    ...(interval ? [rootFault(policy, interval, `must not have any ${interval.replaceAll('_', ' ')}`)] : []),
  ];
}

function rootFault(policy: NotificationPolicy, key: string, law: string): Fault {
  const message =
    key === 'receiver'
      ? 'Missing `receiver` of the policy tree, which takes what no route takes'
      : `Unexpected \`${key}\` at the root of the policy tree, which takes every alert`;
  return stops(message, keyOf(policy, key), `root route ${law}`);
}

function sizeOf(value: unknown): number {
  return Array.isArray(value) ? value.length : Object.keys(asRecord(value) ?? {}).length;
}

function routeFaults(workspace: Workspace, policy: NotificationPolicy, { value, path }: Route): Fault[] {
  const { orgId } = policy;
  const placeOf = (...keys: (string | number)[]) => keyOf(policy, ...path, ...keys);
  const receiver = asText(value.receiver) ?? '';
  const groupBys = list(value.group_by).map((label) => asText(label) ?? '');
  const twice = groupBys.find((label, index) => groupBys.indexOf(label) < index);
  return [
    ...(receiver === ''
      ? []
      : receiverFaults(workspace, { orgId, name: receiver, at: placeOf('receiver'), by: 'the policy tree' })),
    ...['group_wait', 'group_interval', 'repeat_interval'].flatMap((key) => {
      const text = asText(value[key]);
      if (text === undefined || text === '' || isOpen(text)) return [];
      const seconds = durationSeconds(text);
      if (seconds === undefined || (seconds === 0 && key !== 'group_wait'))
        return [
          stops(
            `Expected \`${key}\` of a route to be a duration such as "5m", found ${JSON.stringify(value[key])}`,
            placeOf(key),
            seconds === 0 ? `${key} cannot be zero` : 'failure parsing policies',
          ),
        ];
      return [];
    }),
    ...(twice !== undefined && twice !== '...'
      ? [
          stops(
            `Duplicate label "${twice}" in \`group_by\` of a route`,
            placeOf('group_by', groupBys.lastIndexOf(twice)),
            `duplicated label "${twice}" in group_by`,
          ),
        ]
      : []),
    ...(groupBys.includes('...') && groupBys.some((label) => label !== '...')
      ? [
          stops(
            'Unexpected labels beside "..." in `group_by` of a route, which means all labels',
            placeOf('group_by'),
            'cannot have wildcard group_by (`...`) and other other labels at the same time',
          ),
        ]
      : []),
    ...list(value.object_matchers).flatMap((matcher, index) => {
      const [, operator] = list(matcher).map((part) => asText(part) ?? '');
      if (operator === undefined || isOpen(operator) || ['=', '!=', '=~', '!~'].includes(operator)) return [];
      return [
        stops(
          `Unknown operator ${JSON.stringify(operator)} of a matcher of a route, allowed are =, !=, =~ and !~`,
          placeOf('object_matchers', index, 1),
          `unsupported match type "${operator}" in matcher`,
        ),
      ];
    }),
    ...list(value.mute_time_intervals).flatMap((name, index) =>
      muteTimeFaults(workspace, orgId, asText(name) ?? '', placeOf('mute_time_intervals', index)),
    ),
  ];
}

function muteTimeFaults(workspace: Workspace, orgId: number, name: string, at: Fault['at']): Fault[] {
  const { alerting } = workspace;
  const own = alerting.muteTimes.filter((item) => item.orgId === orgId).map((item) => item.name);
  if (name === '' || isOpen(name) || own.includes(name)) return [];
  if (!alerting.isComplete || mayBeInDatabase(workspace, own.length)) return [];
  return [
    stops(
      `Unknown mute time "${name}" in the policy tree${nearestHint(name, own)}`,
      at,
      `mute time interval '${name}' does not exist`,
    ),
  ];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
