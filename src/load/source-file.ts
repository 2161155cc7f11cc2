import {
  findNodeAtLocation,
  type JSONPath,
  type Node,
  type ParseError,
  type ParseOptions,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type Document, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';
import {
  type FileFormat,
  MAX_ALIASES,
  type PropertyPath,
  type SourceFile,
  type SyntaxErrorAt,
  type TextRange,
} from '../model/source-file.ts';

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
      return {
        path,
        format,
        text,
        value: undefined,
        syntaxErrors: [],
        rangeOf: () => ({ start: 0, end: 0 }),
      };
    default:
      return format satisfies never;
  }
}

function formatOf(path: string): FileFormat {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  return /\.json$/i.test(path) ? 'json' : 'text';
}

/** Markers that a merge left say more than what the grammar makes of them. */
function conflictIn(text: string): SyntaxErrorAt[] | undefined {
  const start = text.search(/^<{7} /m);
  if (start === -1) return undefined;
  const end = text.indexOf('\n', start);
  return [
    { message: 'the markers of a merge conflict', range: { start, end: end === -1 ? text.length : end } },
  ];
}

function jsonFile(path: string, text: string): SourceFile {
  const { value, syntaxErrors } = decodeJson(text);
  // The tree of places is only built when a finding needs one: most files have none.
  let tree: Node | undefined;
  const rangeOf = (property: PropertyPath, key = false): TextRange => {
    tree ??= treeOf(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
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
  const value = parse(text) ?? parse(text.slice(0, firstValueEnd(text)));
  if (value !== undefined) return { value: value.value, syntaxErrors: [] };
  return { value: undefined, syntaxErrors: conflictIn(text) ?? [firstJsonError(text)] };
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Where the first value ends when something else follows it. */
function firstValueEnd(text: string): number {
  if (text.startsWith('\uFEFF') || !/^\s*[{[]/.test(text)) return 0;
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
  return 0;
}

/** The first error by `jsonc-parser`: `JSON.parse` words its errors differently in each version of Node. */
function firstJsonError(text: string): SyntaxErrorAt {
  if (text.startsWith('\uFEFF'))
    return { message: 'a byte order mark before the JSON', range: { start: 0, end: 1 } };
  if (text.trim() === '') return { message: 'the file is empty', range: { start: 0, end: 0 } };
  const errors: ParseError[] = [];
  treeOf(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (!error) return { message: 'not a JSON value', range: { start: 0, end: 0 } };
  const start = Math.min(error.offset, text.length);
  if (start >= text.trimEnd().length)
    return { message: 'the JSON ends too early', range: { start: text.length, end: text.length } };
  return {
    message: `${JSON_ERRORS[printParseErrorCode(error.error)] ?? 'not valid JSON'} at ${JSON.stringify(text.slice(start, start + 1))}`,
    range: { start, end: start + Math.max(error.length, 1) },
  };
}

/** The tree of places; none for text nested deeper than the stack, which Grafana's decoder (10,000 levels) refuses too. */
function treeOf(text: string, errors: ParseError[], options: ParseOptions): Node | undefined {
  try {
    return parseTree(text, errors, options);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const JSON_ERRORS: { readonly [code: string]: string | undefined } = {
  InvalidSymbol: 'unknown word',
  InvalidNumberFormat: 'malformed number',
  PropertyNameExpected: 'expected a property name in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon',
  CommaExpected: 'expected a comma',
  CloseBraceExpected: 'expected a closing brace',
  CloseBracketExpected: 'expected a closing bracket',
  InvalidCommentToken: 'JSON has no comments, found one',
  UnexpectedEndOfComment: 'JSON has no comments, found one',
  UnexpectedEndOfString: 'text without its closing quote',
  InvalidCharacter: 'control character in a text',
  InvalidEscapeCharacter: 'unknown escape sequence',
  InvalidUnicode: 'malformed unicode escape',
};

function yamlFile(path: string, text: string): SourceFile {
  let document: Document.Parsed | undefined;
  let value: unknown;
  const syntaxErrors: SyntaxErrorAt[] = [];
  try {
    // Grafana reads the first document only and ignores the rest; duplicate keys are errors there too.
    [document] = parseAllDocuments(text, {
      prettyErrors: false,
      merge: true,
      logLevel: 'error',
    }) as Document.Parsed[];
    const errors = [
      ...controlCharacterIn(text),
      ...(document?.errors ?? []).map(({ message, pos: [start, end] }) => ({
        message: message.replace(/\s+/g, ' '),
        range: { start, end },
      })),
    ];
    if (errors.length > 0) syntaxErrors.push(...(conflictIn(text) ?? errors));
    // An alias bomb is an error of its own.
    else value = document?.toJS({ maxAliasCount: MAX_ALIASES });
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

/** Go's decoder refuses a file for one of them, were it in a comment; `yaml` takes them all. */
function controlCharacterIn(text: string): SyntaxErrorAt[] {
  const start = text.search(/[^\t\n\r\P{Cc}\x85]/u);
  if (start === -1) return [];
  const code = text.charCodeAt(start).toString(16).toUpperCase().padStart(4, '0');
  return [
    { message: `control characters are not allowed, found U+${code}`, range: { start, end: start + 1 } },
  ];
}

/** The span of a property of a YAML document, or of the nearest enclosing value that exists. */
export function yamlRange(document: Document.Parsed, property: PropertyPath, key: boolean): TextRange {
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
