import type { Instruments } from '../common/instruments.ts';
import { type DieLabel, dieLabel } from '../common/label-value.ts';
import { catalogue } from '../metrics.ts';

/** The dice that exist: those that ship with the service and those that die-service has confirmed. */
export interface KnownDice {
  /** Notes that a die exists; its counters exist with 0 from now on. */
  confirm(name: string): void;
  /** Notes that a die does not exist. */
  refute(name: string): void;
  /** The label value of a die: `unknown` for all that are not known, so that a client cannot make series. */
  label(name: string): DieLabel;
}

/** Starts with the dice that ship with the service. */
export function createKnownDice(
  names: readonly string[],
  instruments: Instruments<'dice-roller-stage4'>,
): KnownDice {
  const known = new Set<string>();
  const confirm = (name: string) => {
    // Only what the catalogue lists has a label of its own, so nothing else needs to be remembered.
    if (known.has(name) || dieLabel(name) === 'unknown') return;
    known.add(name);
    zeroCounters(dieLabel(name), instruments);
  };
  names.forEach(confirm);
  return {
    confirm,
    refute: (name) => {
      known.delete(name);
    },
    label: (name) => (known.has(name) ? dieLabel(name) : 'unknown'),
  };
}

function zeroCounters(die: DieLabel, instruments: Instruments<'dice-roller-stage4'>): void {
  const { dice_rolls_total, die_service_requests_total } = catalogue.metrics;
  for (const result of dice_rolls_total.labels.result) {
    instruments.dice_rolls_total.zero({ die_type: die, result });
    instruments.async_rolls_total.zero({ die_type: die, result });
    instruments.async_roll_batches_total.zero({ die_type: die, result });
  }
  for (const status of die_service_requests_total.labels.status) {
    instruments.die_service_requests_total.zero({ identifier: die, status });
  }
}
