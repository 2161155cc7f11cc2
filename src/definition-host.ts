/**
 * The process that runs definitions, so that one which never ends can be stopped and one which exits takes nothing with
 * it. Started by `build/start-host.ts`; what it does is in `run-host.ts`, whose compiled code is kept.
 */
import { join } from 'node:path';
import { loadCached } from './build/cache/load-cached.ts';
import { optimiseLater } from './build/cache/optimise-later.ts';

optimiseLater();
const { exports, keep } = loadCached(join(import.meta.dirname, 'run-host.js'), 'definitions');
const { run } = exports as typeof import('./run-host.ts');
run(
  JSON.parse(process.argv[2] ?? '{}'),
  (url: string, attributes: ImportAttributes) => import(url, { with: attributes }),
  keep,
);
