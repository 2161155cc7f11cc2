// Bundles src/ unless dist/cli.js is newer than every file of it.
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const sources = readdirSync(`${root}src`, { recursive: true }).map((name) => `${root}src/${name}`);
const newest = Math.max(changed(`${root}package.json`), ...sources.map(changed));
if (newest > changed(`${root}dist/cli.js`)) await import('./bundle.js');
