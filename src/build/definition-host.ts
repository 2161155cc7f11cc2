/**
 * Runs definitions in a process of its own, so that one which never ends can be stopped and one which exits takes
 * nothing with it. Started by `start-host.ts`; speaks by messages.
 */
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { compileDashboard } from '../definition/compile.ts';
import type { DashboardDefinition } from '../definition/dashboard.ts';
import type { ModuleNews } from './definition-hooks.ts';
import { printDashboard } from './print-dashboard.ts';

/** What the process is started with, as its one argument in JSON. */
export interface HostInput {
  /** URL of the library that `import … from 'panelproof'` means. */
  readonly library: string;
  /** Folder for compiled modules, or undefined to compile afresh. */
  readonly cacheFolder: string | undefined;
  /** URLs of modules of packages that the definitions will want; loaded while waiting for work. */
  readonly preload: readonly string[];
  /** Load the compiler while waiting, too. */
  readonly warmCompiler: boolean;
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

/** What it says, in order: `start` and one of `dashboards` or `failed` for each definition, then `done`. */
export type HostMessage =
  | { readonly kind: 'start'; readonly definition: string }
  | {
      readonly kind: 'dashboards';
      readonly definition: string;
      readonly dashboards: readonly PrintedDashboard[];
      /** One sentence for each dashboard that does not compile. */
      readonly errors: readonly string[];
    }
  | { readonly kind: 'failed'; readonly definition: string; readonly message: string; readonly stack: string }
  | { readonly kind: 'done'; readonly news: readonly ModuleNews[] };

const input = JSON.parse(process.argv[2] ?? '{}') as HostInput;
// One way only: definitions see an ordinary process without a channel to speak on.
const send = process.send?.bind(process) as ((message: HostMessage, done: () => void) => void) | undefined;
const say = (message: HostMessage) => new Promise<void>((resolve) => send?.(message, resolve) ?? resolve());

const work = new Promise<HostWork>((resolve) => process.once('message', (told) => resolve(told as HostWork)));
const news: ModuleNews[] = [];
const { port1, port2 } = new MessageChannel();
port1.on('message', (told: ModuleNews) => news.push(told));
port1.unref();
const hooks = new URL('./definition-hooks.js', import.meta.url);
register(hooks, { data: { ...input, port: port2 }, transferList: [port2] });
await Promise.allSettled(input.preload.map((url) => import(url)));

for (const definition of (await work).definitions) {
  await say({ kind: 'start', definition });
  try {
    const module = (await import(definition)) as { default?: unknown };
    await say({ kind: 'dashboards', definition, ...compileAll(module.default) });
  } catch (error) {
    const { message, stack } =
      error instanceof Error ? error : { message: thrownText(error), stack: undefined };
    await say({ kind: 'failed', definition, message, stack: stack ?? '' });
  }
}
// The hooks live in another thread: give their last message a turn to arrive.
await new Promise((resolve) => setImmediate(resolve));
await say({ kind: 'done', news: [...news, ...requiredModules()] });
process.exit(0);

function compileAll(exported: unknown): { dashboards: PrintedDashboard[]; errors: string[] } {
  if (exported === undefined)
    throw new Error('Expected a default export: `export default dashboard({ … })`, found none');
  const isList = Array.isArray(exported);
  const dashboards: PrintedDashboard[] = [];
  const errors: string[] = [];
  for (const [index, definition] of (isList ? (exported as unknown[]) : [exported]).entries())
    try {
      if (!isDefinition(definition))
        throw new Error(
          `Expected the default export${isList ? `[${index}]` : ''} to be a dashboard made by \`dashboard({ … })\` or an array of them, found ${kindOf(definition)}`,
        );
      dashboards.push(compiled(definition));
    } catch (error) {
      errors.push(error instanceof Error ? error.message : thrownText(error));
    }
  return { dashboards, errors };
}

/** Names the dashboard in what goes wrong: a file can define many. */
function compiled(definition: DashboardDefinition): PrintedDashboard {
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

/** Modules that CommonJS loaded for itself, past the hooks. */
function requiredModules(): ModuleNews[] {
  const paths = Object.keys(createRequire(import.meta.url).cache);
  return paths.map((path) => ({ kind: 'loaded', url: pathToFileURL(path).href }));
}
