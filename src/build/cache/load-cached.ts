import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { keepFile } from './keep-file.ts';
import { sha256 } from './observe.ts';

/** A CommonJS file that was run, and a way to have it start faster the next time. */
export interface LoadedScript {
  readonly exports: unknown;
  /** Keeps the machine code of all that has run so far, unless it came from there. */
  keep(): void;
}

/**
 * Runs a CommonJS file, which must import nothing dynamically, with the code that V8 made of it the last time, so that
 * nothing has to be parsed. The code stands in a folder beside the file, is as trusted as that, and only counts for this
 * very file and this very Node.
 *
 * @param purpose what is run of the file; other purposes keep code of their own
 */
export function loadCached(path: string, purpose: string): LoadedScript {
  const file = openSync(path, 'r');
  const { size, mtimeMs, ino } = fstatSync(file);
  const text = readFileSync(file, 'latin1');
  closeSync(file);
  const name = [purpose, size, mtimeMs, ino, process.version, process.arch].join(' ');
  const cache = join(dirname(path), 'code-cache', name);
  const cachedData = readCode(cache);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: path,
    cachedData,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  return {
    exports: module.exports,
    keep() {
      if (cachedData && !script.cachedDataRejected) return;
      const code = script.createCachedData();
      keepFile(cache, Buffer.concat([Buffer.from(sha256(code)), code]));
    },
  };
}

/** V8 itself does not notice damage, and would run it. */
function readCode(path: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    const code = bytes.subarray(DIGEST_LENGTH);
    return bytes.toString('latin1', 0, DIGEST_LENGTH) === sha256(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

const DIGEST_LENGTH = 64;
