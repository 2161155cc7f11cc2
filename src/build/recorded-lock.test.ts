import { expect, it } from 'vitest';
import { printLock } from '../load/generated-lock.ts';
import { recordedLock } from './recorded-lock.ts';

const entry = (sha256: string) => ({ definition: 'dashboards/a.ts', sha256 });
const ours = printLock({ 'a.json': entry('1'), 'b.json': entry('2') });
const conflict = (base: string) =>
  ours.replace(/( *"sha256": )"1"\n/, `<<<<<<< HEAD\n$1"1"\n${base}=======\n$1"3"\n>>>>>>> theirs\n`);

it.each([
  ['whole', ours],
  ['left in conflict', conflict('')],
  ['left in conflict with its ancestor', conflict('||||||| 1234567\n      "sha256": "0"\n')],
])('reads a lock file that is %s', (_, text) => {
  expect(recordedLock(text)).toEqual({ 'a.json': entry('1'), 'b.json': entry('2') });
});

it('takes what only one side has', () => {
  const theirs = '    ,"c.json": { "definition": "dashboards/c.ts", "sha256": "9" }\n';
  const text = ours.replace(/ {2}\}\n\}\n$/, `<<<<<<< HEAD\n=======\n${theirs}>>>>>>> theirs\n  }\n}\n`);
  expect(Object.keys(recordedLock(text) ?? {}).sort()).toEqual(['a.json', 'b.json', 'c.json']);
});

it.each(['', '{}', '[]', 'null', '<<<<<<< HEAD\n=======\n>>>>>>> x\n'])('refuses %j', (text) => {
  expect(recordedLock(text)).toBeUndefined();
});
