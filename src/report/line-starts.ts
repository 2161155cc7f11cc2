import type { SourceFile } from '../model/source-file.ts';

const known = new WeakMap<SourceFile, readonly number[]>();

/** Offsets at which the lines of a file begin; found once, for a report may point into one file ten thousand times. */
export function lineStarts(file: SourceFile): readonly number[] {
  const found = known.get(file);
  if (found) return found;
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  known.set(file, starts);
  return starts;
}

/** Index of the last of some ascending offsets that is not above one. */
export function lineIndex(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
