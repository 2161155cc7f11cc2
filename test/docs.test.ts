import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rulesPage } from '../src/report/rules-page.ts';
import { ALL_RULES } from '../src/rules/all-rules.ts';

const ROOT = join(import.meta.dirname, '..');

it('docs/rules.md is what the rules say (npm run docs writes it)', async () => {
  const proseOf = (id: string) => {
    const path = join(ROOT, 'src/rules', id, 'rule.md');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  await expect(rulesPage(ALL_RULES, proseOf)).toMatchFileSnapshot(join(ROOT, 'docs/rules.md'));
});
