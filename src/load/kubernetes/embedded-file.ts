import type { Scalar } from 'yaml';
import type { PropertyPath, SourceFile, TextRange } from '../../model/source-file.ts';
import { isJson } from '../is-json.ts';

/** A file that stands inside another one: a key of a ConfigMap, a part of a chart's values. */
export interface EmbeddedFile {
  /** The name it is read by: `k8s/grafana.yaml#dashboards/node.json`. */
  readonly path: string;
  /** The file that it stands in; undefined for one that a chart makes, in which nothing can be mended. */
  readonly file: string | undefined;
  readonly text: string;
  /** The span of `file` that a span of `text` stands for. */
  readonly locate: Locate;
  /** What is in it, where that is not to be parsed from the text. */
  readonly parsed?: (path: string) => SourceFile;
  /** Where its root is a property of `file`: edits can be made there. */
  readonly base?: PropertyPath;
}

/** Maps spans of an embedded text to spans of the file around it. */
export type Locate = (range: TextRange) => TextRange;

/**
 * Where the text of a YAML scalar stands in its source. Exact for literal blocks and for plain and quoted text in which
 * nothing is escaped or folded; otherwise every span is `whole`, the place to point at instead.
 */
export function locateInScalar(source: string, scalar: Scalar, whole: TextRange): Locate {
  const [start, end] = scalar.range ?? [whole.start, whole.end];
  const text = String(scalar.value);
  if (scalar.type === 'BLOCK_LITERAL') return locateInBlock(source, start, text) ?? (() => whole);
  const quote = scalar.type === 'PLAIN' ? 0 : 1;
  if (source.slice(start + quote, end - quote) !== text) return () => whole;
  return (range) => ({ start: start + quote + range.start, end: start + quote + range.end });
}

/** Line by line: each lacks the same indentation. Undefined when the source does not read so. */
function locateInBlock(source: string, header: number, text: string): Locate | undefined {
  const starts: number[] = [];
  const places: number[] = [];
  let indentation: number | undefined;
  let at = source.indexOf('\n', header) + 1;
  let offset = 0;
  if (at === 0) return undefined;
  for (const line of text.split('\n')) {
    const next = source.indexOf('\n', at);
    const lineEnd = next === -1 ? source.length : next;
    const raw = source.slice(at, lineEnd).replace(/\r$/, '');
    if (!raw.endsWith(line)) return undefined;
    if (line !== '') {
      indentation ??= raw.length - line.length;
      if (raw.length - line.length !== indentation) return undefined;
    }
    starts.push(offset);
    places.push(at + raw.length - line.length);
    offset += line.length + 1;
    at = lineEnd + (next === -1 ? 0 : 1);
  }
  const locate = (position: number) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return (places[low] ?? 0) + position - (starts[low] ?? 0);
  };
  return ({ start, end }) => ({ start: locate(start), end: locate(end) });
}

/** A line that only Helm, Jinja, ERB or ytt can read; none begins so in JSON or in YAML for Grafana. */
const TEMPLATE_LINE = /^[ \t]*(\{\{|\{%|\{#|<%|#@)/m;
/** Braces where JSON wants a value. Legends have them too, within quotes. */
const TEMPLATE_VALUE = /[:,[]\s*\{\{/;

/** Whether another tool fills a text in first, so that it is not yet what Grafana will see. */
export function isTemplate(text: string): boolean {
  return TEMPLATE_LINE.test(text) || (TEMPLATE_VALUE.test(text) && !isJson(text));
}
