import { expect, it } from 'vitest';
import { outsideWorld, outsideWorldModule } from './outside-world.ts';

it.each([
  'const a = process.env.TEAM;',
  "const a = process['env'];",
  'const { env } = process;',
  'const now = new Date();',
  'const now = Date.now();',
  'const a = Math.random();',
  "const text = await fetch('http://x');",
  "const fs = require('fs');",
  "const a = globalThis['process'];",
])('sees that %s depends on more than modules', (source) => {
  expect(outsideWorld(source)).toBeDefined();
});

it.each([
  "import { dashboard } from 'panelproof';",
  '/** How the process is going, and its updates. */ export const title = "Process states";',
  'const max = Math.max(1, 2);',
  'export const candidate = { fetching: 1 };',
])('sees that %s does not', (source) => {
  expect(outsideWorld(source)).toBeUndefined();
});

it('counts the modules of Node that see files, programs or the network', () => {
  const seen = [
    'node:fs',
    'node:fs/promises',
    'node:child_process',
    'node:os',
    'node:process',
    'node:crypto',
  ];
  expect(seen.filter((url) => outsideWorldModule(url) === undefined)).toEqual([]);
  const pure = ['node:path', 'node:path/posix', 'node:url', 'node:util', 'file:///x.ts'];
  expect(pure.filter((url) => outsideWorldModule(url) !== undefined)).toEqual([]);
});
