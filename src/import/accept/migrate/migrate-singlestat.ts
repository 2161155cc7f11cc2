import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import { given, type Migration, numberIn, panelName, reducerOf } from './migration.ts';
import { valueMappings } from './value-mappings.ts';

/** What only the singlestat panel understood. */
export const SINGLESTAT_ONLY = new Set(
  'colorBackground colorPostfix colorPrefix colorValue colors decimals format gauge mappingType mappingTypes nullPointMode nullText postfix postfixFontSize prefix prefixFontSize rangeMaps sparkline tableColumn thresholds valueFontSize valueMaps valueName type options fieldConfig'.split(
    ' ',
  ),
);

/**
 * The singlestat panel (gone since Grafana 8) as a stat, or as a gauge where it drew one: so did Grafana up to version
 * 11; since then it makes a stat of those too.
 */
export function migrateSinglestat(panel: Json, { dropped }: Migration): Json {
  const kept = Object.fromEntries(Object.entries(panel).filter(([key]) => !SINGLESTAT_ONLY.has(key)));
  for (const key of ['prefix', 'postfix'])
    if (textOf(panel[key])?.trim())
      dropped.add(`Setting \`${key}\` of singlestat`, 'dropped', panelName(panel));
  const gauge = objectOf(panel.gauge);
  const isGauge = gauge?.show === true;
  const isColored = isGauge || panel.colorBackground === true || panel.colorValue === true;
  const thresholds = thresholdsOf(panel, isColored);
  return {
    ...kept,
    type: isGauge ? 'gauge' : 'stat',
    fieldConfig: {
      defaults: {
        ...given({ unit: textOf(panel.format), decimals: numberIn(panel.decimals) }),
        ...(isGauge ? given({ min: numberIn(gauge.minValue), max: numberIn(gauge.maxValue) }) : {}),
        thresholds,
        mappings: mappingsOf(panel, thresholds),
        ...given({ noValue: textOf(panel.nullText) }),
        ...(panel.nullPointMode === 'null as zero' ? { nullValueMode: 'null as zero' } : {}),
        ...(isColored ? {} : lineColorOf(objectOf(panel.sparkline))),
      },
      overrides: [],
    },
    options: {
      reduceOptions: {
        calcs: [reducerOf(panel.valueName) ?? 'mean'],
        fields: textOf(panel.tableColumn) ? `/^${panel.tableColumn}$/` : '',
        values: false,
      },
      orientation: 'horizontal',
      ...(isGauge
        ? {
            showThresholdMarkers: gauge.thresholdMarkers !== false,
            showThresholdLabels: gauge.thresholdLabels === true,
          }
        : {
            colorMode:
              panel.colorBackground === true ? 'background' : panel.colorValue === true ? 'value' : 'none',
            graphMode: objectOf(panel.sparkline)?.show === true ? 'area' : 'none',
            ...(panel.valueName === 'name' ? { textMode: 'name' } : {}),
          }),
    },
  };
}

/** `10,20` and three colours; where nothing shows them they are not worth a line. */
function thresholdsOf({ thresholds, colors }: Json, isColored: boolean): Json {
  const values = typeof thresholds === 'string' ? thresholds.split(',').map(numberIn) : [];
  const names = isColored && Array.isArray(colors) ? colors.map(String) : ['green', 'orange', 'red'];
  const steps = [undefined, ...values].flatMap((value, index) =>
    index > 0 && value === undefined ? [] : [{ color: names[index] ?? 'red', value: value ?? null }],
  );
  return { mode: 'absolute', steps };
}

/** Without a background or a coloured value the line in the background kept its colour. */
function lineColorOf(sparkline: Json | undefined): Json {
  if (sparkline?.show !== true || textOf(sparkline.lineColor) === undefined) return {};
  return { color: { mode: 'fixed', fixedColor: sparkline.lineColor } };
}

function mappingsOf({ valueMaps, rangeMaps, mappingType }: Json, thresholds: Json): Json[] {
  const type = mappingType || (objectsOf(valueMaps).length > 0 ? 1 : 2);
  const old = type === 2 ? objectsOf(rangeMaps) : objectsOf(valueMaps);
  return valueMappings(
    old.map((one) => ({ ...one, type })),
    thresholds,
  );
}
