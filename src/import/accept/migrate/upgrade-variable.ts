import { type Json, objectOf, textOf } from '../../../diff/json.ts';

/** A variable as Grafana has it after loading a dashboard of a schema version. */
export function upgradeVariable(variable: Json, version: number): Json {
  let made = variable;
  if (version < 6 && (made.type === undefined || made.type === 'filter')) made = { ...made, type: 'query' };
  if (version < 12) made = withHide(made);
  if (version < 23) made = withCurrent(made);
  if (version < 27 && made.type === 'constant') made = withConstant(made);
  if (version < 29 && made.type === 'query' && made.refresh !== 1 && made.refresh !== 2)
    made = { ...made, refresh: 1 };
  const { useTags, hideVariable, hideLabel, allFormat, multiFormat, ...rest } = made;
  return version < 28 ? rest : made;
}

function withHide(variable: Json): Json {
  const hide = variable.hideVariable ? 2 : variable.hideLabel ? 1 : variable.hide;
  return {
    ...variable,
    ...(hide === undefined ? {} : { hide }),
    ...(typeof variable.refresh === 'boolean' ? { refresh: variable.refresh ? 1 : 0 } : {}),
  };
}

/** Of several values is a list, of one is none. */
function withCurrent(variable: Json): Json {
  const current = objectOf(variable.current);
  if (!current || typeof variable.multi !== 'boolean' || Object.keys(current).length === 0) return variable;
  const aligned = (value: unknown) => {
    if (variable.multi) return Array.isArray(value) || value === undefined ? value : [value];
    return Array.isArray(value) ? value[0] : value;
  };
  return { ...variable, current: { ...current, text: aligned(current.text), value: aligned(current.value) } };
}

/** A constant that was shown was one to write in. */
function withConstant(variable: Json): Json {
  const query = textOf(variable.query) ?? '';
  const isShown = (variable.hide ?? 0) === 0 || variable.hide === 1;
  return {
    ...variable,
    current: { selected: true, text: query, value: query },
    ...(isShown ? { type: 'textbox' } : {}),
  };
}
