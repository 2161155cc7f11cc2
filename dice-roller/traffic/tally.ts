/** What came of one request. */
export type Outcome =
  | { readonly kind: 'success'; readonly value: number }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable'; readonly message: string };

/** One request of a user. */
export interface Request {
  readonly kind: 'roll' | 'batch';
  readonly die: string;
  /** Rolls of a batch; 1 for a single roll. */
  readonly times: number;
}

/** Latencies that are kept for the percentiles: a fair sample when there were more. */
const sampleSize = 10_000;

interface Latencies {
  seen: number;
  max: number;
  readonly sample: number[];
}

/** Counts of a run. */
export interface Tally {
  add(request: Request, outcome: Outcome, seconds: number): void;
  /** Requests so far. */
  requests(): number;
  /** Requests so far that did not succeed. */
  errors(): number;
  /** Whether any answer came. */
  isReached(): boolean;
  /** The counts as text for people. */
  summary(elapsedSeconds: number): string;
}

/** Starts counting. */
export function createTally(random: () => number = Math.random): Tally {
  const outcomes = new Map<string, number>();
  const latencies = { roll: emptyLatencies(), batch: emptyLatencies() };
  const requests = () => [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  const errors = () => requests() - (outcomes.get('200') ?? 0);
  return {
    add: (request, outcome, seconds) => {
      const name = nameOf(outcome);
      outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
      addLatency(latencies[request.kind], seconds, random);
    },
    requests,
    errors,
    isReached: () => [...outcomes.keys()].some((name) => name !== 'unreachable'),
    summary: (elapsed) => {
      const share = requests() === 0 ? 0 : (100 * errors()) / requests();
      const counts = [...outcomes].sort().map(([name, count]) => `${name}: ${count}`);
      return [
        `requests  ${requests()} in ${elapsed.toFixed(1)} s (${(requests() / elapsed).toFixed(1)}/s)`,
        `errors    ${errors()} (${share.toFixed(1)} %)`,
        `answers   ${counts.join(', ') || 'none'}`,
        describe('/roll', latencies.roll),
        describe('/roll-async', latencies.batch),
      ].join('\n');
    },
  };
}

/** The value below which the share `q` (0 to 1) of the values lies, by the nearest rank; NaN without values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

function nameOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'success':
      return '200';
    case 'refused':
      return String(outcome.status);
    case 'timeout':
    case 'unreachable':
      return outcome.kind;
    default:
      return outcome satisfies never;
  }
}

function emptyLatencies(): Latencies {
  return { seen: 0, max: 0, sample: [] };
}

function addLatency(latencies: Latencies, seconds: number, random: () => number): void {
  latencies.seen += 1;
  latencies.max = Math.max(latencies.max, seconds);
  const slot = latencies.seen <= sampleSize ? latencies.seen - 1 : Math.floor(random() * latencies.seen);
  if (slot < sampleSize) latencies.sample[slot] = seconds;
}

function describe(route: string, { seen, max, sample }: Latencies): string {
  if (seen === 0) return `${route.padEnd(12)}no requests`;
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => `p${q * 100} ${milliseconds(quantile(sample, q))}`);
  return `${route.padEnd(12)}${seen} requests, ${p50}, ${p95}, ${p99}, max ${milliseconds(max)}`;
}

function milliseconds(seconds: number): string {
  return `${Math.round(seconds * 1000)} ms`;
}
