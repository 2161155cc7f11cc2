import { asText } from '../../load/record.ts';
import type { ContactPoint, Receiver } from '../../model/alerting.ts';
import { nearestHint } from '../../model/nearest.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { groupBy } from '../walked-dashboards.ts';
import { isOpen, keyOf, stops } from './told.ts';

/** What Grafana refuses of contact points. */
export function contactPointFaults({ alerting: { contactPoints } }: Workspace): Fault[] {
  return [
    ...contactPoints.flatMap((point) =>
      point.name === ''
        ? [stops('Missing `name` of the contact point', keyOf(point, 'name'), 'no name is set')]
        : point.receivers.flatMap((receiver) => receiverFaults(point, receiver)),
    ),
    ...sameUid(contactPoints),
  ];
}

function receiverFaults({ name }: ContactPoint, receiver: Receiver): Fault[] {
  const { uid, type, settings } = receiver;
  const missing = (key: string) => [
    stops(
      `Missing \`${key}\` of a receiver of the contact point "${name}"`,
      keyOf(receiver, key),
      `${name}: no ${key} ${key === 'settings' ? 'are' : 'is'} set`,
    ),
  ];
  if (uid === '') return missing('uid');
  if (type === '') return missing('type');
  if (Object.keys(settings).length === 0) return missing('settings');
  if (isOpen(type)) return [];
  const required = REQUIRED[type.toLowerCase()];
  if (!required)
    return [
      stops(
        `Unknown receiver type "${type}" of the contact point "${name}"${nearestHint(type, Object.keys(REQUIRED))}`,
        keyOf(receiver, 'type'),
        `invalid notifier type: ${type}`,
      ),
    ];
  if (type.toLowerCase() === 'email' && Array.isArray(settings.addresses))
    return [
      stops(
        `Expected \`addresses\` of the contact point "${name}" to be one text with commas, found a list`,
        keyOf(receiver, 'settings', 'addresses'),
        'failed to unmarshal settings: json: cannot unmarshal array into Go struct field',
      ),
    ];
  const lacking = required.find((keys) => keys.every((key) => isEmpty(settings, key)));
  if (!lacking) return [];
  return [
    stops(
      `Missing ${lacking.map((key) => `\`${key}\``).join(' or ')} in the settings of the ${type} receiver of the contact point "${name}"${emptied(receiver, lacking)}`,
      keyOf(receiver, 'settings', ...lacking.filter((key) => Object.hasOwn(settings, key)).slice(0, 1)),
      LOGS[type.toLowerCase()] ?? 'in settings',
    ),
  ];
}

/** Why a setting that is written down is empty all the same. */
function emptied({ settings }: Receiver, keys: readonly string[]): string {
  return keys.some((key) => Object.hasOwn(settings, key))
    ? '; it is empty, or a variable that Grafana does not have'
    : '';
}

/** Go reads the keys of settings in any case. A secret may be anything but nothing. */
function isEmpty(settings: Receiver['settings'], wanted: string): boolean {
  const values = Object.entries(settings).filter(([key]) => key.toLowerCase() === wanted.toLowerCase());
  return values.every(([, value]) => value === null || asText(value) === '');
}

/** What the settings of each type must have, of each group at least one. */
const REQUIRED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'prometheus-alertmanager': [['url']],
  dingding: [['url']],
  discord: [['url']],
  email: [['addresses']],
  googlechat: [['url']],
  jira: [['api_url'], ['project'], ['issue_type']],
  kafka: [['kafkaRestProxy'], ['kafkaTopic']],
  line: [['token']],
  mqtt: [['brokerUrl'], ['topic']],
  oncall: [['url']],
  opsgenie: [['apiKey']],
  pagerduty: [['integrationKey']],
  pushover: [['userKey'], ['apiToken']],
  sensugo: [['url'], ['apikey']],
  slack: [
    ['url', 'endpointUrl', 'token'],
    ['url', 'endpointUrl', 'recipient'],
  ],
  sns: [['topic_arn', 'target_arn', 'phone_number']],
  teams: [['url']],
  telegram: [['bottoken'], ['chatid']],
  threema: [['gateway_id'], ['recipient_id'], ['api_secret']],
  victorops: [['url']],
  webex: [],
  wechat: [],
  webhook: [['url']],
  wecom: [['url', 'secret']],
};

const LOGS: Readonly<Record<string, string>> = {
  discord: 'could not find webhook url property in settings',
  email: 'could not find addresses in settings',
  oncall: "required field 'url' is not specified",
  opsgenie: 'could not find api key property in settings',
  pagerduty: 'could not find integration key property in settings',
  slack: 'must be specified when using the Slack chat API',
  webhook: "required field 'url' is not specified",
};

/** A uid belongs to one receiver of all contact points. */
function sameUid(contactPoints: readonly ContactPoint[]): Fault[] {
  const receivers = contactPoints
    .flatMap((point) => point.receivers.map((receiver) => ({ ...receiver, point })))
    .filter(({ uid }) => uid !== '' && !isOpen(uid));
  return [...groupBy(receivers, ({ uid, point }) => `${point.orgId} ${uid}`).values()].flatMap(
    ([first, ...others]) =>
      others.map((receiver) =>
        stops(
          `Duplicate receiver uid "${receiver.uid}" of the contact points "${first?.point.name}" and "${receiver.point.name}"`,
          keyOf(receiver, 'uid'),
          `receiver configuration with UID '${receiver.uid}' already exist in contact point`,
          { related: first ? [{ at: keyOf(first, 'uid'), message: 'has the same uid' }] : [] },
        ),
      ),
  );
}
