import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../live/lab.ts';
import { ENLARGE_TEXTS, MEASURE_TEXTS, type MeasuredTexts } from './measure-texts.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = findProgram('chromium');

describe.skipIf(program === undefined)(
  'the page in a Chromium (set CHROMIUM_BIN where it is not found)',
  () => {
    let browser: Browser;
    let page: Page;
    let root: string;
    let address: string;
    let stop: () => Promise<void>;
    const errors: string[] = [];
    const definition = () => join(root, 'dashboards/stage4-async-rolling.ts');

    beforeAll(async () => {
      root = copyOfRepository();
      ({ address, stop } = await startPreview(root));
      browser = await chromium.launch({
        executablePath: program ?? '',
        // Chromium's sandbox does not run as root.
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
      page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      await page.goto(`${address}?d=stage4-async-rolling`);
      await page.waitForSelector('#stage[data-updates]');
    });
    afterAll(async () => {
      await browser?.close();
      await stop?.();
      rmSync(root, { recursive: true, force: true });
    });

    test.each([800, 1280, 1920])(
      'at %d pixels no text overlaps another or leaves its panel',
      async (width) => {
        for (const dashboard of ['stage4-async-rolling', 'dice-roller-overview']) {
          await page.setViewportSize({ width, height: 900 });
          await page.goto(`${address}?d=${dashboard}`);
          await page.waitForSelector('#stage[data-updates]');
          await page.evaluate('document.fonts.ready.then(() => true)');
          const { count, troubles } = await page.evaluate<MeasuredTexts>(MEASURE_TEXTS);
          expect(count).toBeGreaterThan(20);
          expect(troubles, `${dashboard} at ${width}`).toEqual([]);
          // The same measure does see what is too large.
          await page.evaluate(ENLARGE_TEXTS);
          expect((await page.evaluate<MeasuredTexts>(MEASURE_TEXTS)).troubles).not.toEqual([]);
        }
      },
    );

    test('a saved definition changes its panel before types are checked, and only that one stays marked', async () => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${address}?d=stage4-async-rolling`);
      await page.waitForSelector('#stage[data-updates]');
      // Checking can be over before a test looks: the page keeps what it said.
      await page.evaluate(`new MutationObserver(() => {
        if (document.querySelector('g.changed')) document.body.dataset.said += state.textContent + ';';
      }).observe(stage, { childList: true })`);
      edit(definition(), "'Async Roll Rate'", "'Rolls a second <b>&'");
      await page.waitForSelector('g[data-panel].changed text:text-is("Rolls a second <b>&")', {
        state: 'attached',
      });
      await page.locator('#picture:not([data-checking])').waitFor();
      expect(await page.locator('g[data-panel].changed').count()).toBe(1);
      expect(await page.evaluate('document.body.dataset.said')).toContain('Types are being checked;;');
      edit(definition(), "'Rolls a second <b>&'", "'Async Roll Rate'");
      await page.waitForSelector('text:text-is("Async Roll Rate")', { state: 'attached' });
    });

    test('a type error stands on its panel, and its link leads there by keyboard', async () => {
      edit(definition(), "stat('Total Async Rolls')", "stat('Total Async Rolls').noSuchOption()");
      const link = page.locator('#findings a').first();
      await link.waitFor();
      expect(await link.textContent()).toContain('noSuchOption');
      await link.focus();
      await page.keyboard.press('Enter');
      await page.locator('g[data-panel]:focus').waitFor({ state: 'attached' });
      expect(await page.evaluate("document.activeElement?.querySelector('title')?.textContent")).toContain(
        'Total Async Rolls',
      );
      edit(definition(), '.noSuchOption()', '');
      await page.locator('#findings').waitFor({ state: 'detached' });
    });

    test('theme, time range and variables are changed by keyboard', async () => {
      await page.goto(`${address}?d=dice-roller-overview`);
      await page.waitForSelector('#stage[data-updates]');
      const before = await page.locator('#picture').innerHTML();
      await page.locator('select[name=theme]').focus();
      await page.keyboard.press('l');
      await page.locator('html[data-theme=light]').waitFor();
      await page.locator('select[name=from]').selectOption('now-1h');
      await page.locator('#picture text', { hasText: '11:00 to 12:00' }).waitFor({ state: 'attached' });
      expect(await page.locator('[name^="var-"]').count()).toBeGreaterThan(0);
      expect(await page.locator('#picture').innerHTML()).not.toBe(before);
      expect(page.url()).toContain('theme=light');
    });

    test('another name for this machine is refused, and no page had an error', async () => {
      const answer = await page.request.get(address, { headers: { Host: 'evil.example' } });
      expect(answer.status()).toBe(403);
      expect(errors).toEqual([]);
    });
  },
);

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}

function copyOfRepository(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'panelproof-preview-')));
  for (const name of ['dashboards', 'provisioning', 'package.json', 'compose.yaml', 'tsconfig.json'])
    cpSync(join(repository, name), join(root, name), { recursive: true });
  cpSync(join(repository, 'dice-roller/metrics.ts'), join(root, 'dice-roller/metrics.ts'));
  for (const name of ['node_modules', 'src', 'dist']) symlinkSync(join(repository, name), join(root, name));
  return root;
}

/** The preview in a process of its own, as a user starts it. */
async function startPreview(root: string): Promise<{ address: string; stop: () => Promise<void> }> {
  const { execaNode } = await import('execa');
  const child = execaNode(join(repository, 'dist/cli.js'), ['preview', root, '--serve', '--port', '0'], {
    reject: false,
    forceKillAfterDelay: 5000,
  });
  const address = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk;
      const found = /preview at (\S+)/.exec(output)?.[1];
      // The first build tells that definitions are followed.
      if (found && /built in/.test(output)) resolve(found);
    });
    child.then(({ stderr }) => reject(new Error(stderr)));
    setTimeout(() => reject(new Error(`no preview: ${output}`)), 60_000).unref();
  });
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await child;
    },
  };
}
