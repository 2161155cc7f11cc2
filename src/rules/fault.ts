import type { DashboardProvider } from '../model/provider.ts';
import type { Report, ReportedFinding } from '../model/rule.ts';

/**
 * A mistake and what Grafana does about it when it starts. Rules report faults; the prediction of a start is made of
 * the same ones, so that the two cannot disagree.
 */
export interface Fault extends ReportedFinding {
  /**
   * - `stops`: Grafana ends
   * - `provider-fails`: the provider's dashboards do not come, and those of the providers after it not at the start
   * - `file-ignored`: a provisioning file has no effect
   * - `goes-on`: all dashboards come
   */
  readonly outcome: 'stops' | 'provider-fails' | 'file-ignored' | 'goes-on';
  /** The provider that fails. */
  readonly provider?: DashboardProvider;
}

/** Reports faults as findings. */
export function reportFaults(faults: readonly Fault[], report: Report): void {
  for (const { outcome: _, provider: __, ...finding } of faults) report(finding);
}
