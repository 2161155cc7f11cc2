import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Path of TypeScript 7's native program; undefined where there is none for this machine. */
export function nativeCompiler(): string | undefined {
  try {
    const ofVersion7 = createRequire(createRequire(import.meta.url).resolve('typescript-7/package.json'));
    const native = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
    const program = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
    return join(dirname(ofVersion7.resolve(native)), 'lib', program);
  } catch {
    return undefined;
  }
}

/**
 * Environment for that program, which is written in Go: for as short as it runs it need not collect garbage, which is half
 * of its work, unless it takes more than a gibibyte. Who has set these differently may.
 */
export const NATIVE_ENVIRONMENT = { GOGC: 'off', GOMEMLIMIT: '1GiB', ...process.env };
