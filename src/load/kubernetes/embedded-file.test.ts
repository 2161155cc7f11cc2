import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseDocument } from 'yaml';
import { locateInScalar } from './embedded-file.ts';

/** Where a word of the text in `data.x` stands in the source, as the source has it. */
function located(source: string, word: string): string {
  const { contents } = parseDocument(source);
  const data = isMap(contents) ? contents.get('data') : undefined;
  const scalar = isMap(data) ? data.get('x', true) : undefined;
  if (!isScalar(scalar)) throw new Error('no scalar');
  const start = String(scalar.value).indexOf(word);
  expect(start).toBeGreaterThan(-1);
  const range = locateInScalar(source, scalar, { start: 0, end: 4 })({ start, end: start + word.length });
  return source.slice(range.start, range.end);
}

describe('the place of a text in a YAML scalar', () => {
  it.each([
    ['literal', 'data:\n  x: |\n    {\n      "uid": "here"\n    }\n'],
    ['stripped', 'data:\n  x: |-\n    {\n\n      "uid": "here"\n    }'],
    ['with its indentation said', 'data:\n  x: |2\n      {\n      "uid": "here"\n      }\n'],
    ['with a comment behind its header', 'data:\n  x: |+ # a comment\n    {"uid":\n\n      "here"}\n\n'],
    ['with blank lines of blanks', 'data:\n  x: |\n    {\n        \n  \n      "uid": "here"\n    }\n'],
    ['with line ends of Windows', 'data:\r\n  x: |\r\n    {\r\n      "uid": "here"\r\n    }\r\n'],
    ['plain', 'data:\n  x: say here\n'],
    ['quoted', 'data:\n  x: \'{"uid": "here"}\'\n'],
    ['quoted twice', 'data:\n  x: "say here"\n'],
  ])('is exact: %s', (_, source) => {
    expect(located(source, 'here')).toBe('here');
  });

  it.each([
    ['escapes', 'data:\n  x: "{\\"uid\\": \\"here\\"}"\n'],
    ['folded lines', 'data:\n  x: >\n    say\n    here\n'],
    ['quotes over two lines', 'data:\n  x: "say\n    here"\n'],
  ])('is the place around it where the source reads differently: %s', (_, source) => {
    expect(located(source, 'here')).toBe('data');
  });
});
