import { describe, expect, it } from 'vitest';
import { sourceFile } from './source-file.ts';

const shown = (file: ReturnType<typeof sourceFile>, path: (string | number)[], key = false) => {
  const { start, end } = file.rangeOf(path, key);
  return file.text.slice(start, end);
};

describe('a JSON file', () => {
  it('is decoded as Go decodes it: text behind the first value is ignored, the last of equal keys wins', () => {
    expect(sourceFile('a.json', '{"a": 1} trailing').value).toEqual({ a: 1 });
    expect(sourceFile('a.json', '{"a": 1, "a": 2}').value).toEqual({ a: 2 });
    expect(sourceFile('a.json', '[{"x": "}"}]]').value).toEqual([{ x: '}' }]);
  });

  it.each([
    ['\uFEFF{}', 'a byte order mark before the JSON'],
    ['', 'the file is empty'],
    ['{"a": [1', 'the JSON ends too early'],
    ['{"a": 1,}', 'expected a property name in double quotes at "}"'],
    ['{"a": 1 // why\n}', 'JSON has no comments, found one at "/"'],
    ['{"a": tru}', 'unknown word at "t"'],
  ])('says of %j: %s', (text, message) => {
    const file = sourceFile('a.json', text);
    expect(file.value).toBeUndefined();
    expect(file.syntaxErrors.map((error) => error.message)).toEqual([message]);
  });

  it('knows the place of a value, of a key, and of the nearest thing that exists', () => {
    const file = sourceFile('a.json', '{"panels": [{"title": "Rate"}]}');
    expect(shown(file, ['panels', 0, 'title'])).toBe('"Rate"');
    expect(shown(file, ['panels', 0, 'title'], true)).toBe('"title"');
    expect(shown(file, ['panels', 0, 'unit'])).toBe('{"title": "Rate"}');
  });

  it('does not let a key named __proto__ change anything', () => {
    const { value } = sourceFile('a.json', '{"__proto__": {"polluted": true}}');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });
});

describe('a YAML file', () => {
  it('gives its first document and ignores the others, as Grafana does', () => {
    const file = sourceFile('a.yaml', 'apiVersion: 1\n---\napiVersion: [broken\n');
    expect([file.value, file.syntaxErrors]).toEqual([{ apiVersion: 1 }, []]);
  });

  it.each([
    ['a:\n\tb: 1\n', /tab/i],
    ['a: 1\na: 2\n', /unique/i],
    ['a: [1\n', /flow|expected/i],
  ])('reports the syntax error of %j with its place', (text, message) => {
    const file = sourceFile('a.yml', text);
    expect(file.value).toBeUndefined();
    expect(file.syntaxErrors[0]?.message).toMatch(message);
    expect(file.syntaxErrors[0]?.range.start).toBeGreaterThan(0);
  });

  it('refuses an alias bomb instead of unfolding it', () => {
    const levels = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [x, x]'
        : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}, *l${level - 1}]`,
    );
    expect(sourceFile('a.yaml', `${levels.join('\n')}\n`).value).toBeUndefined();
  });

  it('takes an anchor that is used in two hundred places', () => {
    const uses = Array.from({ length: 200 }, () => '  - *same').join('\n');
    expect(sourceFile('a.yaml', `same: &same {orgId: 1}\nall:\n${uses}\n`).syntaxErrors).toEqual([]);
  });

  it('names the markers of a merge conflict in YAML and in JSON', () => {
    const conflict = (own: string, other: string) =>
      `${own}<<<<<<< HEAD\n${own}=======\n${other}>>>>>>> theirs\n`;
    for (const file of [
      sourceFile('a.yaml', conflict('a: 1\n', 'b: 2\n')),
      sourceFile('a.json', conflict('{"a": 1,\n', '"b": 2}\n')),
    ])
      expect(
        file.syntaxErrors.map(({ message, range }) => [message, file.text.slice(range.start, range.end)]),
      ).toEqual([['the markers of a merge conflict', '<<<<<<< HEAD']]);
  });

  it('knows the place of a value and of a key', () => {
    const file = sourceFile('a.yaml', 'datasources:\n  - name: Prometheus\n    url: http://x\n');
    expect(shown(file, ['datasources', 0, 'name'])).toBe('Prometheus');
    expect(shown(file, ['datasources', 0, 'url'], true)).toBe('url');
  });
});
