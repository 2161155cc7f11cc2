import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { execa } from 'execa';
import { packageFile } from '../load/package-file.ts';
import type { Finding } from '../model/finding.ts';
import { UsageError } from '../model/usage-error.ts';
import { temporaryFolder } from './cache/temporary-folder.ts';
import { definitionError, rangeAt } from './definition-error.ts';
import { DEFINITIONS } from './find-definitions.ts';
import { NATIVE_ENVIRONMENT, nativeCompiler } from './native-compiler.ts';

/** What the type checker said and read. */
export interface TypeCheck {
  readonly findings: readonly Finding[];
  /** Absolute paths of the modules it read, those of packages too. */
  readonly modules: readonly string[];
}

/**
 * Checks the types of definitions and of what they import, with the compiler options of the `tsconfig.json` that an
 * editor uses for them, where there is one. Each error is a finding with file, line and the compiler's message.
 */
export async function checkTypes(root: string, definitions: readonly string[]): Promise<TypeCheck> {
  // Without a file to check the compiler calls its configuration wrong.
  if (definitions.length === 0) return { findings: [], modules: [] };
  const first = await runCompiler(root, definitions);
  // One text that does not parse keeps the compiler from checking any other.
  const parsed = definitions.filter((path) => !first.unparsed.has(path));
  if (parsed.length === definitions.length) return first;
  const others = await checkTypes(root, parsed);
  const said = new Set(first.findings.map((finding) => JSON.stringify(finding)));
  const added = others.findings.filter((finding) => !said.has(JSON.stringify(finding)));
  return {
    findings: [...first.findings, ...added],
    modules: [...new Set([...first.modules, ...others.modules])],
  };
}

async function runCompiler(root: string, definitions: readonly string[]) {
  const folder = temporaryFolder(root);
  try {
    const config = join(folder.path, 'tsconfig.json');
    writeFileSync(config, JSON.stringify(compilerConfig(root, definitions)));
    const { command, args } = compiler(definitions.length);
    const { stdout, stderr, exitCode } = await execa(
      command,
      [...args, '-p', config, '--pretty', 'false', '--listFiles'],
      { cwd: root, reject: false, stdin: 'ignore', env: NATIVE_ENVIRONMENT },
    );
    const entries = stdout.split(/\r?\n(?=\S)/);
    const findings = entries.flatMap((entry) => findingOf(root, entry));
    if (exitCode !== 0 && findings.length === 0)
      throw new Error(`The type checker failed:\n${stdout}\n${stderr}`);
    const modules = entries.filter((entry) => isAbsolute(entry));
    const unparsed = new Set(findings.filter(isSyntaxError).map(({ at }) => at.file));
    return { findings, unparsed, modules: modules.map((path) => path.trim()) };
  } finally {
    folder.remove();
  }
}

function isSyntaxError({ message }: Finding): boolean {
  return /\(TS1\d{3}\)$/.test(message);
}

function compilerConfig(root: string, definitions: readonly string[]) {
  const own = editorConfig(root);
  return {
    ...(own === undefined ? {} : { extends: own }),
    compilerOptions: {
      ...(own === undefined
        ? { strict: true, target: 'es2022', lib: ['es2023'], types: nodeTypes(root) }
        : {}),
      // As they are run: as ES modules whatever the next package.json says, with or without endings.
      module: 'esnext',
      moduleResolution: 'bundler',
      moduleDetection: 'force',
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
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
      paths: packagePaths(root),
    },
    files: definitions.map((path) => join(root, path)),
    include: [],
    exclude: [],
  };
}

/** The configuration that editors take for definitions: the nearest one above them. */
function editorConfig(root: string): string | undefined {
  return [join(root, DEFINITIONS, 'tsconfig.json'), join(root, 'tsconfig.json')].find((path) =>
    existsSync(path),
  );
}

/** `panelproof` means the one that builds, as at run time; a workspace without its own SDK gets that one's. */
function packagePaths(root: string): Record<string, string[]> {
  const library = { panelproof: [packageFile('dist/types/index.d.mts')] };
  const sdk = '@grafana/grafana-foundation-sdk';
  if (isInstalled(root, sdk)) return library;
  const folder = dirname(dirname(createRequire(import.meta.url).resolve(`${sdk}/dashboard`)));
  if (/\.zip[\\/]/.test(folder))
    throw new UsageError(
      `Yarn's Plug'n'Play keeps ${sdk} in an archive, which the TypeScript compiler does not read: run \`yarn unplug -R ${sdk}\`, or set \`nodeLinker: node-modules\` in .yarnrc.yml`,
    );
  return { ...library, [`${sdk}/*`]: [`${folder}/*/index.d.ts`] };
}

/** Reading the types of Node takes as long as all else; whoever installs them wants them. */
function nodeTypes(root: string): string[] {
  return existsSync(join(root, 'node_modules/@types/node')) ? ['node'] : [];
}

/** As the compiler looks for packages. `require.resolve` finds more: pnpm puts all there are on the NODE_PATH. */
function isInstalled(folder: string, name: string): boolean {
  if (existsSync(join(folder, 'node_modules', name))) return true;
  return dirname(folder) !== folder && isInstalled(dirname(folder), name);
}

/** TypeScript 7's native program, called directly; where there is none for this machine, TypeScript 5.9. */
function compiler(definitions: number): { command: string; args: string[] } {
  const native = nativeCompiler();
  // Several threads read the same library files several times, and the definitions run on the other processor.
  if (native !== undefined) return { command: native, args: definitions > MANY ? [] : ['--singleThreaded'] };
  return { command: process.execPath, args: [createRequire(import.meta.url).resolve('typescript/bin/tsc')] };
}

/** From so many definitions on, checking them takes longer than reading what they import. */
const MANY = 100;

function findingOf(root: string, entry: string): Finding[] {
  const match = /^(.+?)\((\d+),(\d+)\): error (TS\d+): ([\s\S]+)$/.exec(entry.trim());
  if (!match)
    return /error TS\d+/.test(entry)
      ? // Only what is wrong with the configuration itself has no place.
        [
          definitionError('definition-type-error', entry.trim(), {
            file: relative(root, editorConfig(root) ?? root)
              .split(sep)
              .join('/'),
          }),
        ]
      : [];
  const [, path = '', line, column, code, message = ''] = match;
  const file = relative(root, resolve(root, path)).split(sep).join('/');
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
  const range = rangeAt(text, Number(line), Number(column));
  return [
    definitionError('definition-type-error', `${message.replace(/\s*\n\s*/g, ' ')} (${code})`, {
      file,
      range,
    }),
  ];
}
