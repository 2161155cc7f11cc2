import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { execaNode } from 'execa';
import type { CompiledDashboard } from '../definition/compile.ts';
import { packageFile } from '../load/package-file.ts';
import type { Finding } from '../model/finding.ts';
import { definitionError, rangeAt } from './definition-error.ts';
import type { HostInput, HostMessage } from './definition-host.ts';

/** How definitions are run. */
export interface RunOptions {
  /** Absolute path of the workspace root. */
  readonly root: string;
  /** Milliseconds that one definition may take. */
  readonly timeout: number;
  /** Folder for compiled modules; undefined compiles afresh. */
  readonly cacheFolder: string | undefined;
}

/** What came out of the definitions. */
export interface RunResult {
  readonly dashboards: readonly DefinedDashboard[];
  readonly errors: readonly Finding[];
  /** Absolute paths of all modules that were read, definitions included. */
  readonly modules: readonly string[];
  /** What definitions printed, on either stream. */
  readonly output: string;
}

/** A compiled dashboard and the definition it comes from. */
export interface DefinedDashboard extends CompiledDashboard {
  /** Path of the TypeScript file below the root. */
  readonly definition: string;
}

/**
 * Runs definitions (paths below the root) and collects their dashboards and every error of every definition. One that
 * takes too long is stopped and those after it run in a new process.
 */
export async function runDefinitions(
  definitions: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const dashboards: DefinedDashboard[] = [];
  const errors: Finding[] = [];
  const modules = new Set<string>();
  const output: string[] = [];
  let left = definitions;
  while (left.length > 0) {
    const outcome = await runInProcess(left, options);
    dashboards.push(...outcome.dashboards);
    errors.push(...outcome.errors);
    for (const module of outcome.modules) modules.add(module);
    if (outcome.output) output.push(outcome.output);
    left = outcome.left;
  }
  return { dashboards, errors, modules: [...modules].sort(), output: output.join('\n') };
}

async function runInProcess(definitions: readonly string[], { root, timeout, cacheFolder }: RunOptions) {
  const paths = new Map(definitions.map((path) => [pathToFileURL(`${root}/${path}`).href, path]));
  const input: HostInput = {
    definitions: [...paths.keys()],
    library: pathToFileURL(packageFile('dist/index.js')).href,
    cacheFolder,
  };
  const host = execaNode(packageFile('dist/definition-host.js'), [JSON.stringify(input)], {
    cwd: root,
    ipc: true,
    stdin: 'ignore',
    all: true,
    reject: false,
    nodeOptions: ['--enable-source-maps', '--no-warnings=ExperimentalWarning'],
  });
  const dashboards: DefinedDashboard[] = [];
  const errors: Finding[] = [];
  let modules: readonly string[] = [];
  let current: string | undefined;
  let isDone = false;
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const finished = new Set<string>();
  host.on('message', (message) => {
    const said = message as HostMessage;
    clearTimeout(timer);
    if (said.kind === 'done') {
      isDone = true;
      modules = said.modules.map((url) => fileURLToPath(url));
      return;
    }
    const definition = paths.get(said.definition) ?? said.definition;
    if (said.kind === 'start') {
      current = definition;
      timer = setTimeout(() => {
        isLate = true;
        host.kill('SIGKILL');
      }, timeout);
      return;
    }
    finished.add(definition);
    current = undefined;
    if (said.kind === 'dashboards')
      dashboards.push(...said.dashboards.map((dashboard) => ({ ...dashboard, definition })));
    else errors.push(failure(root, definition, said.message, said.stack));
  });
  const { exitCode, all: output } = await host;
  clearTimeout(timer);
  if (isDone) return { dashboards, errors, modules, output, left: [] };
  if (current === undefined)
    throw new Error(`The process that runs definitions ended with code ${exitCode}:\n${output}`);
  const why = isLate
    ? `did not end within ${timeout / 1000} s (--timeout changes that)`
    : `ended the process with exit code ${exitCode}${exitCode === 13 ? ': it waits for something that never comes' : ''}`;
  errors.push(definitionError('definition-failed', `Unfinished definition: it ${why}`, { file: current }));
  finished.add(current);
  return { dashboards, errors, modules, output, left: definitions.filter((path) => !finished.has(path)) };
}

/** The error of a definition, at the innermost line of its stack that lies in the workspace. */
function failure(root: string, definition: string, message: string, stack: string): Finding {
  const frames = stack.matchAll(/(?:file:\/\/)?(\/[^\s()]+?):(\d+):(\d+)/g);
  for (const [, path = '', line, column] of frames) {
    const inside = relative(root, decodeURIComponent(path)).split(sep).join('/');
    if (inside.startsWith('..') || inside.includes('node_modules')) continue;
    const text = textOf(`${root}/${inside}`);
    if (text === undefined) continue;
    const range = rangeAt(text, Number(line), Number(column));
    return definitionError('definition-failed', oneLine(root, message), { file: inside, range });
  }
  return definitionError('definition-failed', oneLine(root, message), { file: definition });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** One line, with paths as people know them. */
function oneLine(root: string, message: string): string {
  return message
    .replaceAll(pathToFileURL(`${root}/`).href, '')
    .replaceAll(`${root}/`, '')
    .replace(/\s+/g, ' ')
    .trim();
}
