/** Runs tasks, at most so many at once, the others in the order they came. */
export type Limit = <T>(task: () => Promise<T>) => Promise<T>;

/** Makes a limit that everything which shares it keeps together. */
export function limitTo(atOnce: number): Limit {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      // The place goes to the next in line, so that nobody who comes now can take it.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
