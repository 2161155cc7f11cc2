import { expect, test } from 'vitest';
import { assemble } from './assemble.ts';
import { styleOf } from './code-style.ts';
import { readDefinition } from './definition-source.ts';
import { moduleNames } from './module-names.ts';

/** A definition after `b` of the module was put to use. */
function withOneImportMore(module: string): string | undefined {
  const text = `import { a } from '${module}';\nshow(a);\n`;
  const source = readDefinition('x.ts', text);
  const names = moduleNames(source);
  names.use(module, 'b');
  const end = text.indexOf(');');
  return assemble(source, [{ start: end, end, text: ', b' }], {
    names,
    definitions: () => [],
    style: styleOf(source),
  });
}

test('An import that fills the line to its last column stays on it', () => {
  const module = 'm'.repeat(110 - "import { a, b } from '';".length);
  expect(withOneImportMore(module)).toBe(`import { a, b } from '${module}';\nshow(a, b);\n`);
  expect(withOneImportMore(`${module}m`)).toContain('import {\n  a,\n  b,\n} from');
});
