// Runs this checkout's own CLI; dist/ is bundled first when a file of src/ is newer.
import { readdirSync, statSync } from 'node:fs';

const newest = (folder) =>
  Math.max(...readdirSync(folder, { recursive: true }).map((name) => statSync(`${folder}/${name}`).mtimeMs));
const root = new URL('..', import.meta.url).pathname;
const bundled = statSync(`${root}dist/cli.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (newest(`${root}src`) > bundled) await import('./bundle.js');
await import('../dist/cli.js');
