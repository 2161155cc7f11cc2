import { type Json, objectOf } from '../../../diff/json.ts';
import type { V2Context } from './context.ts';
import { classicQuery, textOrQuery } from './data-query.ts';

/** Kinds of variables and what the classic form calls them. */
const TYPES: Readonly<Record<string, string>> = {
  AdhocVariable: 'adhoc',
  ConstantVariable: 'constant',
  CustomVariable: 'custom',
  DatasourceVariable: 'datasource',
  GroupByVariable: 'groupby',
  IntervalVariable: 'interval',
  QueryVariable: 'query',
  SwitchVariable: 'switch',
  TextVariable: 'textbox',
};

/** Words of v2 whose place in the list is the number of the classic form. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  hide: ['dontHide', 'hideLabel', 'hideVariable', 'inControlsMenu'],
  refresh: ['never', 'onDashboardLoad', 'onTimeRangeChanged'],
  sort: [
    ...['disabled', 'alphabeticalAsc', 'alphabeticalDesc', 'numericalAsc', 'numericalDesc'],
    ...['alphabeticalCaseInsensitiveAsc', 'alphabeticalCaseInsensitiveDesc', 'naturalAsc', 'naturalDesc'],
  ],
};

/** A variable in its classic form; settings of the same name are the same in both. */
export function classicVariable(variable: Json, context: V2Context): readonly Json[] {
  const { name, origin, ...spec } = objectOf(variable.spec) ?? {};
  const kind = String(variable.kind);
  const type = Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  if (type === undefined) {
    context.losses.add(`Kind ${kind}`, 'left out', `variable "${String(name)}"`);
    return [];
  }
  context.losses.addRest({ origin }, `variable "${String(name)}"`);
  return [{ name, type, ...withNumbers(spec), ...ownOf(type, variable, context) }];
}

function withNumbers(spec: Json): Json {
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => {
      const number = (Object.hasOwn(NUMBERS, key) ? NUMBERS[key] : undefined)?.indexOf(String(value)) ?? -1;
      return [key, number < 0 ? value : number];
    }),
  );
}

/** What is said differently for a type. */
function ownOf(type: string, variable: Json, context: V2Context): Json {
  const spec = objectOf(variable.spec) ?? {};
  switch (type) {
    case 'query': {
      const { datasource, spec: query } = classicQuery(spec.query, spec.datasource, context);
      return { query: textOrQuery(query), datasource };
    }
    case 'adhoc':
    case 'groupby': {
      // They have no query: their type is the variable's own group, or stands in the datasource as in v2alpha1.
      const query = { group: variable.group, datasource: variable.datasource };
      return { datasource: classicQuery(query, spec.datasource, context).datasource };
    }
    case 'datasource':
      return { query: spec.pluginId, pluginId: undefined };
    case 'constant':
      // One that shows would be turned into a text box.
      return { hide: 2 };
    case 'switch':
      return switchOf(spec);
    default:
      return {};
  }
}

function switchOf({ current, enabledValue, disabledValue }: Json): Json {
  const option = (value: unknown) => ({ text: value, value, selected: value === current });
  return {
    query: '',
    current: { text: current, value: current },
    options: [option(enabledValue), option(disabledValue)],
    enabledValue: undefined,
    disabledValue: undefined,
  };
}
