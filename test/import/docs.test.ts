import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importDashboards } from '../../src/import/import-dashboards.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');

test('docs/import.md shows the definition by hand and the imported one as they are', async () => {
  const doc = read('docs/import.md');
  const file = 'provisioning/dashboards/general/stage4-async-rolling.json';
  const { results } = await importDashboards({
    root: REPOSITORY,
    provisioning: 'provisioning',
    inputs: [{ name: file, file, text: read(file) }],
    force: true,
  });
  const [imported] = results;
  expect(doc).toContain(read('dashboards/stage4-async-rolling.ts').trim());
  expect(doc).toContain(imported?.kind === 'proved' ? imported.text.trim() : 'proved');
});
