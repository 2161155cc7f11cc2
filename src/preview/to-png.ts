import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { interTrueType } from './draw/inter-font.ts';

let ready: Promise<void> | undefined;
let fonts: Uint8Array[] | undefined;

/**
 * An SVG as PNG, one pixel each, with the bundled font: the same bytes on every machine. Scripts and links of the SVG
 * are not followed.
 */
export async function toPng(svg: string): Promise<Uint8Array> {
  ready ??= initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
  await ready;
  fonts ??= [...interTrueType(400), ...interTrueType(500)];
  const picture = new Resvg(svg, {
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
