import type { Report, ReportedFinding } from '../model/rule.ts';

/** A mistake that keeps dashboards from ever coming to Grafana, and the files that are lost by it. */
export interface KeptOut extends ReportedFinding {
  readonly files: readonly string[];
}

/** Reports such mistakes as findings. */
export function reportKeptOut(mistakes: readonly KeptOut[], report: Report): void {
  for (const { files: _, ...finding } of mistakes) report(finding);
}
