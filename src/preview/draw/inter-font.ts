import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

/** The weights that Grafana's pictures use. */
export type FontWeight = 400 | 500;

const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'greek'] as const;
/** A script that the font has. */
export type FontSubset = (typeof SUBSETS)[number];
const require = createRequire(import.meta.url);

/** Path of a file of the Inter font: what a browser is sent. */
export function interFile(weight: FontWeight, subset: FontSubset, ending: 'woff' | 'woff2'): string {
  return require.resolve(`@fontsource/inter/files/inter-${subset}-${weight}-normal.${ending}`);
}

/** Files of a weight as TrueType, which rasterisers read; all of them by default. */
export function interTrueType(weight: FontWeight, subsets: readonly FontSubset[] = SUBSETS): Uint8Array[] {
  return subsets.map((subset) => trueTypeOf(readFileSync(interFile(weight, subset, 'woff'))));
}

/** Widths of the characters of Inter's latin part, in thousandths of the font size, by code point. */
export function interWidths(weight: FontWeight): ReadonlyMap<number, number> {
  const tables = tablesOf(readFileSync(interFile(weight, 'latin', 'woff')));
  const table = (tag: string) => tables.find((each) => each.tag === tag)?.bytes ?? Buffer.alloc(0);
  const perEm = table('head').readUInt16BE(18);
  const measured = table('hhea').readUInt16BE(34);
  const advances = table('hmtx');
  const widths = new Map<number, number>();
  for (const [code, glyph] of glyphsOf(table('cmap')))
    widths.set(code, (advances.readUInt16BE(4 * Math.min(glyph, measured - 1)) / perEm) * 1000);
  return widths;
}

interface FontTable {
  readonly tag: string;
  readonly checksum: number;
  readonly bytes: Buffer;
}

/** Reads a WOFF 1.0 file: a header of 44 bytes, 20 for each table, and the tables, deflated where that is shorter. */
function tablesOf(woff: Buffer): FontTable[] {
  return Array.from({ length: woff.readUInt16BE(12) }, (_, index) => {
    const entry = 44 + 20 * index;
    const start = woff.readUInt32BE(entry + 4);
    const packed = woff.subarray(start, start + woff.readUInt32BE(entry + 8));
    const length = woff.readUInt32BE(entry + 12);
    return {
      tag: woff.toString('latin1', entry, entry + 4),
      checksum: woff.readUInt32BE(entry + 16),
      bytes: packed.length < length ? inflateSync(packed) : packed,
    };
  });
}

function trueTypeOf(woff: Buffer): Buffer {
  const tables = tablesOf(woff);
  const header = Buffer.alloc(12 + 16 * tables.length);
  header.writeUInt32BE(woff.readUInt32BE(4), 0);
  header.writeUInt16BE(tables.length, 4);
  let at = header.length;
  const bodies = tables.map(({ tag, checksum, bytes }, index) => {
    const entry = 12 + 16 * index;
    header.write(tag, entry, 'latin1');
    header.writeUInt32BE(checksum, entry + 4);
    header.writeUInt32BE(at, entry + 8);
    header.writeUInt32BE(bytes.length, entry + 12);
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    at += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...bodies]);
}

/** The glyph of each code point, from a character map of format 4. */
function* glyphsOf(cmap: Buffer): Generator<[code: number, glyph: number]> {
  for (let index = 0; index < cmap.readUInt16BE(2); index++) {
    const table = cmap.subarray(cmap.readUInt32BE(8 + 8 * index));
    if (table.readUInt16BE(0) !== 4) continue;
    const double = table.readUInt16BE(6);
    for (let at = 0; at < double; at += 2) {
      const end = table.readUInt16BE(14 + at);
      const start = table.readUInt16BE(16 + double + at);
      const delta = table.readUInt16BE(16 + 2 * double + at);
      const offsetAt = 16 + 3 * double + at;
      const offset = table.readUInt16BE(offsetAt);
      for (let code = start; code <= end && code !== 0xffff; code++) {
        const glyph = offset === 0 ? code : table.readUInt16BE(offsetAt + offset + 2 * (code - start));
        if (glyph !== 0) yield [code, (glyph + delta) & 0xffff];
      }
    }
    return;
  }
}
