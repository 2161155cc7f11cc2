import { durationSeconds } from '../../load/duration.ts';
import { asRecord, asText } from '../../load/record.ts';
import type { AlertRule, AlertRuleGroup } from '../../model/alerting.ts';
import { isAtLeast } from '../../model/grafana-version.ts';
import { nearest, nearestHint } from '../../model/nearest.ts';
import { valueAt } from '../../model/value-at.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { MAX_UID_LENGTH } from '../file-fault.ts';
import { queryFaults } from './query-faults.ts';
import { receiverFaults } from './receiver-names.ts';
import { found, isOpen, keyOf, stops } from './told.ts';

const STATES = {
  noDataState: ['Alerting', 'NoData', 'OK', 'KeepLast'],
  execErrState: ['Alerting', 'Error', 'OK', 'KeepLast'],
} as const;

/** What Grafana refuses of an alert rule, or cannot evaluate. */
export function ruleFaults(workspace: Workspace, rule: AlertRule, group: AlertRuleGroup): Fault[] {
  const { title, uid } = rule;
  if (title === '')
    return [stops('Missing `title` of the alert rule', keyOf(rule, 'title'), 'rule has no title set')];
  if (uid === '')
    return [
      stops(
        `Missing \`uid\` of the alert rule "${title}"`,
        keyOf(rule, 'uid'),
        `rule '${title}' failed to parse: no UID set`,
      ),
    ];
  return [
    ...uidFaults(workspace, rule),
    ...['for', 'keepFiringFor'].flatMap((key) => durationFaults(rule, [key])),
    ...stateFaults(rule),
    ...panelFaults(workspace, rule),
    ...conditionFaults(rule),
    ...rule.queries.flatMap((query) => queryFaults(rule, query)),
    ...notificationFaults(workspace, rule, group),
  ];
}

/** Refused from Grafana 11 on, when a rule is made. */
function uidFaults({ grafana }: Workspace, rule: AlertRule): Fault[] {
  const { uid, title } = rule;
  if (!isAtLeast(grafana.version, '11.0') || isOpen(uid)) return [];
  const at = keyOf(rule, 'uid');
  if (uid.length > MAX_UID_LENGTH)
    return [
      stops(
        `Too long a uid of the alert rule "${title}": ${uid.length} characters, at most ${MAX_UID_LENGTH} are allowed`,
        at,
        `cannot create rule with UID '${uid}': UID is longer than 40 symbols`,
      ),
    ];
  return /^[A-Za-z0-9_-]+$/.test(uid)
    ? []
    : [
        stops(
          `Illegal uid "${uid}" of the alert rule "${title}", allowed are letters, digits, - and _`,
          at,
          `cannot create rule with UID '${uid}'`,
        ),
      ];
}

function durationFaults(rule: AlertRule, path: readonly string[]): Fault[] {
  const value = valueAt(rule.value, path);
  const text = asText(value) ?? '';
  if (text === '' || isOpen(text) || durationSeconds(text) !== undefined) return [];
  return [
    stops(
      `Expected \`${path.join('.')}\` of the alert rule "${rule.title}" to be a duration such as "5m", found ${JSON.stringify(text)}`,
      keyOf(rule, ...path),
      `not a valid duration string: "${text}"`,
    ),
  ];
}

function stateFaults(rule: AlertRule): Fault[] {
  return (['noDataState', 'execErrState'] as const).flatMap((key): Fault[] => {
    const state = (asText(rule.value[key]) ?? '').trim();
    const known: readonly string[] = STATES[key];
    if (state === '' || isOpen(state) || known.includes(state)) return [];
    return [
      stops(
        `Unknown \`${key}\` "${state}" of the alert rule "${rule.title}"${nearestHint(state, known)}`,
        keyOf(rule, key),
        `unknown ${key === 'noDataState' ? 'NoData' : 'Error'} state option ${state}`,
      ),
    ];
  });
}

/** The panel that a rule belongs to is told by two annotations, both or none. */
function panelFaults(workspace: Workspace, rule: AlertRule): Fault[] {
  const annotations = asRecord(rule.value.annotations);
  const dashboard = asText(annotations?.__dashboardUid__) ?? '';
  const panel = asText(annotations?.__panelId__) ?? '';
  if ((dashboard === '') !== (panel === '')) {
    const [there, missing] =
      panel === '' ? ['__dashboardUid__', '__panelId__'] : ['__panelId__', '__dashboardUid__'];
    return [
      stops(
        `Missing annotation \`${missing}\` beside \`${there}\` of the alert rule "${rule.title}"`,
        keyOf(rule, 'annotations', there),
        'both annotations __dashboardUid__ and __panelId__ must be specified',
      ),
    ];
  }
  return panel === '' || isOpen(panel) || /^[+-]?\d+$/.test(panel)
    ? deadLink(workspace, rule, dashboard, Number(panel))
    : [
        stops(
          `Expected annotation \`__panelId__\` of the alert rule "${rule.title}" to be a whole number, found ${JSON.stringify(panel)}`,
          keyOf(rule, 'annotations', '__panelId__'),
          'annotation __panelId__ must be a valid integer Panel ID',
        ),
      ];
}

/**
 * The rule is evaluated all the same, but leads nowhere. A dashboard of which nothing in the tree reminds may be in the
 * database.
 */
function deadLink({ dashboards }: Workspace, rule: AlertRule, uid: string, panel: number): Fault[] {
  const goesOn = { outcome: 'goes-on', severity: 'drift' } as const;
  const found = dashboards.find((dashboard) => dashboard.uid === uid);
  const near = found
    ? undefined
    : nearest(
        uid,
        dashboards.flatMap((dashboard) => dashboard.uid ?? []),
      );
  if (near !== undefined)
    return [
      {
        ...goesOn,
        message: `Unknown dashboard "${uid}" of the alert rule "${rule.title}", nearest is "${near}"`,
        at: keyOf(rule, 'annotations', '__dashboardUid__'),
      },
    ];
  const ids = found?.panels.map(({ id }) => id) ?? [];
  // Panels without an id get one when the dashboard is loaded.
  if (!found || ids.includes(panel) || ids.includes(undefined)) return [];
  return [
    {
      ...goesOn,
      message: `Unknown panel ${panel} of dashboard "${found.title}" in the alert rule "${rule.title}"`,
      at: keyOf(rule, 'annotations', '__panelId__'),
      related: [{ at: { file: found.file, path: ['panels'] }, message: 'has these panels' }],
    },
  ];
}

function conditionFaults(rule: AlertRule): Fault[] {
  const { title, queries, condition, value } = rule;
  if (queries.length === 0)
    return [
      stops(
        `Missing \`data\` of the alert rule "${title}"`,
        keyOf(rule, 'data'),
        `rule '${title}' failed to parse: no data set`,
      ),
    ];
  const isRecording = asRecord(value.record) !== undefined;
  if (condition === '' && !isRecording)
    return [
      stops(
        `Missing \`condition\` of the alert rule "${title}"`,
        keyOf(rule, 'condition'),
        `rule '${title}' failed to parse: no condition set`,
      ),
    ];
  const refIds = queries.map(({ refId }) => refId);
  if (isRecording || isOpen(condition) || refIds.some(isOpen) || refIds.includes(condition)) return [];
  return [
    {
      outcome: 'goes-on',
      severity: 'data',
      message: `Unknown \`condition\` "${condition}" of the alert rule "${title}"${nearestHint(condition, refIds)}: the rule is never evaluated`,
      at: keyOf(rule, 'condition'),
      grafanaLog: `condition ${condition} does not exist, must be one of`,
    },
  ];
}

/** A rule may say itself where its notifications go. */
function notificationFaults(workspace: Workspace, rule: AlertRule, { orgId }: AlertRuleGroup): Fault[] {
  const settings = asRecord(rule.value.notification_settings);
  if (!settings) return [];
  const receiver = asText(settings.receiver) ?? '';
  const at = keyOf(rule, 'notification_settings', 'receiver');
  if (receiver === '')
    return [
      stops(
        `Missing \`receiver\` in \`notification_settings\` of the alert rule "${rule.title}", found ${found(settings.receiver)}`,
        at,
        'receiver must not be empty',
      ),
    ];
  return [
    ...['group_wait', 'group_interval', 'repeat_interval'].flatMap((key) =>
      durationFaults(rule, ['notification_settings', key]),
    ),
    ...receiverFaults(workspace, { orgId, name: receiver, at, by: `the alert rule "${rule.title}"` }),
  ];
}
