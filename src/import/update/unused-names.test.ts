import { expect, test } from 'vitest';
import { readDefinition } from './definition-source.ts';
import { unusedNames } from './unused-names.ts';

const unusedIn = (before: string, after: string) =>
  unusedNames(readDefinition('x.ts', before), readDefinition('x.ts', after));

test('A constant that only its declaration speaks of any more is named with its line', () => {
  const before = "const rolls = 'up';\nconst other = 1;\nshow(rolls, other);";
  expect(unusedIn(before, before.replace('rolls, ', ''))).toEqual([{ name: 'rolls', line: 1 }]);
});

test('A panel of the same name is no use of a constant', () => {
  const before = 'const rolls = 1;\nshow({ rolls: chart(rolls) }, m.rolls);';
  expect(unusedIn(before, before.replace('chart(rolls)', 'chart(2)'))).toEqual([{ name: 'rolls', line: 1 }]);
});

test('What nothing spoke of before is not news', () => {
  expect(unusedIn('const rolls = 1;', 'const rolls = 1;')).toEqual([]);
});
