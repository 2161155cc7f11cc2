import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileAhead, modulesIn } from './compile-ahead.ts';
import { compileModule, isCompiledByNode, keptText } from './compile-module.ts';

const SOURCE = `import type { X } from './x.ts';
import { y } from './lib/y.ts';

export default (x: X): number => y(x)!;
`;

let folder: string;
const cache = () => join(folder, 'cache');
const path = (name: string) => join(folder, 'dashboards', name);

function write(name: string, text: string): void {
  mkdirSync(join(path(name), '..'), { recursive: true });
  writeFileSync(path(name), text);
}

/** The code of a compiled text, without its map. */
function code(text: string | undefined): string | undefined {
  return text?.replace(/\n*\/\/# sourceMappingURL=.*\n?$/, '');
}

function mapOf(text: string | undefined): { sources: unknown; sourcesContent: unknown; file: unknown } {
  const [, base64 = ''] = /base64,(.*)/.exec(text ?? '') ?? [];
  return JSON.parse(Buffer.from(base64, 'base64').toString());
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'panelproof-ahead-'));
  write('a.ts', SOURCE);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(isCompiledByNode)('modules that are compiled ahead', () => {
  it('are what ts-node makes of them, with the same map', async () => {
    compileAhead(modulesIn(path('')), cache(), join(folder, 'out'));
    const kept = keptText(path('a.ts'), SOURCE, cache());
    const byTsNode = await compileModule(path('a.ts'), SOURCE, undefined);
    expect(code(kept)).toBe(code(byTsNode));
    expect(mapOf(kept)).toMatchObject({ sources: [path('a.ts')], file: path('a.ts') });
    expect(mapOf(byTsNode)).toMatchObject({ sources: [path('a.ts')], file: path('a.ts') });
  });

  it('are all that the folder holds, declarations, packages and what cannot be read left out', () => {
    write('lib/deep/b.ts', 'export const b: number = 1;');
    write('lib/c.mts', 'export const c: number = 1;');
    write('types.d.ts', 'declare const t: number;');
    write('node_modules/p/index.ts', 'export const p: number = 1;');
    symlinkSync('nowhere', path('.#lock.ts'));
    compileAhead(modulesIn(path('')), cache(), join(folder, 'out'));
    expect(readdirSync(cache())).toHaveLength(3);
    expect(keptText(path('lib/c.mts'), 'export const c: number = 1;', cache())).toContain('c = 1');
  });

  it('are found where they stand though the folder is a link', () => {
    symlinkSync('dashboards', join(folder, 'link'));
    compileAhead(modulesIn(join(folder, 'link')), cache(), join(folder, 'out'));
    expect(keptText(path('a.ts'), SOURCE, cache())).toBeDefined();
  });

  it('are not those that do not parse: their errors are for ts-node to tell', async () => {
    const broken = 'export default ((: number;\n';
    write('broken.ts', broken);
    compileAhead(modulesIn(path('')), cache(), join(folder, 'out'));
    expect(keptText(path('broken.ts'), broken, cache())).toBeUndefined();
    expect(keptText(path('a.ts'), SOURCE, cache())).toBeDefined();
    await expect(compileModule(path('broken.ts'), broken, cache())).rejects.toThrow(/TS1/);
  });

  it('are found under their very text only', () => {
    compileAhead(modulesIn(path('')), cache(), join(folder, 'out'));
    expect(keptText(path('a.ts'), `${SOURCE}// changed`, cache())).toBeUndefined();
    expect(keptText(path('b.ts'), SOURCE, cache())).toBeUndefined();
  });
});
