/**
 * Runs definitions in a process of its own, so that one which never ends can be stopped and one which exits takes
 * nothing with it. Started by `run-definitions.ts`; speaks by messages.
 */
import { register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';
import { type CompiledDashboard, compileDashboard } from '../definition/compile.ts';
import type { DashboardDefinition } from '../definition/dashboard.ts';

/** What the process is started with, as its one argument in JSON. */
export interface HostInput {
  /** URLs of the definitions to run, in order. */
  readonly definitions: readonly string[];
  /** URL of the library that `import … from 'panelproof'` means. */
  readonly library: string;
  /** Folder for compiled modules, or undefined to compile afresh. */
  readonly cacheFolder: string | undefined;
}

/** What it says, in order: `start` and one of `dashboards` or `failed` for each definition, then `done`. */
export type HostMessage =
  | { readonly kind: 'start'; readonly definition: string }
  | {
      readonly kind: 'dashboards';
      readonly definition: string;
      readonly dashboards: readonly CompiledDashboard[];
    }
  | { readonly kind: 'failed'; readonly definition: string; readonly message: string; readonly stack: string }
  | { readonly kind: 'done'; readonly modules: readonly string[] };

const input = JSON.parse(process.argv[2] ?? '{}') as HostInput;
// One way only: definitions see an ordinary process without a channel to speak on.
const send = process.send?.bind(process) as ((message: HostMessage, done: () => void) => void) | undefined;
const say = (message: HostMessage) => new Promise<void>((resolve) => send?.(message, resolve) ?? resolve());

const modules = new Set<string>();
const { port1, port2 } = new MessageChannel();
port1.on('message', (url: string) => modules.add(url));
port1.unref();
const hooks = new URL('./definition-hooks.js', import.meta.url);
register(hooks, { data: { ...input, port: port2 }, transferList: [port2] });

for (const definition of input.definitions) {
  await say({ kind: 'start', definition });
  try {
    const module = (await import(definition)) as { default?: unknown };
    await say({ kind: 'dashboards', definition, dashboards: compileAll(module.default) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    await say({ kind: 'failed', definition, message, stack: stack ?? '' });
  }
}
// The hooks live in another thread: give their last message a turn to arrive.
await new Promise((resolve) => setImmediate(resolve));
await say({ kind: 'done', modules: [...modules] });
process.exit(0);

function compileAll(exported: unknown): CompiledDashboard[] {
  if (exported === undefined)
    throw new Error('Expected a default export: `export default dashboard({ … })`, found none');
  const definitions: unknown[] = Array.isArray(exported) ? exported : [exported];
  return definitions.map((definition, index) => {
    if (!isDefinition(definition))
      throw new Error(
        `Expected the default export${Array.isArray(exported) ? `[${index}]` : ''} to be a dashboard made by \`dashboard({ … })\` or an array of them, found ${kindOf(definition)}`,
      );
    return compileDashboard(definition);
  });
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
  if (typeof (value as { build?: unknown }).build === 'function') return 'a builder of the SDK';
  return typeof value === 'object' ? 'another object' : typeof value;
}
