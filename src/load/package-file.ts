import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let packageRoot: string | undefined;

/** Absolute path of a file of the panelproof package itself, whether it runs from `dist/` or from `src/`. */
export function packageFile(path: string): string {
  packageRoot ??= nearestPackage(dirname(fileURLToPath(import.meta.url)));
  return join(packageRoot, path);
}

function nearestPackage(folder: string): string {
  if (isOurs(join(folder, 'package.json')) || dirname(folder) === folder) return folder;
  return nearestPackage(dirname(folder));
}

/** `dist/` has a manifest of its own, for Node, which has no name. */
function isOurs(manifest: string): boolean {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name === 'panelproof';
  } catch {
    return false;
  }
}
