import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCached } from './load-cached.ts';

let folder: string;
const script = () => join(folder, 'script.cjs');
const kept = () => readdirSync(join(folder, 'code-cache')).map((name) => join(folder, 'code-cache', name));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'panelproof-code-'));
  writeFileSync(script(), "exports.folder = __dirname;\nexports.twice = (text) => text + ' ' + text;\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(purpose = 'test') {
  const { exports, keep } = loadCached(script(), purpose);
  const { twice } = exports as { twice: (text: string) => string };
  const answer = twice('on');
  keep();
  return answer;
}

describe('a script with kept code', () => {
  it('runs as any CommonJS module does, and the same from its code', () => {
    expect([run(), run()]).toEqual(['on on', 'on on']);
    expect((loadCached(script(), 'test').exports as { folder: string }).folder).toBe(folder);
  });

  it('keeps one file for each purpose, and none twice', () => {
    for (const purpose of ['build', 'check', 'build']) run(purpose);
    expect(kept()).toHaveLength(2);
  });

  it('is what its file says now, not what the code says', () => {
    run();
    writeFileSync(script(), readFileSync(script(), 'utf8').replace("' '", "'+'"));
    expect(run()).toBe('on+on');
  });

  it.each<[string, (code: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['cut off', (code) => code.subarray(0, -40)],
    ['full of zeros', (code) => Buffer.alloc(code.length)],
    ['different in one bit', (code) => code.map((byte, at) => (at === 300 ? byte ^ 1 : byte)) as Buffer],
    ['text', () => Buffer.from('exports.twice = () => "foreign";')],
  ])('does not run code that is %s, and keeps it anew', (_, damage) => {
    run();
    const [file = ''] = kept();
    const whole = readFileSync(file);
    writeFileSync(file, damage(whole));
    expect(run()).toBe('on on');
    expect(readFileSync(file).length).toBe(whole.length);
  });
});

describe('a folder that cannot be written to', () => {
  it('only costs the time', () => {
    // What stands where the folder would be cannot be one.
    writeFileSync(join(folder, 'code-cache'), '');
    expect([run(), run()]).toEqual(['on on', 'on on']);
  });
});
