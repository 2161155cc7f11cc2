import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compileFunction, SourceTextModule } from 'node:vm';

/** The text of JavaScript that is an ES module; undefined for everything else. */
export function esModuleSource(path: string): string | undefined {
  if (!/\.m?js$/.test(path)) return undefined;
  const type = path.endsWith('.mjs') ? 'module' : packageType(path);
  if (type === 'commonjs') return undefined;
  const text = readFileSync(path, 'utf8');
  return type === 'module' || hasModuleSyntax(text) ? text : undefined;
}

/** Whether JavaScript is an ES module where no `package.json` says: as Node does, by what CommonJS cannot hold. */
function hasModuleSyntax(text: string): boolean {
  if (!/\b(?:import|export|await)\b/.test(text)) return false;
  try {
    compileFunction(text.replace(/^#!.*/, ''), ['exports', 'require', 'module', '__filename', '__dirname']);
    return false;
  } catch {
    return parses(text);
  }
}

function parses(text: string): boolean {
  try {
    new SourceTextModule(text);
    return true;
  } catch {
    return false;
  }
}

const types = new Map<string, string>();

/** The `type` of the `package.json` that a file belongs to: `module`, `commonjs` or `''` where it says nothing. */
function packageType(path: string): string {
  const folder = dirname(path);
  const known = types.get(folder);
  if (known !== undefined) return known;
  const own = typeIn(folder);
  const isTop = dirname(folder) === folder || folder.endsWith('node_modules');
  const type = own ?? (isTop ? '' : packageType(folder));
  types.set(folder, type);
  return type;
}

function typeIn(folder: string): string | undefined {
  try {
    const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { type?: unknown };
    return typeof type === 'string' ? type : '';
  } catch {
    return undefined;
  }
}
