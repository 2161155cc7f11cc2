import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { packageFile } from '../load/package-file.ts';
import type { Finding } from '../model/finding.ts';
import { temporaryFolder } from './build-cache.ts';
import { definitionError, rangeAt } from './definition-error.ts';

/**
 * Checks the types of definitions and of what they import, with the compiler options of the workspace's own
 * `tsconfig.json` where there is one. Each error is a finding with file, line and the compiler's message.
 */
export async function checkTypes(root: string, definitions: readonly string[]): Promise<readonly Finding[]> {
  const folder = temporaryFolder(root);
  try {
    const config = join(folder, 'tsconfig.json');
    writeFileSync(config, JSON.stringify(compilerConfig(root, definitions)));
    const { command, args } = await compiler();
    const { stdout, stderr, exitCode } = await execa(command, [...args, '-p', config, '--pretty', 'false'], {
      cwd: root,
      reject: false,
      stdin: 'ignore',
    });
    const findings = stdout.split(/\n(?=\S)/).flatMap((entry) => findingOf(root, entry));
    if (exitCode !== 0 && findings.length === 0)
      throw new Error(`The type checker failed:\n${stdout}\n${stderr}`);
    return findings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compilerConfig(root: string, definitions: readonly string[]) {
  const own = join(root, 'tsconfig.json');
  return {
    ...(existsSync(own) ? { extends: own } : {}),
    compilerOptions: {
      ...(existsSync(own) ? {} : { strict: true, target: 'es2022', lib: ['es2023'], types: [] }),
      module: 'nodenext',
      moduleResolution: 'nodenext',
      allowImportingTsExtensions: true,
      // What cannot be erased cannot run on every Node without a compiler.
      erasableSyntaxOnly: true,
      skipLibCheck: true,
      noEmit: true,
      composite: false,
      incremental: false,
      // A definition may be read before all that it will use is written.
      noUnusedLocals: false,
      noUnusedParameters: false,
      typeRoots: [join(root, 'node_modules/@types'), packageFile('node_modules/@types')],
      ...ownPackages(root),
    },
    files: definitions.map((path) => join(root, path)),
    include: [],
    exclude: [],
  };
}

/** A workspace without its own panelproof and SDK gets the types of the ones that build it. */
function ownPackages(root: string): { paths?: Record<string, string[]> } {
  const fromRoot = createRequire(pathToFileURL(join(root, 'package.json')));
  const sdk = '@grafana/grafana-foundation-sdk';
  if (canResolve(fromRoot, 'panelproof/package.json') && canResolve(fromRoot, `${sdk}/dashboard`)) return {};
  const library = [packageFile('dist/types/index.d.ts'), packageFile('src/index.ts')].find(existsSync) ?? '';
  const sdkFolder = dirname(dirname(createRequire(import.meta.url).resolve(`${sdk}/dashboard`)));
  return { paths: { panelproof: [library], [`${sdk}/*`]: [`${sdkFolder}/*/index.d.ts`] } };
}

function canResolve(require: NodeJS.Require, specifier: string): boolean {
  try {
    require.resolve(specifier);
    return true;
  } catch {
    return false;
  }
}

/** TypeScript 7's native program, called directly; where there is none for this machine, TypeScript 5.9. */
async function compiler(): Promise<{ command: string; args: string[] }> {
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(require.resolve('typescript-7/package.json'));
    const module = (await import(pathToFileURL(join(folder, 'lib/getExePath.js')).href)) as {
      default: () => string;
    };
    return { command: module.default(), args: [] };
  } catch {
    return { command: process.execPath, args: [require.resolve('typescript/bin/tsc')] };
  }
}

function findingOf(root: string, entry: string): Finding[] {
  const match = /^(.+?)\((\d+),(\d+)\): error (TS\d+): ([\s\S]+)$/.exec(entry.trim());
  if (!match)
    return /error TS\d+/.test(entry)
      ? [definitionError('definition-type-error', entry.trim(), { file: '' })]
      : [];
  const [, path = '', line, column, code, message = ''] = match;
  const file = relative(root, join(root, path)).split(sep).join('/');
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
  const range = rangeAt(text, Number(line), Number(column));
  return [
    definitionError('definition-type-error', `${message.replace(/\s*\n\s*/g, ' ')} (${code})`, {
      file,
      range,
    }),
  ];
}
