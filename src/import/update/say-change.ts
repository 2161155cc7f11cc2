import type { Change, ItemDiff } from '../../diff/change.ts';
import { dashboardSection } from '../../diff/outline.ts';
import { plainLine } from '../../diff/print-text.ts';

/** A change in words, on one line: `unit: s → reqps`. */
export function sayChange(change: Change, refId?: string): string {
  const item = { name: refId ?? '' };
  const diff: ItemDiff = {
    kind: 'changed',
    of: refId === undefined ? 'panel' : 'query',
    before: item,
    after: item,
    changes: [change],
    items: [],
  };
  const whole = { ...diff, of: 'panel', changes: [], items: [diff] } as const;
  const outer: ItemDiff = {
    ...diff,
    of: 'dashboard',
    changes: [],
    items: [refId === undefined ? diff : whole],
  };
  const { blocks } = dashboardSection(outer);
  return blocks.flatMap(({ lines }) => lines.map(plainLine)).join('; ');
}
