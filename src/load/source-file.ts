import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { FileFormat, PropertyPath, SourceFile, SyntaxErrorAt, TextRange } from '../model/source-file.ts';

/**
 * A file's text, parsed by its ending: `.yaml` and `.yml` as YAML, `.json` (any case) as JSON, all else as plain text.
 * Never throws: what does not parse has `syntaxErrors` and no value.
 */
export function sourceFile(path: string, text: string): SourceFile {
  const format = formatOf(path);
  switch (format) {
    case 'json':
      return jsonFile(path, text);
    case 'yaml':
      return yamlFile(path, text);
    case 'text':
      return { path, format, text, value: undefined, syntaxErrors: [], rangeOf: () => ({ start: 0, end: 0 }) };
    default:
      return format satisfies never;
  }
}

function formatOf(path: string): FileFormat {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  return /\.json$/i.test(path) ? 'json' : 'text';
}

function jsonFile(path: string, text: string): SourceFile {
  const { value, syntaxErrors } = decodeJson(text);
  // The tree of places is only built when a finding needs one: most files have none.
  let tree: Node | undefined;
  const rangeOf = (property: PropertyPath, key = false): TextRange => {
    tree ??= parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
    if (!tree) return { start: 0, end: 0 };
    for (let depth = property.length; depth >= 0; depth--) {
      const node = findNodeAtLocation(tree, property.slice(0, depth) as JSONPath);
      if (!node) continue;
      const shown = key && depth === property.length && node.parent?.type === 'property' ? node.parent : node;
      const part = shown === node ? node : (shown.children?.[0] ?? node);
      return { start: part.offset, end: part.offset + part.length };
    }
    return { start: 0, end: 0 };
  };
  return { path, format: 'json', text, value, syntaxErrors, rangeOf };
}

/**
 * Decodes as Grafana does (Go's `json.Decoder`, one value): text behind the first value is ignored, of duplicate keys
 * the last wins, and a byte order mark, comments or trailing commas are errors.
 */
function decodeJson(text: string): { value: unknown; syntaxErrors: SyntaxErrorAt[] } {
  try {
    return { value: JSON.parse(text), syntaxErrors: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const first = firstValueEnd(text);
    if (first !== undefined) {
      try {
        return { value: JSON.parse(text.slice(0, first)), syntaxErrors: [] };
      } catch {
        // The first value is itself broken: report the error of the whole text.
      }
    }
    const start = Math.min(errorOffset(message, text), text.length);
    return {
      value: undefined,
      syntaxErrors: [{ message: plainJsonMessage(message, text), range: { start, end: start } }],
    };
  }
}

/** Where the first value ends when something else follows it. */
function firstValueEnd(text: string): number | undefined {
  if (text.startsWith('\uFEFF') || !/^\s*[{[]/.test(text)) return undefined;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}

/** V8 names the position in most messages, in words that differ between versions of Node. */
function errorOffset(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  if (/end of JSON/i.test(message)) return text.length;
  const token = /token ['"]?(.)['"]?,/u.exec(message)?.[1];
  return token === undefined ? 0 : Math.max(0, text.indexOf(token));
}

/** The same words on every version of Node. */
function plainJsonMessage(message: string, text: string): string {
  if (text.startsWith('\uFEFF')) return 'a byte order mark before the JSON';
  if (text.trim() === '') return 'the file is empty';
  if (/end of JSON|unterminated|after/i.test(message) && errorOffset(message, text) >= text.trimEnd().length)
    return 'the JSON ends too early';
  const at = errorOffset(message, text);
  const char = text[at];
  return char === undefined ? 'the JSON ends too early' : `unexpected ${JSON.stringify(char)}`;
}

function yamlFile(path: string, text: string): SourceFile {
  const lines = new LineCounter();
  let document: Document.Parsed | undefined;
  let value: unknown;
  const syntaxErrors: SyntaxErrorAt[] = [];
  try {
    // Grafana reads the first document only; go-yaml refuses duplicate keys as this parser does.
    document = parseDocument(firstDocument(text), { lineCounter: lines, prettyErrors: false });
    for (const error of document.errors)
      syntaxErrors.push({
        message: error.message.replace(/\s+/g, ' '),
        range: { start: error.pos[0], end: error.pos[1] },
      });
    // An alias bomb is an error of its own, after 100 aliases.
    if (syntaxErrors.length === 0) value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    syntaxErrors.push({
      message: error instanceof Error ? error.message : String(error),
      range: { start: 0, end: 0 },
    });
  }
  const rangeOf = (property: PropertyPath, key = false) =>
    document ? yamlRange(document, property, key) : { start: 0, end: 0 };
  return { path, format: 'yaml', text, value, syntaxErrors, rangeOf };
}

/** Documents after the first are ignored by Grafana without a word. */
function firstDocument(text: string): string {
  const next = /(?<=\S[^\n]*\n(?:[^\n]*\n)*?)---(?:\s|$)/m.exec(text);
  if (!next || !/^\s*[^\s#-]/m.test(text.slice(0, next.index))) return text;
  return /\n$/.test(text.slice(0, next.index)) ? text.slice(0, next.index) : text;
}

function yamlRange(document: Document.Parsed, property: PropertyPath, key: boolean): TextRange {
  let node: unknown = document.contents;
  let range = rangeOfNode(node) ?? { start: 0, end: 0 };
  for (const [depth, part] of property.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!isPair(pair)) return range;
      const isLast = depth === property.length - 1;
      range = (isLast && key ? undefined : rangeOfNode(pair.value)) ?? rangeOfNode(pair.key) ?? range;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      range = rangeOfNode(node) ?? range;
    } else return range;
  }
  return range;
}

function rangeOfNode(node: unknown): TextRange | undefined {
  const range = (node as { range?: [number, number, number] | null } | null)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
