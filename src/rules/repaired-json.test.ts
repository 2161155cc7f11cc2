import { describe, expect, test } from 'vitest';
import { repairedJson } from './repaired-json.ts';

describe('text that is almost JSON', () => {
  test.each([
    ['a comma before a closing brace', '{\n  "a": 1,\n}\n', '{\n  "a": 1\n}\n'],
    ['a comma before a closing bracket', '[1, 2,]', '[1, 2]'],
    ['a comma, a comment and the bracket', '[\n  1, // one\n]', '[\n  1\n]'],
    ['a comment at the end of a line', '{\n  "a": 1, // first\n  "b": 2\n}', '{\n  "a": 1,\n  "b": 2\n}'],
    ['a comment on its own line', '{\n  // first\n  "a": 1\n}', '{\n  "a": 1\n}'],
    ['a comment between values', '[1, /* two */ 2]', '[1,  2]'],
    ['a comment before all', '// mine\n{"a": 1}\n', '{"a": 1}\n'],
    ['Windows line ends', '{\r\n  "a": 1, // x\r\n}\r\n', '{\r\n  "a": 1\r\n}\r\n'],
    ['what looks like a comment in a text', '{"a": "http://x, }",}', '{"a": "http://x, }"}'],
    ['escapes', '{"a": "\\u00e9\\n\\"",}', '{"a": "\\u00e9\\n\\""}'],
  ])('loses %s and nothing else', (_, broken, right) => {
    expect(repairedJson(broken)).toBe(right);
  });

  test.each([
    ['JSON', '{"a": 1}'],
    ['an open brace', '{"a": 1,'],
    ['a missing comma', '{"a": 1 "b": 2}'],
    ['two commas', '[1,,2]'],
    ['single quotes', "{'a': 1}"],
    ['a merge conflict', '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> x\n}'],
    ['nothing', ''],
  ])('is left alone when it is %s', (_, text) => {
    expect(repairedJson(text)).toBeUndefined();
  });
});
