import { expect, test } from 'vitest';
import { toPng } from '../../src/preview/to-png.ts';
import { cpuSeconds } from '../cpu-seconds.ts';
import { draw, KINDS, LIMITED, ODD, seriesOf, WILD } from './odd-panels.ts';

test.each(KINDS)(
  'a panel of type "%s" with hostile texts and odd data is drawn and stays harmless',
  async (type) => {
    for (const [name, data] of ODD)
      for (const options of [{}, WILD]) {
        const svg = draw([{ ...options, type, targets: [{ refId: 'A' }] }], data);
        // Text has no angle brackets, so this is what is not text.
        const tags = svg.match(/<[^>]*>/g)?.join('') ?? '';
        expect(tags, name).not.toMatch(
          /<script|<img|<foreignObject|\son\w+=|javascript:|href=|NaN|url\((?!#p)/i,
        );
        expect(svg.length, name).toBeLessThan(200_000);
      }
  },
);

test('what is drawn of hostile texts is well-formed', async () => {
  const svg = draw([{ ...WILD, type: 'timeseries' }], ODD[0]?.[1] ?? { kind: 'none' });
  expect((await toPng(svg)).length).toBeGreaterThan(1000);
});

test('ten thousand series become a hundred lines and a sentence that says so', () => {
  const series = Array.from({ length: 10_000 }, (_, index) =>
    seriesOf(`series ${index}`, [index, index + 1]),
  );
  let svg = '';
  const seconds = cpuSeconds(() => {
    svg = draw([{ type: 'timeseries' }], { kind: 'series', series, notes: [] });
  });
  expect(svg).toContain('100 of 10000 series are drawn');
  expect(svg).toMatch(/\+ \d+ more/);
  expect(svg.length).toBeLessThan(300_000);
  expect(seconds).toBeLessThan(10);
});

test('a query without an answer draws no line', () => {
  const svg = draw([{ type: 'timeseries' }], {
    kind: 'empty',
    notes: ['No sample: no metric catalogue lists x'],
  });
  expect(svg).toContain('No data');
  expect(svg).toContain('no metric catalogue lists x');
  expect(svg).not.toContain('<path');
});

test('in a PNG, which has no clip paths around large panels, nothing reaches out of a panel', async () => {
  const sizes = [2, 4, 8].flatMap((h) => [3, 5].map((w) => ({ w, h })));
  const panels = KINDS.flatMap((type) => [{ type }, { ...WILD, type }, { ...LIMITED, type }]).map(
    (panel, index) => ({
      ...panel,
      targets: [{ refId: 'A' }],
      gridPos: { x: 6 * (index % 4), y: 9 * Math.floor(index / 4), ...sizes[index % sizes.length] },
    }),
  );
  for (const [name, data] of ODD.filter(([what]) =>
    /HTML|infinities|far|huge|negative|hundred|error|log/.test(what),
  )) {
    const svg = draw(panels, data);
    const covers = [...svg.matchAll(/<clipPath id="[\w-]+-(?:frame|tight)"><rect ([^>]*)\/>/g)]
      .map(([, place]) => `<rect ${place} fill="#000"/>`)
      .join('');
    const covered = await toPng(svg.replace(/<\/svg>\s*$/, `${covers}</svg>`));
    const empty = await toPng(`${svg.slice(0, svg.indexOf('\n<g id="p'))}${covers}</svg>`);
    expect(Buffer.compare(covered, empty), name).toBe(0);
  }
});
