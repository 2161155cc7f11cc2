import { type ChainCall, type Code, call, chain, text } from '../code/code.ts';
import type { Names } from '../code/names.ts';
import { flat } from '../code/print-code.ts';
import type { Shared, SharedFunction } from './shared.ts';
import type { WrittenPanel } from './write-panel.ts';

/** What people call panels of a type. */
const WORDS: Readonly<Record<string, string>> = {
  annotationslist: 'annotationsList',
  barchart: 'barChart',
  bargauge: 'barGauge',
  dashboardlist: 'dashboardList',
  nodegraph: 'nodeGraph',
  piechart: 'pieChart',
  statetimeline: 'stateTimeline',
  statushistory: 'statusHistory',
  timeseries: 'graph',
  xychart: 'xyChart',
};

/** What belongs to one panel, however many say it alike. */
const OWN = new Set(
  'id title description datasource unit decimals withTarget repeat withTransformation withOverride'.split(
    ' ',
  ),
);

/**
 * Writes what panels of a type share once: the calls that at least half of them have become a function, which those
 * that have all of them use; then the same with the rest.
 */
export function shareCalls(panels: readonly WrittenPanel[], names: Names): Shared {
  const functions: SharedFunction[] = [];
  const codes = new Map<WrittenPanel, Code>();
  for (const type of new Set(panels.map((panel) => panel.package))) {
    let left = panels.filter((panel) => panel.package === type && panel.calls.some(isTitle));
    for (let round = 0; round < 3 && left.length > 1; round++) {
      const common = commonCalls(left);
      const sharing = left.filter((panel) => hasAll(panel, common));
      if (common.length === 0 || sharing.length < 2) break;
      const [first] = sharing;
      if (!first) break;
      const name = names.define(
        Object.hasOwn(WORDS, first.package) ? (WORDS[first.package] ?? '') : first.package,
      );
      functions.push({
        name,
        parameter: 'title',
        type: first.head.kind === 'call' ? first.head.callee : '',
        body: chain(first.head, [{ name: 'title', args: [text('title')] }, ...common]),
      });
      const shared = new Set(common.map(keyOf));
      for (const panel of sharing) {
        const title = panel.calls.find(isTitle)?.args ?? [];
        const own = panel.calls.filter((one) => !isTitle(one) && !shared.has(keyOf(one)));
        codes.set(panel, chain(call(name, ...title), own));
      }
      left = left.filter((panel) => !sharing.includes(panel));
    }
  }
  return {
    functions,
    values: [],
    panels: panels.map((panel) => [
      panel.key,
      panel.wrap(codes.get(panel) ?? chain(panel.head, panel.calls)),
    ]),
  };
}

function commonCalls(panels: readonly WrittenPanel[]): ChainCall[] {
  const counts = new Map<string, { call: ChainCall; count: number }>();
  for (const { calls } of panels)
    for (const one of calls)
      if (!OWN.has(one.name)) {
        const key = keyOf(one);
        counts.set(key, { call: one, count: (counts.get(key)?.count ?? 0) + 1 });
      }
  return [...counts.values()]
    .filter(({ count }) => count > 1 && count >= panels.length / 2)
    .map(({ call: one }) => one);
}

function hasAll(panel: WrittenPanel, common: readonly ChainCall[]): boolean {
  const own = new Set(panel.calls.map(keyOf));
  return common.every((one) => own.has(keyOf(one)));
}

function isTitle({ name }: ChainCall): boolean {
  return name === 'title';
}

function keyOf({ name, args }: ChainCall): string {
  return `${name}(${args.map(flat).join(', ')})`;
}
