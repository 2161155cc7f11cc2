import type { Query } from './dashboard.ts';
import type { DatasourceUse } from './datasource.ts';
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

/** One query or expression of an alert rule. Its datasource is found by uid only, names are not looked up. */
export interface AlertQuery extends Query {
  readonly refId: string;
  /** It is an expression by its model and goes to a datasource, which does not know what to do with it. */
  readonly isMisplacedExpression: boolean;
  readonly value: Readonly<Record<string, unknown>>;
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
