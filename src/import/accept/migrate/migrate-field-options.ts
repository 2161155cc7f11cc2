import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import { given, numberIn, reducerOf } from './migration.ts';
import { valueMappings } from './value-mappings.ts';

const TYPES = new Set(['stat', 'gauge', 'bargauge', 'singlestat2']);

/**
 * A stat, gauge or bar gauge of before Grafana 7, whose options held `fieldOptions` or `valueOptions`, with the fields'
 * settings where they are now. Grafana does it by the panel's `pluginVersion`; here the old options tell.
 */
export function migrateFieldOptions(panel: Json): Json {
  const options = objectOf(panel.options);
  if (!TYPES.has(String(panel.type)) || !options) return withPercentRange(panel);
  const {
    fieldOptions,
    valueOptions,
    thresholds,
    valueMappings: mappings,
    minValue,
    maxValue,
    ...rest
  } = options;
  const [fields, values] = [objectOf(fieldOptions), objectOf(valueOptions)];
  if (!fields && !values) return withPercentRange(panel);
  const { title, color, ...defaults } = objectOf(fields?.defaults) ?? {};
  const steps = stepsOf(defaults.thresholds ?? fields?.thresholds ?? thresholds);
  const own = objectOf(panel.fieldConfig);
  const calcs = fields?.calcs ?? (values && [reducerOf(values.stat) ?? 'mean']);
  return withPercentRange({
    ...panel,
    type: panel.type === 'singlestat2' ? 'stat' : panel.type,
    options: {
      ...rest,
      reduceOptions: given({ values: fields?.values, limit: fields?.limit, calcs }),
    },
    fieldConfig: {
      defaults: {
        ...objectOf(own?.defaults),
        ...given({ unit: values?.unit, decimals: values?.decimals }),
        ...given({ min: numberIn(minValue), max: numberIn(maxValue) }),
        ...defaults,
        ...given({ displayName: textOf(title) }),
        ...(color === undefined
          ? {}
          : { color: textOf(color) ? { mode: 'fixed', fixedColor: color } : color }),
        ...(steps ? { thresholds: steps } : {}),
        mappings: valueMappings(objectsOf(defaults.mappings ?? fields?.mappings ?? mappings), steps),
      },
      overrides: [...objectsOf(own?.overrides), ...objectsOf(fields?.overrides)],
    },
  });
}

/** Before Grafana 6.6 a list, whose first step counted as the lowest. */
function stepsOf(thresholds: unknown): Json | undefined {
  if (objectOf(thresholds)) return objectOf(thresholds);
  const steps = objectsOf(thresholds).map(({ color, value }) => ({ color, value: numberIn(value) ?? null }));
  if (steps.length === 0) return undefined;
  const sorted = steps.toSorted((a, b) => (a.value ?? -Infinity) - (b.value ?? -Infinity));
  return {
    mode: 'absolute',
    steps: sorted.map((step, index) => (index === 0 ? { ...step, value: null } : step)),
  };
}

/** Before Grafana 8 percentages went from 0 to 100 of themselves; a panel that names no version counts as one of 6.1. */
function withPercentRange(panel: Json): Json {
  const version = Number.parseFloat(textOf(panel.pluginVersion) || '6.1');
  const fieldConfig = objectOf(panel.fieldConfig);
  const defaults = objectOf(fieldConfig?.defaults);
  if (!TYPES.has(String(panel.type)) || !(version < 8) || !defaults) return panel;
  const top = defaults.unit === 'percent' ? 100 : defaults.unit === 'percentunit' ? 1 : undefined;
  if (top === undefined) return panel;
  const range = { min: numberIn(defaults.min) ?? 0, max: numberIn(defaults.max) ?? top };
  return { ...panel, fieldConfig: { ...fieldConfig, defaults: { ...defaults, ...range } } };
}
