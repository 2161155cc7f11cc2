import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { prettyReport } from '../src/report/pretty.ts';
import { rulesPage } from '../src/report/rules-page.ts';
import { ALL_RULES } from '../src/rules/all-rules.ts';
import { checkCase } from './case-run.ts';

const ROOT = join(import.meta.dirname, '..');

it('docs/rules.md is what the rules say (npm run docs writes it)', async () => {
  const proseOf = (id: string) => {
    const path = join(ROOT, 'src/rules', id, 'rule.md');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  await expect(rulesPage(ALL_RULES, proseOf)).toMatchFileSnapshot(join(ROOT, 'docs/rules.md'));
});

it('README.md shows what check prints', () => {
  const { findings, files } = checkCase(join(ROOT, 'src/rules/provider-path-not-mounted/cases/other-target'));
  const printed = prettyReport(findings, files).replace(/ +$/gm, '');
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`\n\`\`\`\n${printed}\`\`\`\n`);
});

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'dice-roller/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

it.each(PAGES)('the links of %s lead to files and headings that are there', (page) => {
  const links = withoutCode(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g);
  const dead = [...links].filter(([, path = '', heading]) => {
    const target = path === '' ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(ROOT, target))) return true;
    return heading !== undefined && target.endsWith('.md') && !headingsOf(target).includes(heading);
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});

it('README.md leads to every page of docs/', () => {
  const pages = PAGES.filter((page) => /^docs\/[^/]+\.md$/.test(page));
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(pages.filter((page) => !text.includes(`](${page})`))).toEqual([]);
});

function withoutCode(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
}

/** The anchors that GitHub makes of the headings of a page. */
function headingsOf(page: string): string[] {
  return [...withoutCode(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}
