import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apiPage } from '../scripts/api-page.js';

it('docs/api.md is what the doc comments of the library say (npm run docs writes it)', async () => {
  const page = await apiPage();
  expect(page).toContain('### `build`');
  await expect(page).toMatchFileSnapshot(join(import.meta.dirname, '../docs/api.md'));
}, 180_000);
