import { countChanges, plural, sayCounts } from './count-changes.ts';
import type { DiffReport } from './diff.ts';
import { dashboardSection, provisioningSection, type Section } from './outline.ts';

/** A diff as every printer takes it. */
export interface Told {
  /** One line: `2 dashboards changed: 1 panel added, 2 queries changed`. */
  readonly summary: string;
  /** What was compared: `main (1a2b3c4) → the working tree`. */
  readonly compared: string;
  readonly sections: readonly Section[];
  /** What stood in the way of knowing, one sentence each. */
  readonly warnings: readonly Warning[];
}

/** A sentence about a file. */
export interface Warning {
  readonly file: string;
  readonly text: string;
}

/** Puts a diff in words. */
export function tell(report: DiffReport): Told {
  const provisioning = provisioningSection(report.provisioning);
  return {
    summary: summary(report),
    compared: `${report.before} → ${report.after}`,
    sections: [...report.dashboards.map(dashboardSection), ...(provisioning ? [provisioning] : [])],
    warnings: [
      ...report.stale.map(({ file, definition, why }) => ({ file, text: STALE[why](definition) })),
      ...report.unreadable.map(({ file, side, why }) => ({
        file,
        text: `cannot be read ${side} the change: ${why}`,
      })),
    ],
  };
}

const STALE = {
  edited: (definition: string) =>
    `was edited by hand since it was built from ${definition}; the next build undoes that`,
  missing: (definition: string) => `is missing; it is built from ${definition}`,
  stale: (definition: string) =>
    `is stale: ${definition} compiles to something else, so this diff does not show it`,
  unsure: (definition: string) =>
    `did not change though ${definition} did: right for a refactoring, stale if the build was forgotten (build --check tells)`,
} as const;

function summary({ dashboards, provisioning }: DiffReport): string {
  const heads = (['added', 'removed', 'changed'] as const).flatMap((kind) => {
    const count = dashboards.filter((diff) => diff.kind === kind).length;
    return count === 0 ? [] : [`${count} ${plural('dashboard', count)} ${kind}`];
  });
  const inside = dashboards.flatMap((diff) => (diff.kind === 'changed' ? diff.items : []));
  const counts = countChanges([...inside, ...provisioning]);
  if (heads.length === 0) return sayCounts(counts);
  return counts.size === 0 ? heads.join(', ') : `${heads.join(', ')}: ${sayCounts(counts)}`;
}
