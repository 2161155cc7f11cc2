import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { interTrueType } from './draw/inter-font.ts';

let ready: Promise<void> | undefined;

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
  // The font's files call themselves by their weight.
  const picture = new Resvg(svg.replaceAll('font-weight="500"', 'font-family="Inter Medium, Inter"'), {
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
