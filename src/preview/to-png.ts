import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { interTrueType } from './draw/inter-font.ts';

let ready: Promise<void> | undefined;

/**
 * To be called before the first picture when there are only a few: V8 then leaves WebAssembly as it first compiles it.
 * Compiling it again, well, takes longer than drawing some ten pictures.
 */
export function expectFewPictures(): void {
  for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
}

/**
 * An SVG as PNG, one pixel each, with the bundled font: the same bytes on every machine. Scripts and links of the SVG
 * are not followed.
 */
export async function toPng(svg: string): Promise<Uint8Array> {
  ready ??= initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  const isLatin = /^[\t\n\r -\u00ff\u2013-\u2026]*$/.test(svg);
  const fonts = ([400, 500] as const).flatMap((weight) =>
    interTrueType(weight, isLatin ? ['latin'] : undefined),
  );
  const picture = new Resvg(forRaster(svg), {
    font: {
      fontBuffers: fonts,
      loadSystemFonts: false,
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
    },
  });
  const rendered = picture.render();
  try {
    return rendered.asPng();
  } finally {
    rendered.free();
    picture.free();
  }
}

function forRaster(svg: string): string {
  return (
    svg
      // The font's files call themselves by their weight.
      .replaceAll('font-weight="500"', 'font-family="Inter Medium, Inter"')
      // In the font that texts were measured in nothing reaches the edge of its panel, and a clip path is a layer as
      // large as the panel: most of the time.
      .replace(/ clip-path="url\(#[\w-]*-frame\)"/g, '')
  );
}
