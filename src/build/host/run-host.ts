import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { compileDashboard } from '../../definition/compile.ts';
import type { DashboardDefinition } from '../../definition/dashboard.ts';
import { printDashboard } from '../print-dashboard.ts';
import type { HostInput, HostMessage, HostWork, PrintedDashboard } from './host-messages.ts';
import { type LoaderOptions, moduleLoader } from './module-loader.ts';
import type { ModuleNews } from './module-news.ts';

/**
 * Waits for its work, runs those definitions one after the other, says what each comes to, and ends the process.
 *
 * @param keepCode keeps the compiled code of this program for the next time
 */
export async function runHost(
  { preload, ...folders }: HostInput,
  means: Omit<LoaderOptions, 'cacheFolder' | 'aheadFolder'>,
  keepCode: () => void,
): Promise<void> {
  // One way only: definitions see an ordinary process without a channel to speak on.
  const send = process.send?.bind(process) as ((message: HostMessage, done: () => void) => void) | undefined;
  const say = (message: HostMessage) => new Promise<void>((resolve) => send?.(message, resolve) ?? resolve());
  const work = new Promise<HostWork>((resolve) =>
    process.once('message', (told) => resolve(told as HostWork)),
  );
  // As Node does where the main module waits for what never comes: nothing is left that could go on.
  process.once('beforeExit', () => {
    // Often why it never comes.
    if (unhandled) console.error(unhandled.reason);
    process.exit(NEVER_SETTLED);
  });
  // Below what a package does lies the line of the definition that called it.
  Error.stackTraceLimit = 100;
  const loader = moduleLoader({ ...means, ...folders });
  await Promise.allSettled(preload.map((url) => loader.load(url)));
  const { definitions } = await work;
  for (const definition of definitions) {
    await say({ kind: 'start', definition });
    try {
      const module = await loader.load(definition);
      await throwUnhandled();
      for (const part of compileParts(module.default)) await say({ kind: 'dashboards', definition, ...part });
    } catch (error) {
      await say({ kind: 'failed', definition, ...described(error, loader.stackOf) });
    }
  }
  await say({ kind: 'done', news: [...loader.news, ...requiredModules()] });
  keepCode();
  process.exit(0);
}

/** Exit code of Node for a top-level `await` that is never settled. */
const NEVER_SETTLED = 13;

// Without this it would end the process, or nobody would hear of it, by which of the two comes first.
let unhandled: { readonly reason: unknown } | undefined;
process.on('unhandledRejection', (reason) => {
  unhandled ??= { reason };
});

/** So many dashboards are sent at once: a message each would be slow, and all in one a pause without a sign of life. */
const PART = 250;

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
        errors.push(described(error).message);
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
    throw new Error(`Dashboard "${definition.options.uid}": ${described(error).message}`);
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

/** What was thrown as texts: also `throw 'text'`, and stranger things that throw when they are looked at. */
function described(thrown: unknown, stackOf: (error: Error) => string = () => '') {
  try {
    if (thrown instanceof Error) return { message: String(thrown.message), stack: stackOf(thrown) };
    return { message: typeof thrown === 'string' ? thrown : `thrown: ${inspect(thrown)}`, stack: '' };
  } catch {
    return { message: 'thrown: what cannot be shown', stack: '' };
  }
}

/** Modules that CommonJS loaded for itself, past the loader. */
function requiredModules(): ModuleNews[] {
  const paths = Object.keys(createRequire(import.meta.url).cache);
  return paths.map((path) => ({ kind: 'loaded', url: pathToFileURL(path).href }));
}
