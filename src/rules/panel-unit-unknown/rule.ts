import * as units from '@grafana/grafana-foundation-sdk/units';
import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';

/** Units by the Foundation SDK's list, and older ids that Grafana still formats. */
const KNOWN = new Set<string>([
  ...Object.values(units).filter((unit) => typeof unit === 'string'),
  '',
  'none',
]);

/** Beginnings of units that carry their own text, as Grafana's `getValueFormat` reads them. */
const CUSTOM = /^(?:suffix|prefix|si|time|count|currency|bool):/;

/** A unit that Grafana does not know: it is shown as text behind the number, or not at all. */
export const panelUnitUnknown: Rule = {
  id: 'panel-unit-unknown',
  summary: 'A panel has a unit that Grafana does not know',
  severity: 'style',
  fix: 'none',
  check(workspace, report) {
    for (const { unit, at, path } of workspace.dashboards.flatMap(({ panels }) => panels)) {
      if (unit === undefined || KNOWN.has(unit) || CUSTOM.test(unit) || unit.includes('$')) continue;
      report({
        message: `Unknown unit "${unit}"${nearestHint(unit, [...KNOWN].filter(Boolean).sort())}; a text of your own is written "suffix:${unit}"`,
        at: { file: at.file, path: [...path, 'fieldConfig', 'defaults', 'unit'] },
      });
    }
  },
};
