import type { Dashboard, Variable } from '../../model/dashboard.ts';
import { object, text } from '../field/json.ts';
import { ALL, type VariableValues } from './interpolate.ts';

/** What the variables of a dashboard hold: as chosen, otherwise as the file says, otherwise their first value or all. */
export function variableValues(
  dashboard: Dashboard,
  chosen: ReadonlyMap<string, readonly string[]>,
): VariableValues {
  const list = dashboard.json.templating as { list?: readonly unknown[] } | undefined;
  return new Map(
    dashboard.variables.map((variable) => {
      const at = variable.at.path?.at(-1);
      const json = object(typeof at === 'number' ? list?.list?.[at] : undefined);
      const values = chosen.get(variable.name) ?? variable.current;
      return [
        variable.name,
        {
          values: allReplaced(values, variable, text(json.allValue)),
          isMulti: variable.multi || variable.includeAll,
        },
      ];
    }),
  );
}

/** The values between which a page lets its reader choose. */
export function choices(variable: Variable): readonly string[] {
  const written = variable.options.filter((option) => option !== '$__all');
  const values =
    written.length > 0
      ? written
      : variable.type === 'custom' || variable.type === 'interval'
        ? (variable.query ?? '')
            .split(',')
            .map((each) => (each.split(' : ')[1] ?? each).trim())
            .filter((each) => each !== '')
        : [];
  return [...new Set(values)];
}

function allReplaced(
  values: readonly string[],
  variable: Variable,
  allValue: string | undefined,
): readonly string[] {
  const known = choices(variable);
  if (values.includes('$__all') || (values.length === 0 && variable.includeAll)) return [allValue ?? ALL];
  if (values.length > 0 && values[0] !== '') return values;
  if (variable.type === 'textbox' || variable.type === 'constant') return [variable.query ?? ''];
  return [known[0] ?? (variable.multi ? ALL : '')];
}
