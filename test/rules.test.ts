import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printFindings } from '../src/report/plain.ts';
import { ALL_RULES } from '../src/rules/all-rules.ts';
import { checkCase, fixCase } from './case-run.ts';

const RULES = join(import.meta.dirname, '../src/rules');
const HEADINGS = ['Why', 'Broken', 'Fixed', 'What the fix does', 'When to ignore it'];

describe.each(ALL_RULES)('rule $id', (rule) => {
  const folder = join(RULES, rule.id);
  const cases = readdirSync(join(folder, 'cases')).sort();

  it('says in rule.md why, what is broken, what is right, what the fix does and when to ignore it', () => {
    const prose = readFileSync(join(folder, 'rule.md'), 'utf8');
    expect([...prose.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(HEADINGS);
  });

  it('has a case in which it speaks and one in which it stays silent', () => {
    const speaks = cases.map((name) =>
      readFileSync(join(folder, 'cases', name, 'findings.txt'), 'utf8').includes(` ${rule.id}: `),
    );
    expect(new Set(speaks)).toEqual(new Set([true, false]));
  });

  it('points only at rules that exist', () => {
    const ids = ALL_RULES.map(({ id }) => id);
    expect((rule.related ?? []).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it.each(cases)('finds in case %s exactly what its findings.txt says', (name) => {
    const { findings, files } = checkCase(join(folder, 'cases', name));
    expect(printFindings(findings, files)).toBe(
      readFileSync(join(folder, 'cases', name, 'findings.txt'), 'utf8'),
    );
  });

  const fixable = cases.filter((name) => existsSync(join(folder, 'cases', name, 'fixed')));
  it.runIf(rule.fix !== 'none')('shows what its fix makes of a case', () => {
    expect(fixable).not.toEqual([]);
  });

  it.each(fixable)('mends case %s into its fixed tree, and a second run changes nothing', async (name) => {
    const work = mkdtempSync(join(tmpdir(), 'panelproof-case-'));
    try {
      cpSync(join(folder, 'cases', name), work, { recursive: true });
      const before = checkCase(work).findings;
      await fixCase(work, rule);
      expect(filesIn(join(work, 'broken'))).toEqual(filesIn(join(work, 'fixed')));
      const after = checkCase(work).findings;
      const others = (list: typeof after) =>
        list.filter((finding) => finding.rule !== rule.id).map((finding) => finding.rule);
      expect(others(after).filter((id) => !others(before).includes(id))).toEqual([]);
      await fixCase(work, rule);
      expect(filesIn(join(work, 'broken'))).toEqual(filesIn(join(work, 'fixed')));
    } finally {
      rmSync(work, { recursive: true });
    }
  });
});

/** Texts by path, so that a difference is shown with its file. */
function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
  );
}
