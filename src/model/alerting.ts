import type { QueryLanguage } from './dashboard.ts';
import type { DatasourceRef, DatasourceUse } from './datasource.ts';
import type { Location } from './source-file.ts';
import type { ProvisioningFile } from './workspace.ts';

/**
 * What the files of `provisioning/alerting` say. Texts are as Grafana expands them; a `$` that is left in one stands
 * for what the tree does not know.
 */
export interface Alerting {
  /** The files in the order in which Grafana reads them. */
  readonly files: readonly ProvisioningFile[];
  /** False when there can be more in places that the tree does not show. */
  readonly isComplete: boolean;
  readonly groups: readonly AlertRuleGroup[];
  readonly contactPoints: readonly ContactPoint[];
  readonly policies: readonly NotificationPolicy[];
  readonly muteTimes: readonly AlertingItem[];
  readonly templates: readonly AlertingItem[];
}

/** Something with a name of its own. */
export interface AlertingItem {
  readonly orgId: number;
  /** `''` when the file says none. */
  readonly name: string;
  /** The entry as it stands in the file, variables expanded where Grafana does. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Location;
}

/** Rules that are evaluated together; Grafana keeps them in a folder. */
export interface AlertRuleGroup extends AlertingItem {
  readonly folder: string;
  readonly rules: readonly AlertRule[];
}

/** One alert rule, or a recording rule. */
export interface AlertRule {
  readonly uid: string;
  readonly title: string;
  /** The `refId` of the query whose result fires; `''` when the file says none. */
  readonly condition: string;
  readonly queries: readonly AlertQuery[];
  /** Every place that names a datasource by uid: its queries, and where a recording rule writes to. */
  readonly datasourceUses: readonly DatasourceUse[];
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Location;
}

/** One query or expression of an alert rule. */
export interface AlertQuery {
  readonly refId: string;
  /** Where it goes: by uid only, names are not looked up. */
  readonly datasource: DatasourceRef;
  readonly language: QueryLanguage;
  /** Text of the query; `''` when it has none. */
  readonly expr: string;
  /** Asked for one point in time only. */
  readonly instant: boolean;
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Location;
  /** The place of the query's text. */
  readonly exprAt: Location;
}

/** A name under which notifications are sent in one or several ways. */
export interface ContactPoint extends AlertingItem {
  readonly receivers: readonly Receiver[];
}

/** One way of sending, such as a mail. */
export interface Receiver {
  readonly uid: string;
  /** `slack`, `email`, …; `''` when the file says none. */
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly at: Location;
}

/** The tree of routes of an organisation, from its root. */
export interface NotificationPolicy {
  readonly orgId: number;
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Location;
}
