import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Finding } from '../model/finding.ts';
import { definitionError } from './definition-error.ts';
import { definitionFailure } from './definition-failure.ts';
import type { HostMessage, PrintedDashboard } from './host/host-messages.ts';
import type { ModuleNews } from './host/module-news.ts';
import { type DefinitionHost, type HostEnd, type HostOptions, startHost } from './start-host.ts';

/** How definitions are run. */
export interface RunOptions extends HostOptions {
  /** Milliseconds that one definition may take. */
  readonly timeout: number;
  /** A process that was started before; default: a new one. */
  readonly host?: DefinitionHost | undefined;
}

/** What came out of the definitions. */
export interface RunResult {
  readonly dashboards: readonly DefinedDashboard[];
  readonly errors: readonly Finding[];
  readonly modules: ModuleFacts;
  /** What definitions printed, on either stream; known when their process has ended, which nothing else waits for. */
  readonly output: Promise<string>;
}

/** What the definitions are made of. */
export interface ModuleFacts {
  /** Absolute paths of all modules that were loaded, definitions included, those of panelproof left out. */
  readonly loaded: readonly string[];
  /** Pairs of absolute paths: the first imports the second. */
  readonly imports: readonly (readonly [string, string])[];
  /** What some module depends on that is no module: `lib/x.ts: process.`; undefined when nothing. */
  readonly outsideWorld: string | undefined;
}

/** A compiled dashboard and the definition it comes from. */
export interface DefinedDashboard extends PrintedDashboard {
  /** Path of the TypeScript file below the root. */
  readonly definition: string;
}

/**
 * Runs definitions (paths below the root) and collects their dashboards and every error of every definition. One that
 * takes too long is stopped and those after it run in a new process.
 */
export async function runDefinitions(
  definitions: readonly string[],
  { host, ...options }: RunOptions,
): Promise<RunResult> {
  const dashboards: DefinedDashboard[] = [];
  const errors: Finding[] = [];
  const news: ModuleNews[] = [];
  const outputs: Promise<string>[] = [];
  let left = definitions;
  let next = host;
  while (left.length > 0) {
    const outcome = await runInProcess(left, next ?? startHost(options), options);
    next = undefined;
    dashboards.push(...outcome.dashboards);
    errors.push(...outcome.errors);
    news.push(...outcome.news);
    outputs.push(outcome.output);
    left = outcome.left;
  }
  const output = Promise.all(outputs).then((texts) => texts.filter(Boolean).join('\n'));
  return { dashboards, errors, modules: moduleFacts(news), output };
}

async function runInProcess(
  definitions: readonly string[],
  host: DefinitionHost,
  { root, timeout }: RunOptions,
) {
  const paths = new Map(definitions.map((path) => [pathToFileURL(`${root}/${path}`).href, path]));
  const dashboards: DefinedDashboard[] = [];
  const errors: Finding[] = [];
  let news: readonly ModuleNews[] | undefined;
  let current: string | undefined;
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const finished = new Set<string>();
  let saidAll = () => {};
  const isDone = new Promise<void>((resolve) => {
    saidAll = resolve;
  });
  const hear = (message: HostMessage) => {
    clearTimeout(timer);
    if (message.kind === 'done') {
      news = message.news;
      saidAll();
      return;
    }
    const definition = paths.get(message.definition) ?? message.definition;
    if (message.kind === 'dashboards') {
      dashboards.push(...message.dashboards.map((dashboard) => ({ ...dashboard, definition })));
      errors.push(
        ...message.errors.map((text) => definitionError('definition-failed', text, { file: definition })),
      );
    }
    if (message.kind === 'failed') errors.push(definitionFailure(root, definition, message));
    if (message.kind === 'start' || (message.kind === 'dashboards' && !message.isLast)) {
      current = definition;
      timer = setTimeout(() => {
        isLate = true;
        host.kill();
      }, timeout);
      return;
    }
    finished.add(definition);
    current = undefined;
  };
  const ended = host.run({ definitions: [...paths.keys()] }, hear);
  const output = ended.then((end) => end.output);
  await Promise.race([isDone, ended]);
  clearTimeout(timer);
  if (news) return { dashboards, errors, news, output, left: [] };
  const end = await ended;
  if (current === undefined)
    throw new Error(`The process that runs definitions ${endOf(end)}:\n${end.output}`);
  const why = isLate ? `did not end within ${timeout / 1000} s (--timeout changes that)` : endOf(end);
  errors.push(definitionError('definition-failed', `Unfinished definition: it ${why}`, { file: current }));
  finished.add(current);
  return { dashboards, errors, news: [], output, left: definitions.filter((path) => !finished.has(path)) };
}

function endOf({ exitCode, signal }: HostEnd): string {
  if (signal) return `ended the process by ${signal}${signal === 'SIGABRT' ? ': its memory was full' : ''}`;
  return `ended the process with exit code ${exitCode}${exitCode === 13 ? ': it waits for something that never comes' : ''}`;
}

function moduleFacts(news: readonly ModuleNews[]): ModuleFacts {
  const loaded = new Set<string>();
  const imports: [string, string][] = [];
  let outsideWorld: string | undefined;
  for (const item of news) {
    if (!item.url.startsWith('file:')) continue;
    const path = fileURLToPath(item.url);
    if (item.kind === 'loaded') loaded.add(path);
    else if (item.kind === 'import') imports.push([fileURLToPath(item.from), path]);
    else outsideWorld ??= `${path}: ${item.what}`;
  }
  return { loaded: [...loaded].sort(), imports, outsideWorld };
}
