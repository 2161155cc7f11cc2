import type { Dashboard } from '../../model/dashboard.ts';
import { nearestHint } from '../../model/nearest.ts';
import type { Rule } from '../../model/rule.ts';
import { inputsOf } from '../datasource-input-placeholder/dashboard-inputs.ts';
import { placeInText } from '../place-in-text.ts';
import { groupBy } from '../walked-dashboards.ts';
import { otherVariableUses, type VariableUse } from './variable-uses.ts';

/** Places that are named with a finding; the rest is counted. */
const MAX_RELATED = 5;

/** A variable that the dashboard does not have: Grafana leaves its name in the text and sends it as it is. */
export const variableUnknown: Rule = {
  id: 'variable-unknown',
  summary: 'A query or a text uses a variable that the dashboard does not have',
  severity: 'data',
  fix: 'none',
  related: ['datasource-input-placeholder'],
  check({ dashboards, files }, report) {
    for (const dashboard of dashboards)
      for (const [name, uses] of groupBy(unknownUses(dashboard), (use) => use.name)) {
        const [first, ...others] = uses.toSorted(
          (a, b) => Number(b.severity === 'data') - Number(a.severity === 'data'),
        );
        if (!first) continue;
        const places = others.length > 0 ? ` (in ${uses.length} places)` : '';
        report({
          severity: first.severity,
          message: `Unknown variable $${name}${nearestHint(name, namesOf(dashboard))}${places}`,
          at: placeInText(files, first.at, first.text, first.span),
          related: others.slice(0, MAX_RELATED).map(({ at }) => ({ at, message: 'uses it' })),
        });
      }
  },
};

function namesOf({ variables }: Dashboard): string[] {
  return variables.map(({ name }) => name);
}

function unknownUses(dashboard: Dashboard): VariableUse[] {
  // Inputs that nothing fills in have a rule of their own.
  const known = new Set([...namesOf(dashboard), ...inputsOf(dashboard).map(({ name }) => name)]);
  return otherVariableUses(dashboard, known);
}
