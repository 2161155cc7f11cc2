import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { preview } from '../../src/preview/preview.ts';
import { toPng } from '../../src/preview/to-png.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs/pictures');
const hint = 'draw again with `npm run panelproof -- preview --out docs/pictures`';

test('the pictures in docs are those of the dashboards as they are', async () => {
  const pictures = await preview({ root });
  expect(readdirSync(folder).filter((name) => name.endsWith('.svg'))).toEqual(
    pictures.map(({ name }) => `${name}.svg`).sort(),
  );
  for (const { name, svg } of pictures)
    expect(readFileSync(join(folder, `${name}.svg`), 'utf8') === svg, `${name}.svg: ${hint}`).toBe(true);
});

test('a PNG in docs is its SVG with the bundled font', async () => {
  const name = 'stage4-async-rolling-light';
  const png = await toPng(readFileSync(join(folder, `${name}.svg`), 'utf8'));
  expect(Buffer.compare(readFileSync(join(folder, `${name}.png`)), png), `${name}.png: ${hint}`).toBe(0);
});

test('drawing twice gives the same bytes', async () => {
  const draw = () => preview({ root, dashboards: ['stage4-async-rolling'], themes: ['dark'] });
  const [[once], [again]] = [await draw(), await draw()];
  expect(once?.svg).toBe(again?.svg);
});
