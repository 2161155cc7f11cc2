import { countChanges } from './count-changes.ts';
import type { DiffReport } from './diff.ts';

/** A diff for programs: the whole model, and how often what happened. What is absent is not set. */
export function printJson(report: DiffReport): string {
  const counts = Object.fromEntries(countChanges([...report.dashboards, ...report.provisioning]));
  return `${JSON.stringify({ formatVersion: 1, ...report, counts }, undefined, 2)}\n`;
}
