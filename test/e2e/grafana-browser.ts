import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { findProgram, waitUntil } from '../live/lab.ts';
import type { GeneratedPanel } from '../stack/generated-dashboards.ts';

/** A browser that is signed in to Grafana. */
export interface GrafanaBrowser {
  readonly context: BrowserContext;
  open(path: string): Promise<Page>;
  close(): Promise<void>;
}

/** Why there can be no browser, or undefined when there can. */
export function missingBrowser(): string | undefined {
  return browserPath() === undefined ? 'no chromium in CHROMIUM_BIN or PATH' : undefined;
}

/** Starts a headless browser and signs in. The window is high enough for all panels: Grafana loads what is in sight. */
export async function openBrowser(url: string, user: string, password: string): Promise<GrafanaBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: browserPath() ?? '',
    // Chromium's sandbox does not run as root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1600, height: 3000 } });
  const login = await context.request.post('/login', { data: { user, password } });
  if (!login.ok()) throw new Error(`Grafana refuses the login: ${login.status()} ${await login.text()}`);
  return {
    context,
    open: async (path) => {
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
    close: () => browser.close(),
  };
}

/** The frame of a panel by its title. */
export function panelOf(page: Page, title: string): Locator {
  return page.locator(`[data-testid="data-testid Panel header ${title}"]`);
}

/** The error corners of a page or panel. Older versions of Grafana name them by `aria-label`. */
export function errorCorners(within: Page | Locator): Locator {
  return within.locator('[data-testid*="Panel status error"], [aria-label*="Panel status error"]');
}

/** Waits until a panel shows values: what it draws depends on its type. */
export async function untilValues(page: Page, { title, type }: GeneratedPanel): Promise<void> {
  const panel = panelOf(page, title);
  await waitUntil(
    `values in "${title}"`,
    async () => {
      const text = await panel.innerText({ timeout: 5000 });
      return !text.includes('No data') && (await hasValues(panel, type, text.replace(title, '')));
    },
    { timeoutMs: 150_000, everyMs: 1000 },
  );
}

/** Keeps a picture and the text of each page where `E2E_PICTURES` names a folder. */
export async function takePictures({ context }: GrafanaBrowser): Promise<void> {
  const folder = process.env.E2E_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const [index, page] of context.pages().entries()) {
    const path = join(folder, `page-${index + 1}`);
    await page.screenshot({ path: `${path}.png` });
    writeFileSync(`${path}.txt`, `${page.url()}\n${await page.locator('body').innerText()}\n`);
  }
}

async function hasValues(panel: Locator, type: string, text: string): Promise<boolean> {
  switch (type) {
    case 'timeseries':
    case 'heatmap':
      return (await panel.locator('canvas').count()) > 0;
    case 'stat':
    case 'bargauge':
      return /\d|\bup\b/.test(text);
    case 'logs':
      return /roll/i.test(text);
    case 'table':
      return /[0-9a-f]{16,32}/.test(text);
    default:
      throw new Error(`No sign of values is known for panels of type ${type}`);
  }
}

function browserPath(): string | undefined {
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .map(findProgram)
    .find((path) => path !== undefined);
}
