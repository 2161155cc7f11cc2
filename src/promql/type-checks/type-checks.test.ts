import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commonest } from './commonest.ts';
import { computing } from './computing.ts';
import { selecting } from './selecting.ts';
import { prelude } from './type-check.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const compiler = fileURLToPath(new URL('../../../node_modules/typescript-7/bin/tsc', import.meta.url));
const checks = [...commonest, ...selecting, ...computing];
const statement = (source: string) => `void ${source};`;

let folder: string;
let messages: { readonly right: readonly string[]; readonly mistake: readonly string[] };

beforeAll(async () => {
  await mkdir(`${root}.panelproof`, { recursive: true });
  // Inside the repository, so that the sources find the project's modules and compiler options.
  folder = await mkdtemp(`${root}.panelproof/type-checks-`);
  const head = prelude('../../src/promql');
  const sources = {
    right: checks.map((check) => check.right),
    mistake: checks.map((check) => check.mistake),
  };
  await writeFile(`${folder}/right.ts`, [head, ...sources.right.map(statement)].join('\n'));
  await writeFile(`${folder}/mistake.ts`, [head, ...sources.mistake.map(statement)].join('\n'));
  await writeFile(
    `${folder}/tsconfig.json`,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: { noUnusedLocals: false },
      include: ['*.ts'],
      exclude: [],
    }),
  );
  const { stdout } = await execa(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
    reject: false,
  });
  const firstLine = head.split('\n').length + 1;
  const of = (file: string) => checks.map((_, index) => messageAt(stdout, file, firstLine + index));
  messages = { right: of('right.ts'), mistake: of('mistake.ts') };
});

afterAll(() => rm(folder, { recursive: true }));

/** The compiler's message to a line of a file, with its indented further lines; empty when there is none. */
function messageAt(output: string, file: string, line: number): string {
  const start = new RegExp(`^.*?${file}\\(${line},\\d+\\): error TS\\d+: `);
  const lines = output.split('\n');
  const first = lines.findIndex((text) => start.test(text));
  if (first === -1) return '';
  const rest = lines.slice(first + 1);
  const end = rest.findIndex((text) => !text.startsWith('  '));
  return [lines[first]?.replace(start, ''), ...rest.slice(0, end === -1 ? rest.length : end)].join('\n');
}

describe('the compiler', () => {
  it.each(checks.map((check, index) => ({ ...check, index })))('accepts $construct: $right', ({ index }) => {
    expect(messages.right[index]).toBe('');
  });

  it.each(checks.map((check, index) => ({ ...check, index })))(
    'refuses the mistake with $construct: $mistake',
    ({ index, message }) => {
      expect(messages.mistake[index]).toBe(message);
    },
  );
});

describe('the page Writing queries', () => {
  it.each(commonest)('shows the mistake with $construct and what the compiler says', async (check) => {
    const page = await readFile(`${root}docs/queries.md`, 'utf8');
    expect(page).toContain(check.mistake);
    expect(page).toContain(check.message);
    expect(page).toContain(check.right);
  });
});
