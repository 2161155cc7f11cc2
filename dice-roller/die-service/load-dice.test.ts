import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dieServiceVariables, loadConfig, StartError } from '../common/config.ts';
import { catalogue } from '../metrics.ts';
import { loadDice } from './load-dice.ts';

const load = (env: Record<string, string>) => loadDice(loadConfig(dieServiceVariables, env));

describe('The dice', () => {
  it('are fair and risky, and extreme when its flag is set', () => {
    expect([...load({}).keys()]).toEqual(['fair', 'risky']);
    const dice = load({ EXTREME_DIE: 'true' });
    expect([...dice.keys()]).toEqual(['fair', 'risky', 'extreme']);
    expect(dice.get('extreme')).toEqual({ faces: [0, 0, 6, 6, 6, 6], error_rate: 0.5 });
  });

  it('that ship all have a label value in the catalogue', () => {
    const labels: readonly string[] = catalogue.metrics.dice_rolls_total.labels.die_type;
    expect([...load({ EXTREME_DIE: 'true' }).keys()].filter((name) => !labels.includes(name))).toEqual([]);
  });

  it('can come from another file', () => {
    const file = write('{"coin": {"faces": [0, 1], "error_rate": 0}}');
    expect([...load({ DICE_FILE: file })]).toEqual([['coin', { faces: [0, 1], error_rate: 0 }]]);
  });

  it.each([
    ['no JSON', '{', 'Cannot read die specifications from'],
    ['no object', '[]', '(whole file)'],
    ['no dice', '{}', 'expected at least one'],
    ['a die without faces', '{"a": {"error_rate": 0}}', 'a.faces'],
    ['empty faces', '{"a": {"faces": [], "error_rate": 0}}', 'a.faces'],
    ['too many faces', JSON.stringify({ a: { faces: Array(101).fill(1), error_rate: 0 } }), 'a.faces'],
    ['half a face', '{"a": {"faces": [1.5], "error_rate": 0}}', 'a.faces.0'],
    ['a rate above 1', '{"a": {"faces": [1], "error_rate": 1.1}}', 'a.error_rate'],
    ['an unknown field', '{"a": {"faces": [1], "error_rate": 0, "eror_rate": 1}}', 'eror_rate'],
    ['a bad name', '{"a b": {"faces": [1], "error_rate": 0}}', 'a b'],
  ])('stop the start when the file has %s, and the error names file and place', (_what, text, place) => {
    const file = write(text);
    expect(() => load({ DICE_FILE: file })).toThrow(StartError);
    expect(() => load({ DICE_FILE: file })).toThrow(file);
    expect(() => load({ DICE_FILE: file })).toThrow(place);
  });

  it('stop the start when the file is missing', () => {
    expect(() => load({ DICE_FILE: '/does/not/exist.json' })).toThrow('/does/not/exist.json');
  });
});

function write(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'dice-')), 'dice.json');
  writeFileSync(file, text);
  return file;
}
