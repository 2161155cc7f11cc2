import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import { valueMappings } from './value-mappings.ts';

/** Value mappings of the fields and of overrides in their form of today. */
export function withMappings(panel: Json): Json {
  const fieldConfig = objectOf(panel.fieldConfig);
  const defaults = objectOf(fieldConfig?.defaults);
  if (!fieldConfig) return panel;
  const mapped = (property: Json) =>
    property.id === 'mappings' ? { ...property, value: valueMappings(objectsOf(property.value)) } : property;
  return {
    ...panel,
    fieldConfig: {
      ...fieldConfig,
      ...(defaults && Array.isArray(defaults.mappings)
        ? {
            defaults: {
              ...defaults,
              mappings: valueMappings(objectsOf(defaults.mappings), defaults.thresholds),
            },
          }
        : {}),
      ...withProperties(fieldConfig, mapped),
    },
  };
}

/** A hidden axis of the values hides that of the time too, since it can. */
export function withXAxis(panel: Json): Json {
  const fieldConfig = objectOf(panel.fieldConfig);
  const { axisPlacement } = objectOf(objectOf(fieldConfig?.defaults)?.custom) ?? {};
  if (panel.type !== 'timeseries' || axisPlacement !== 'hidden') return panel;
  const shown = {
    matcher: { id: 'byType', options: 'time' },
    properties: [{ id: 'custom.axisPlacement', value: 'auto' }],
  };
  return {
    ...panel,
    fieldConfig: { ...fieldConfig, overrides: [...objectsOf(fieldConfig?.overrides), shown] },
  };
}

/** How a cell shows its value was one word. */
export function withCells(panel: Json): Json {
  const fieldConfig = objectOf(panel.fieldConfig);
  if (panel.type !== 'table' || !fieldConfig) return panel;
  const defaults = objectOf(fieldConfig.defaults);
  const { displayMode, ...custom } = objectOf(defaults?.custom) ?? {};
  return {
    ...panel,
    fieldConfig: {
      ...fieldConfig,
      ...(displayMode === undefined
        ? {}
        : { defaults: { ...defaults, custom: { ...custom, cellOptions: cellOptions(displayMode) } } }),
      ...withProperties(fieldConfig, (property) =>
        property.id === 'custom.displayMode'
          ? { id: 'custom.cellOptions', value: cellOptions(property.value) }
          : property,
      ),
    },
  };
}

function cellOptions(displayMode: unknown): Json {
  switch (displayMode) {
    case 'basic':
    case 'gradient-gauge':
    case 'lcd-gauge':
      return {
        type: 'gauge',
        mode: displayMode === 'basic' ? 'basic' : displayMode === 'lcd-gauge' ? 'lcd' : 'gradient',
      };
    case 'color-background':
    case 'color-background-solid':
      return { type: 'color-background', mode: displayMode === 'color-background' ? 'gradient' : 'basic' };
    default:
      return { type: displayMode };
  }
}

/** Overrides with each property changed. */
function withProperties(fieldConfig: Json, change: (property: Json) => Json): Json {
  if (!Array.isArray(fieldConfig.overrides)) return {};
  return {
    overrides: objectsOf(fieldConfig.overrides).map((override) =>
      Array.isArray(override.properties)
        ? { ...override, properties: objectsOf(override.properties).map(change) }
        : override,
    ),
  };
}
