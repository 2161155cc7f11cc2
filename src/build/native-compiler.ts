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
