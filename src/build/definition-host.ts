/**
 * Runs definitions in a process of its own, so that one which never ends can be stopped and one which exits takes
 * nothing with it. Started by `start-host.ts`; speaks by messages.
 */
import { createRequire, register } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { compileDashboard } from '../definition/compile.ts';
import type { DashboardDefinition } from '../definition/dashboard.ts';
import { compileAhead } from './compile-ahead.ts';
import type { ModuleNews } from './definition-hooks.ts';
import { printDashboard } from './print-dashboard.ts';

/** What the process is started with, as its one argument in JSON. */
export interface HostInput {
  /** URL of the library that `import … from 'panelproof'` means. */
  readonly library: string;
  /** Folder for compiled modules, or undefined to compile afresh. */
  readonly cacheFolder: string | undefined;
  /** Empty folder for compiling ahead of loading, or undefined where that would bring nothing. */
  readonly aheadFolder: string | undefined;
  /** URLs of modules of packages that the definitions will want; loaded while waiting for work. */
  readonly preload: readonly string[];
}

/** What it is told, once: URLs of the definitions to run, in order. */
export interface HostWork {
  readonly definitions: readonly string[];
}

/** A compiled dashboard on its way to the build; text travels faster than objects. */
export interface PrintedDashboard {
  /** Title of the Grafana folder; `''` is General. */
  readonly folder: string;
  readonly uid: string;
  /** As it will stand in the file, but for datasources, which are still named. */
  readonly text: string;
}

/** What it says, in order: `start` and then `dashboards`, once or more, or `failed` for each definition, then `done`. */
export type HostMessage =
  | { readonly kind: 'start'; readonly definition: string }
  | {
      readonly kind: 'dashboards';
      readonly definition: string;
      readonly dashboards: readonly PrintedDashboard[];
      /** One sentence for each dashboard that does not compile. */
      readonly errors: readonly string[];
      /** False while more of the same definition follow. */
      readonly isLast: boolean;
    }
  | { readonly kind: 'failed'; readonly definition: string; readonly message: string; readonly stack: string }
  | { readonly kind: 'done'; readonly news: readonly ModuleNews[] };

/** So many dashboards are sent at once: a message each would be slow, and all in one a pause without a sign of life. */
const PART = 250;

const input = JSON.parse(process.argv[2] ?? '{}') as HostInput;
// One way only: definitions see an ordinary process without a channel to speak on.
const send = process.send?.bind(process) as ((message: HostMessage, done: () => void) => void) | undefined;
const say = (message: HostMessage) => new Promise<void>((resolve) => send?.(message, resolve) ?? resolve());

const work = new Promise<HostWork>((resolve) => process.once('message', (told) => resolve(told as HostWork)));
const { port1, port2 } = new MessageChannel();
const hooks = new URL('./definition-hooks.mjs', import.meta.url);
register(hooks, { data: { ...input, port: port2 }, transferList: [port2] });
await Promise.allSettled(input.preload.map((url) => import(url)));

// Without this it would end the process, or nobody would hear of it, by which of the two comes first.
let unhandled: { readonly reason: unknown } | undefined;
process.on('unhandledRejection', (reason) => {
  unhandled ??= { reason };
});

// From here on only: the maps of packages would be read for nothing.
process.setSourceMapsEnabled(true);
const { definitions } = await work;
const [first] = definitions;
if (first !== undefined && input.cacheFolder !== undefined && input.aheadFolder !== undefined)
  compileAhead(dirname(fileURLToPath(first)), input.cacheFolder, input.aheadFolder);
for (const definition of definitions) {
  await say({ kind: 'start', definition });
  try {
    const module = (await import(definition)) as { default?: unknown };
    await throwUnhandled();
    for (const part of compileParts(module.default)) await say({ kind: 'dashboards', definition, ...part });
  } catch (error) {
    const { message, stack } =
      error instanceof Error ? error : { message: thrownText(error), stack: undefined };
    await say({ kind: 'failed', definition, message, stack: stack ?? '' });
  }
}
await say({ kind: 'done', news: [...hookNews(), ...requiredModules()] });
process.exit(0);

/** A promise that failed with nobody waiting for it fails the definition that left it. */
async function throwUnhandled(): Promise<void> {
  await new Promise(setImmediate);
  const left = unhandled;
  unhandled = undefined;
  if (left) throw left.reason;
}

function* compileParts(exported: unknown) {
  if (exported === undefined)
    throw new Error('Expected a default export: `export default dashboard({ … })`, found none');
  const isList = Array.isArray(exported);
  const all: readonly unknown[] = isList ? exported : [exported];
  for (let start = 0; start === 0 || start < all.length; start += PART) {
    const dashboards: PrintedDashboard[] = [];
    const errors: string[] = [];
    for (const [offset, definition] of all.slice(start, start + PART).entries())
      try {
        dashboards.push(compiled(definition, isList ? `[${start + offset}]` : ''));
      } catch (error) {
        errors.push(error instanceof Error ? error.message : thrownText(error));
      }
    yield { dashboards, errors, isLast: start + PART >= all.length };
  }
}

/** Names the dashboard in what goes wrong: a file can define many. */
function compiled(definition: unknown, index: string): PrintedDashboard {
  if (!isDefinition(definition))
    throw new Error(
      `Expected the default export${index} to be a dashboard made by \`dashboard({ … })\` or an array of them, found ${kindOf(definition)}`,
    );
  try {
    const { folder, json } = compileDashboard(definition);
    return { folder, uid: String(json.uid), text: printDashboard(json) };
  } catch (error) {
    const message = error instanceof Error ? error.message : thrownText(error);
    throw new Error(`Dashboard "${definition.options.uid}": ${message}`);
  }
}

function isDefinition(value: unknown): value is DashboardDefinition {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { kind?: unknown }).kind === 'panelproof dashboard'
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof Promise)
    return 'a promise (export what it resolves to: `await` works at the top level)';
  if (typeof (value as { build?: unknown }).build === 'function') return 'a builder of the SDK';
  return typeof value === 'object' ? 'another object' : typeof value;
}

/** `throw 'text'` and stranger things. */
function thrownText(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : `thrown: ${JSON.stringify(thrown) ?? String(thrown)}`;
}

/** What the hooks said, from their own thread, before they answered the last import: all of it is there by now. */
function hookNews(): ModuleNews[] {
  const news: ModuleNews[] = [];
  for (let told = receiveMessageOnPort(port1); told; told = receiveMessageOnPort(port1))
    news.push(told.message as ModuleNews);
  return news;
}

/** Modules that CommonJS loaded for itself, past the hooks. */
function requiredModules(): ModuleNews[] {
  const paths = Object.keys(createRequire(import.meta.url).cache);
  return paths.map((path) => ({ kind: 'loaded', url: pathToFileURL(path).href }));
}
