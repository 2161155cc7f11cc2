import { UNITS } from './known-units.ts';
import { count, currency, plain, SI, SI_START, si, type UnitFormat } from './unit-format.ts';

/**
 * How Grafana writes a unit, given as in `fieldConfig.defaults.unit`: one of its ids, a custom unit such as
 * `suffix:rolls`, or any other text, which stands behind the number as it is.
 */
export function unitFormat(unit: string | undefined): UnitFormat {
  if (!unit) return plain('');
  if (Object.hasOwn(UNITS, unit)) return UNITS[unit] ?? plain(unit);
  const colon = unit.indexOf(':');
  return (colon > 0 ? customUnit(unit.slice(0, colon), unit.slice(colon + 1)) : undefined) ?? plain(unit);
}

function customUnit(kind: string, rest: string): UnitFormat | undefined {
  switch (kind) {
    case 'prefix':
      return { kind: 'plain', symbol: rest, inFront: true };
    case 'suffix':
      return plain(rest);
    case 'si': {
      const power = SI.indexOf(rest.charAt(0).normalize('NFKD').replace('μ', 'µ'));
      return power < 0 || power === SI_START ? si(rest) : si(rest.slice(1), power - SI_START);
    }
    case 'count':
      return count(rest);
    case 'currency':
      return currency(rest.replace(/^financial:/, ''));
    case 'time':
      return { kind: 'date' };
    case 'bool': {
      const [yes = '', no = '-'] = rest.split('/');
      return { kind: 'boolean', yes, no };
    }
    default:
      return undefined;
  }
}
