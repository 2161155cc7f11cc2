import type { Panel } from '../../model/dashboard.ts';
import type { Rule } from '../../model/rule.ts';
import { type ResultUnit, resultUnit } from '../../query/result-unit.ts';
import { checkExpressionsInPanels } from '../check-expressions.ts';

/** A panel shows numbers in another unit than its query gives: seconds as milliseconds, a rate as a size. */
export const queryUnitMismatch: Rule = {
  id: 'query-unit-mismatch',
  summary: 'The unit of a panel contradicts what its query measures',
  severity: 'style',
  fix: 'none',
  related: ['panel-unit-unknown'],
  check: checkExpressionsInPanels((expression, scope, { panel, query }) => {
    const { unit } = panel;
    const shown = unit === undefined ? undefined : KIND_OF_UNIT.get(unit);
    if (unit === undefined || !shown || !showsOneUnit(panel) || query.hidden) return [];
    const measured = resultUnit(scope, expression);
    if (!measured || fits(measured, unit, shown)) return [];
    const at = { file: panel.at.file, path: [...panel.path, 'fieldConfig', 'defaults', 'unit'] };
    return [
      {
        message: `Contradictory unit "${unit}": ${query.refId ? `query ${query.refId}` : 'its query'} gives ${described(measured)}, for which Grafana has ${rightUnits(measured)}`,
        at,
        span: expression.span,
      },
    ];
  }),
};

type Kind = 'time' | 'bytes' | 'bits' | 'byte rate' | 'bit rate' | 'rate' | 'percent';

/** Grafana's units of which is known what they show; all others fit everything. */
const UNITS: { readonly [kind in Kind]: string } = {
  time: 's ms µs ns m h d dtdurations dtdurationms clocks clockms dthms',
  bytes: 'bytes decbytes kbytes deckbytes mbytes decmbytes gbytes decgbytes',
  bits: 'bits decbits',
  'byte rate': 'Bps binBps KBs KiBs MBs MiBs GBs GiBs',
  'bit rate': 'bps binbps Kbits Mbits Gbits',
  rate: 'reqps ops rps wps iops cps mps eps pps rowsps',
  percent: 'percent percentunit',
};

const KIND_OF_UNIT = new Map(
  Object.entries(UNITS).flatMap(([kind, units]) =>
    units.split(' ').map((unit): [string, Kind] => [unit, kind as Kind]),
  ),
);

const TIME_IN_SECONDS = new Set(['s', 'dtdurations', 'clocks', 'dthms']);

function fits({ of, perSecond }: ResultUnit, unit: string, shown: Kind): boolean {
  switch (of) {
    case 'seconds':
      return shown === 'time' && TIME_IN_SECONDS.has(unit);
    case 'bytes':
      // Sizes in kilobytes and so on are plain numbers times a thousand: what is given are bytes.
      return perSecond ? unit === 'Bps' || unit === 'binBps' : unit === 'bytes' || unit === 'decbytes';
    case 'events':
      return shown === 'rate';
    default:
      return of satisfies never;
  }
}

function described({ of, perSecond }: ResultUnit): string {
  return perSecond ? `${of} per second` : of;
}

function rightUnits({ of, perSecond }: ResultUnit): string {
  if (of === 'seconds') return '"s"';
  if (of === 'bytes') return perSecond ? '"Bps" and "binBps"' : '"bytes" and "decbytes"';
  return '"reqps", "ops" and "cps"';
}

/** Neither overrides nor transformations give some of the values another unit. */
function showsOneUnit({ type, json }: Panel): boolean {
  if (!['timeseries', 'stat', 'gauge', 'bargauge'].includes(type)) return false;
  if (Array.isArray(json.transformations) && json.transformations.length > 0) return false;
  return !JSON.stringify((json.fieldConfig as { overrides?: unknown } | undefined)?.overrides ?? []).includes(
    '"unit"',
  );
}
