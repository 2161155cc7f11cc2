import type { Rule } from '../../model/rule.ts';
import { valueAt } from '../../model/value-at.ts';
import { OPTION_LIMITS } from './option-limits.ts';

/** The limits by visualization, with the keys that lead to each option. */
const LIMITS = new Map(
  Object.entries(OPTION_LIMITS).map(([type, limits]) => [
    type,
    Object.entries(limits ?? {}).map(([option, limit]) => ({ option, path: option.split('.'), limit })),
  ]),
);

/** An option with a value that its control in Grafana cannot have. */
export const panelOptionInvalid: Rule = {
  id: 'panel-option-invalid',
  summary: 'A panel option is outside the values that Grafana offers',
  severity: 'style',
  fix: 'none',
  check(workspace, report) {
    for (const panel of workspace.dashboards.flatMap(({ panels }) => panels))
      for (const { option, path, limit } of LIMITS.get(panel.type) ?? []) {
        const value = valueAt(panel.json, path);
        if (value === undefined || value === null) continue;
        const isRight =
          'values' in limit
            ? (limit.values as readonly unknown[]).includes(value)
            : typeof value === 'number' && value >= limit.least && value <= limit.most;
        if (isRight) continue;
        const expected =
          'values' in limit ? `one of ${limit.values.join(', ')}` : `from ${limit.least} to ${limit.most}`;
        report({
          message: `Expected \`${option}\` of panel "${panel.title}" to be ${expected}, found ${JSON.stringify(value)}`,
          at: { file: panel.at.file, path: [...panel.path, ...path] },
        });
      }
  },
};
