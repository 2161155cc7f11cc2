import { nearestHint } from '../../model/nearest.ts';
import type { Location } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import type { Fault } from '../fault.ts';
import { isOpen, stops } from './told.ts';

/** Contact points that Grafana makes for itself. */
const BUILT_IN = ['grafana-default-email', 'empty'];

/** A place that names a contact point. */
export interface ReceiverUse {
  readonly orgId: number;
  readonly name: string;
  readonly at: Location;
  readonly by: string;
}

/** A name that is no contact point's. */
export function receiverFaults(workspace: Workspace, { orgId, name, at, by }: ReceiverUse): Fault[] {
  const { alerting } = workspace;
  const own = alerting.contactPoints.filter((point) => point.orgId === orgId);
  // One without a receiver is not made.
  const names = own.filter(({ receivers }) => receivers.length > 0).map((point) => point.name);
  if (isOpen(name) || own.some((point) => isOpen(point.name)) || [...names, ...BUILT_IN].includes(name))
    return [];
  if (!alerting.isComplete || mayBeInDatabase(workspace, own.length)) return [];
  return [
    stops(
      `Unknown contact point "${name}" in ${by}${nearestHint(name, names)}`,
      at,
      `receiver '${name}' does not exist`,
    ),
  ];
}

/**
 * Where files provision none of a kind, people have made them by hand, and the database keeps them. Nothing is said
 * either where the tree does not show how Grafana is started.
 */
export function mayBeInDatabase({ grafana }: Workspace, provisioned: number): boolean {
  return provisioned === 0 && (grafana.persistsDatabase || grafana.at === undefined);
}
