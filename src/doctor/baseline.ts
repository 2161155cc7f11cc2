import type { Finding } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';

/** Findings that an old tree is known to have, counted by file, rule and message: line numbers may change. */
export type Baseline = ReadonlyMap<string, number>;

/**
 * Reads a baseline: what `check --format json` printed when it was taken.
 *
 * @throws UsageError when the text is no such report
 */
export function readBaseline(text: string, name: string): Baseline {
  const counts = new Map<string, number>();
  try {
    const { findings } = JSON.parse(text) as { findings: { file: string; rule: string; message: string }[] };
    for (const { file, rule, message } of findings) count(counts, keyOf(file, rule, message));
  } catch {
    throw new UsageError(`${name} is no baseline: expected what \`panelproof check --format json\` prints`);
  }
  return counts;
}

/** The findings that the baseline does not have, or has fewer of. */
export function notInBaseline(
  findings: readonly Finding[],
  baseline: Baseline | undefined,
): readonly Finding[] {
  if (!baseline) return findings;
  const seen = new Map<string, number>();
  return findings.filter(({ at, rule, message }) => {
    const key = keyOf(at.file, rule, message);
    return count(seen, key) > (baseline.get(key) ?? 0);
  });
}

function keyOf(file: string, rule: string, message: string): string {
  return JSON.stringify([file, rule, message]);
}

function count(counts: Map<string, number>, key: string): number {
  const next = (counts.get(key) ?? 0) + 1;
  counts.set(key, next);
  return next;
}
