import type { DurationUnit } from './format-duration.ts';

/** How the numbers of one unit are written. */
export type UnitFormat =
  /** The number and a fixed symbol. */
  | { readonly kind: 'plain'; readonly symbol: string; readonly inFront?: boolean }
  /** Divided by `factor` until it is short; `start` is where in `suffixes` the unit itself stands. */
  | {
      readonly kind: 'scaled';
      readonly factor: number;
      readonly suffixes: readonly string[];
      readonly start: number;
    }
  | { readonly kind: 'percent'; readonly times: number }
  | { readonly kind: 'currency'; readonly symbol: string; readonly behind: boolean }
  | { readonly kind: 'duration'; readonly unit: DurationUnit }
  | { readonly kind: 'boolean'; readonly yes: string; readonly no: string }
  | { readonly kind: 'locale' | 'scientific' | 'string' | 'date' }
  | { readonly kind: 'hexadecimal'; readonly prefix: string };

const SI = ['f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
const SI_START = SI.indexOf('');
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'];
const COUNT = ['', 'K', 'M', 'B', 'T'];

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

function plain(symbol: string): UnitFormat {
  return { kind: 'plain', symbol };
}

function si(symbol: string, power = 0): UnitFormat {
  return {
    kind: 'scaled',
    factor: 1000,
    suffixes: SI.map((prefix) => ` ${prefix}${symbol}`),
    start: SI_START + power,
  };
}

function binary(symbol: string, power = 0): UnitFormat {
  return {
    kind: 'scaled',
    factor: 1024,
    suffixes: BINARY.map((prefix) => ` ${prefix}${symbol}`),
    start: power,
  };
}

function count(symbol: string): UnitFormat {
  return { kind: 'scaled', factor: 1000, suffixes: COUNT.map((prefix) => `${prefix} ${symbol}`), start: 0 };
}

function currency(symbol: string, behind = false): UnitFormat {
  return { kind: 'currency', symbol, behind };
}

function duration(unit: DurationUnit): UnitFormat {
  return { kind: 'duration', unit };
}

/** The units of Grafana's unit picker that dashboards of services use, by id. */
const UNITS: Readonly<Record<string, UnitFormat>> = {
  none: plain(''),
  string: { kind: 'string' },
  short: {
    kind: 'scaled',
    factor: 1000,
    suffixes: ['', ' K', ' Mil', ' Bil', ' Tri', ' Quadr', ' Quint', ' Sext', ' Sept'],
    start: 0,
  },
  sishort: si(''),
  percent: { kind: 'percent', times: 1 },
  percentunit: { kind: 'percent', times: 100 },
  locale: { kind: 'locale' },
  sci: { kind: 'scientific' },
  hex: { kind: 'hexadecimal', prefix: '' },
  hex0x: { kind: 'hexadecimal', prefix: '0x' },
  bool: { kind: 'boolean', yes: 'True', no: 'False' },
  bool_yes_no: { kind: 'boolean', yes: 'Yes', no: 'No' },
  bool_on_off: { kind: 'boolean', yes: 'On', no: 'Off' },
  dateTimeAsIso: { kind: 'date' },
  dateTimeAsUS: { kind: 'date' },
  dateTimeAsLocal: { kind: 'date' },
  dateTimeAsSystem: { kind: 'date' },
  dateTimeFromNow: { kind: 'date' },
  ...Object.fromEntries(
    (
      [
        'ns',
        'µs',
        'ms',
        's',
        'm',
        'h',
        'd',
        'dtdurationms',
        'dtdurations',
        'dthms',
        'dtdhms',
        'timeticks',
        'clockms',
        'clocks',
      ] as const
    ).map((unit) => [unit, duration(unit)]),
  ),
  ...table(plain, {
    humidity: '%H',
    dB: 'dB',
    pixel: 'px',
    degree: '°',
    radian: 'rad',
    ppm: 'ppm',
    lux: 'lux',
    rotrpm: 'rpm',
    celsius: '°C',
    fahrenheit: '°F',
    farenheit: '°F',
    kelvin: 'K',
    velocityms: 'm/s',
    velocitykmh: 'km/h',
    velocitymph: 'mph',
    velocityknot: 'kn',
    pressurehpa: 'hPa',
    pressurekpa: 'kPa',
    m3: 'm³',
    gallons: 'gal',
    flowlpm: 'L/min',
    masst: 't',
  }),
  ...table(count, {
    cps: 'c/s',
    ops: 'ops/s',
    reqps: 'req/s',
    rps: 'rd/s',
    wps: 'wr/s',
    iops: 'io/s',
    eps: 'evt/s',
    mps: 'msg/s',
    recps: 'rec/s',
    rowsps: 'rows/s',
    cpm: 'c/m',
    opm: 'ops/m',
    reqpm: 'req/m',
    rpm: 'rd/m',
    wpm: 'wr/m',
    epm: 'evts/m',
    mpm: 'msgs/m',
    recpm: 'rec/m',
    rowspm: 'rows/m',
  }),
  ...table(si, {
    decbytes: 'B',
    decbits: 'b',
    pps: 'p/s',
    Bps: 'B/s',
    bps: 'b/s',
    flops: 'FLOPS',
    watt: 'W',
    watth: 'Wh',
    joule: 'J',
    amp: 'A',
    volt: 'V',
    ohm: 'Ω',
    hertz: 'Hz',
    rothz: 'Hz',
    massg: 'g',
    lengthm: 'm',
    litre: 'L',
    Hs: 'H/s',
    pressurebar: 'bar',
    pressurepa: 'Pa',
    forceN: 'N',
    lumens: 'Lm',
    candela: 'cd',
    dBm: 'dBm',
    voltamp: 'VA',
  }),
  ...powers(si, 'B', ['deckbytes', 'decmbytes', 'decgbytes', 'dectbytes', 'decpbytes']),
  ...powers(si, 'B/s', ['KBs', 'MBs', 'GBs', 'TBs', 'PBs']),
  ...powers(si, 'b/s', ['Kbits', 'Mbits', 'Gbits', 'Tbits', 'Pbits']),
  ...powers(si, 'W', ['kwatt', 'megwatt', 'gwatt']),
  ...powers(si, 'm', ['lengthkm']),
  ...powers(si, 'g', ['masskg']),
  ...powers(si, 'Hz', ['rotkhz', 'rotmhz', 'rotghz']),
  ...table(binary, { bytes: 'B', bits: 'b', binBps: 'B/s', binbps: 'b/s' }),
  ...powers(binary, 'B', ['kbytes', 'mbytes', 'gbytes', 'tbytes', 'pbytes']),
  ...powers(binary, 'B/s', ['KiBs', 'MiBs', 'GiBs', 'TiBs', 'PiBs']),
  ...powers(binary, 'b/s', ['Kibits', 'Mibits', 'Gibits', 'Tibits', 'Pibits']),
  mwatt: si('W', -1),
  mamp: si('A', -1),
  mvolt: si('V', -1),
  lengthmm: si('m', -1),
  massmg: si('g', -1),
  mlitre: si('L', -1),
  ...table(currency, {
    currencyUSD: '$',
    currencyGBP: '£',
    currencyEUR: '€',
    currencyJPY: '¥',
    currencyINR: '₹',
    currencyBRL: 'R$',
    currencyCHF: 'CHF',
    currencyPLN: 'PLN',
    currencyKRW: '₩',
    currencyBTC: '฿',
    currencyZAR: 'R',
  }),
  ...table((symbol) => currency(symbol, true), {
    currencyDKK: 'kr',
    currencyISK: 'kr',
    currencyNOK: 'kr',
    currencySEK: 'kr',
    currencyTRY: '₺',
    currencyVND: 'đ',
  }),
};

function table(
  make: (symbol: string) => UnitFormat,
  symbols: Readonly<Record<string, string>>,
): Record<string, UnitFormat> {
  return Object.fromEntries(Object.entries(symbols).map(([id, symbol]) => [id, make(symbol)]));
}

/** Units that stand for a power of another: the first id is one step up, the next two, and so on. */
function powers(
  make: (symbol: string, power: number) => UnitFormat,
  symbol: string,
  ids: readonly string[],
): Record<string, UnitFormat> {
  return Object.fromEntries(ids.map((id, index) => [id, make(symbol, index + 1)]));
}
