import type { Code } from '../code/code.ts';
import { flat } from '../code/print-code.ts';
import { nameFrom } from './panel-key.ts';

/** A name for a value by what it says: `redFrom80`, `tableLegend`, `sharedTooltip`; otherwise that of its method. */
export function valueName(method: string, value: Code): string {
  const line = flat(value);
  switch (method) {
    case 'thresholds':
      return thresholdsName(line) || method;
    case 'legend':
      return `${word(line, LEGENDS)}Legend${/LegendPlacement\.Right/.test(line) ? 'Right' : ''}${width(line)}`;
    case 'tooltip':
      return `${word(line, TOOLTIPS)}Tooltip`;
    case 'reduceOptions': {
      const [, calc] = /calcs\(\['(\w+)'\]\)/.exec(line) ?? [];
      return calc === undefined ? method : `${calc}Only`;
    }
    case 'stacking': {
      const [, mode = ''] = /StackingMode\.(\w+)/.exec(line) ?? [];
      return `${mode.toLowerCase()}Stacking`;
    }
    case 'colorScheme': {
      const [, mode = '', color = ''] =
        /ColorModeId\.(\w+)\)(?:\.fixedColor\('([\w-]+)'\))?/.exec(line) ?? [];
      return nameFrom(`${mode} ${color}`) || method;
    }
    default:
      return method;
  }
}

type Words = readonly (readonly [RegExp, string])[];

const LEGENDS: Words = [
  [/showLegend\(false\)|Mode\.Hidden/, 'hidden'],
  [/LegendDisplayMode\.Table/, 'table'],
];
const TOOLTIPS: Words = [
  [/TooltipDisplayMode\.None/, 'hidden'],
  [/SortOrder\.Descending/, 'descending'],
  [/SortOrder\.Ascending/, 'ascending'],
  [/TooltipDisplayMode\.Multi/, 'shared'],
];

function word(line: string, words: Words): string {
  return words.find(([pattern]) => pattern.test(line))?.[1] ?? (words === LEGENDS ? 'list' : 'single');
}

function width(line: string): string {
  const [, pixels] = /\.width\((\d+)\)/.exec(line) ?? [];
  return pixels === undefined ? '' : `Of${pixels}`;
}

/** The steps above the lowest, where they are few: `redFrom80`, or `thresholdsAt80And90` for colours without names. */
function thresholdsName(line: string): string {
  const steps = [...line.matchAll(/\{ color: '([^']*)', value: (-?[\d.]+) \}/g)];
  if (steps.length === 0 || steps.length > 2) return '';
  const unit = /ThresholdsMode\.Percentage/.test(line) ? ' percent' : '';
  const values = steps.map(([, , value = '']) => value.replace('-', 'minus ').replace('.', ' point '));
  const hasNames = steps.every(([, color = '']) => /^[a-z-]+$/.test(color));
  const words = hasNames
    ? steps.map(([, color], index) => `${color} from ${values[index]}`).join(' ')
    : `thresholds at ${values.join(' and ')}`;
  return nameFrom(`${words}${unit}`);
}
