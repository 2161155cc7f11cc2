import { type Json, objectOf, objectsOf } from '../../diff/json.ts';
import { numberIn, REDUCERS } from './migrate-graph.ts';

const GONE = new Set(
  'cacheTimeout colorBackground colorPostfix colorPrefix colorValue colors decimals format gauge mappingType mappingTypes nullPointMode nullText postfix postfixFontSize prefix prefixFontSize rangeMaps sparkline tableColumn thresholds valueFontSize valueMaps valueName type options fieldConfig'.split(
    ' ',
  ),
);

/** The singlestat panel (gone since Grafana 8) as a stat, or as a gauge where it drew one. */
export function migrateSinglestat(panel: Json): Json {
  const kept = Object.fromEntries(Object.entries(panel).filter(([key]) => !GONE.has(key)));
  const gauge = objectOf(panel.gauge);
  const isGauge = gauge?.show === true;
  const calcs = [REDUCERS[String(panel.valueName)] ?? 'mean'];
  const [min, max] = isGauge ? [numberIn(gauge.minValue), numberIn(gauge.maxValue)] : [];
  return {
    ...kept,
    type: isGauge ? 'gauge' : 'stat',
    fieldConfig: {
      defaults: {
        ...(typeof panel.format === 'string' ? { unit: panel.format } : {}),
        ...(numberIn(panel.decimals) === undefined ? {} : { decimals: numberIn(panel.decimals) }),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        thresholds: thresholdsOf(panel),
        mappings: mappingsOf(panel),
        ...(typeof panel.nullText === 'string' && panel.nullText !== '' ? { noValue: panel.nullText } : {}),
      },
      overrides: [],
    },
    options: {
      reduceOptions: { calcs, fields: '', values: false },
      ...(isGauge
        ? {
            showThresholdMarkers: gauge.thresholdMarkers !== false,
            showThresholdLabels: gauge.thresholdLabels === true,
          }
        : {
            colorMode:
              panel.colorBackground === true ? 'background' : panel.colorValue === true ? 'value' : 'none',
            graphMode: objectOf(panel.sparkline)?.show === true ? 'area' : 'none',
          }),
    },
  };
}

/** `10,20` and three colours. */
function thresholdsOf({ thresholds, colors }: Json): Json {
  const values = typeof thresholds === 'string' ? thresholds.split(',').map(numberIn) : [];
  const names = Array.isArray(colors) ? colors.map(String) : ['green', 'orange', 'red'];
  const steps = [undefined, ...values].flatMap((value, index) =>
    index > 0 && value === undefined ? [] : [{ color: names[index] ?? 'red', value: value ?? null }],
  );
  return { mode: 'absolute', steps };
}

function mappingsOf({ valueMaps, rangeMaps, mappingType }: Json): Json[] {
  if (mappingType === 2)
    return objectsOf(rangeMaps).flatMap(({ from, to, text }) => {
      const [low, high] = [numberIn(from), numberIn(to)];
      if (low === undefined && high === undefined) return [];
      return [
        {
          type: 'range',
          options: { from: low ?? null, to: high ?? null, result: { text: String(text ?? '') } },
        },
      ];
    });
  return objectsOf(valueMaps).map(({ value, text }) =>
    value === 'null'
      ? { type: 'special', options: { match: 'null', result: { text: String(text ?? '') } } }
      : { type: 'value', options: { [String(value)]: { text: String(text ?? '') } } },
  );
}
