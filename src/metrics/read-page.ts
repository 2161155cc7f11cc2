import { UsageError } from '../model/usage-error.ts';
import {
  type Described,
  gatherFamilies,
  type Sample,
  WRITTEN_TYPES,
  withoutSeries,
} from './metric-family.ts';
import type { Seen } from './to-catalogue.ts';

/**
 * Reads a page of metrics in Prometheus' text format or OpenMetrics.
 *
 * @throws UsageError naming the line that is neither a comment nor a sample
 */
export function readPage(text: string, from: string): Pick<Seen, 'families' | 'withoutSeries'> {
  const described = new Map<string, Described>();
  const samples: Sample[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.startsWith('#')) describe(described, line);
    else if (line.trim() !== '') samples.push(readSample(line, `${from}:${index + 1}`));
  }
  if (samples.length === 0)
    throw new UsageError(`${from}: expected a page of metrics, found no sample in it`);
  // Each counter and histogram of some clients has its time of creation beside it.
  const counted = samples.filter(({ name }) => !isCreated(name, described));
  const families = gatherFamilies(counted, described, false);
  return { families, withoutSeries: withoutSeries(described, families) };
}

function isCreated(name: string, described: ReadonlyMap<string, Described>): boolean {
  const base = /^(.+)_created$/.exec(name)?.[1];
  return base !== undefined && (described.has(base) || described.has(`${base}_total`));
}

/** `# TYPE name counter`, `# HELP name text`, `# UNIT name seconds`; other comments say nothing. */
function describe(described: Map<string, Described>, line: string): void {
  const [, keyword, quoted, plain, rest = ''] =
    /^#\s*(TYPE|HELP|UNIT)\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))\s?(.*)$/.exec(line) ?? [];
  const name = quoted ?? plain;
  if (name === undefined) return;
  const before = described.get(name) ?? { type: undefined, help: '', unit: undefined };
  if (keyword === 'TYPE') described.set(name, { ...before, type: WRITTEN_TYPES[rest.trim()] });
  else if (keyword === 'HELP') described.set(name, { ...before, help: unescaped(rest) });
  else described.set(name, { ...before, unit: rest.trim() || undefined });
}

function readSample(line: string, at: string): Sample {
  const [head, plain = ''] = /^\s*([a-zA-Z_:][\w:]*)?\s*/.exec(line) ?? ['', ''];
  const labels: Record<string, string> = {};
  let rest = line.slice(head.length);
  let name = plain;
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    const LABEL = /^\s*(?:"((?:[^"\\]|\\.)*)"|([a-zA-Z_][\w.:]*))\s*(?:=\s*"((?:[^"\\]|\\.)*)")?\s*,?/;
    for (let match = LABEL.exec(rest); match; match = LABEL.exec(rest)) {
      const [found, quoted, bare, value] = match;
      const label = unescaped(quoted ?? bare ?? '');
      // A name in quotes stands among the labels, without a value.
      if (value === undefined) name = label;
      else labels[label] = unescaped(value);
      rest = rest.slice(found.length);
    }
    if (!/^\s*\}/.test(rest)) throw notASample(line, at);
    rest = rest.replace(/^\s*\}/, '');
  }
  if (name === '' || !/^\s*[+-]?(?:\d|\.\d|inf|nan)/i.test(rest)) throw notASample(line, at);
  return { name, labels };
}

function notASample(line: string, at: string): UsageError {
  const shown = line.length > 60 ? `${line.slice(0, 59)}…` : line;
  return new UsageError(`${at}: expected a sample such as up{job="a"} 1, found ${JSON.stringify(shown)}`);
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}
