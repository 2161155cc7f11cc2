/** The value of a quoted string as Prometheus reads it; undefined for escapes that only Go has. */
export function unquoted(literal: string): string | undefined {
  const quote = literal[0];
  const inner = literal.slice(1, -1);
  if (quote === '`') return inner;
  if (!inner.includes('\\')) return inner;
  // JSON knows neither \a, \v, \x, octal escapes nor single quotes.
  const asJson = inner.replace(/\\(['"\\bfnrt]|u[\da-f]{4})|"|\\/gi, (found, escaped?: string) => {
    if (found === '"') return '\\"';
    return escaped === "'" ? "'" : found;
  });
  try {
    return JSON.parse(`"${asJson}"`) as string;
  } catch {
    return undefined;
  }
}

const SECONDS: { readonly [unit: string]: number | undefined } = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** Seconds of a duration such as `5m`, `1h30m` or `300`; undefined for anything else. */
export function durationSeconds(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (!/^(?:\d+(?:ms|[smhdwy]))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    seconds += Number(amount) * (SECONDS[unit] ?? 0);
  return seconds;
}

/** Seconds as people write them: `90s`, `1m`, `1h`. */
export function printDuration(seconds: number): string {
  for (const unit of ['d', 'h', 'm'])
    if (seconds >= (SECONDS[unit] ?? 1) && seconds % (SECONDS[unit] ?? 1) === 0)
      return `${seconds / (SECONDS[unit] ?? 1)}${unit}`;
  return seconds < 1 ? `${seconds * 1000}ms` : `${seconds}s`;
}
