import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '..');

/** From the top to the bottom of the house: a part imports from those below it and from itself. */
const FLOORS: readonly (readonly string[])[] = [
  ['cli.ts', 'definition-host.ts'],
  ['run-host.ts'],
  ['index.ts'],
  ['cli'],
  ['preview', 'import'],
  ['build', 'doctor', 'verify', 'diff', 'metrics', 'report'],
  ['rules'],
  ['load', 'edit', 'definition'],
  ['promql'],
  ['query'],
  ['model'],
];

/** Who may write or remove files: the one writer, and others for what is neither committed nor read by Grafana. */
const WRITERS = [
  /^src\/edit\//,
  /^src\/build\/(?:check-types|cache\/[\w-]+)\.ts$/,
  /^src\/import\/prove\/temporary-definitions\.ts$/,
  // Pictures and recordings, where the user asks for them.
  /^src\/preview\/write-picture\.ts$/,
];
const WRITING =
  /\b(?:writeFile|appendFile|rename|mkdir|mkdtemp|rm|rmdir|unlink|truncate|createWriteStream|symlink|cp|copyFile|chmod|chown|utimes)(?:Sync)?\b/;

interface Module {
  readonly path: string;
  readonly text: string;
  /** Paths below the repository of what it imports relatively, and names of packages. */
  readonly imports: readonly string[];
}

const modules = ['src', 'dashboards', 'dice-roller'].flatMap(modulesIn);
const sources = modules.filter(({ path }) => path.startsWith('src/'));

describe('the house', () => {
  it('has every part of src on one floor', () => {
    const parts = [...new Set(sources.map(({ path }) => partOf(path)))];
    expect(parts.filter((part) => !FLOORS.flat().includes(part))).toEqual([]);
  });

  it('has imports that point down only', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.flatMap((imported) => {
        if (!imported.startsWith('src/')) return [];
        const [from, to] = [partOf(path), partOf(imported)];
        return from === to || floorOf(from) < floorOf(to) ? [] : [`${path} imports ${imported}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('reads shapes with zod at its edge only: where files are loaded and where answers of a stack come in', () => {
    const users = modules
      .filter(({ imports }) => imports.some((name) => /^zod(?:$|\/)/.test(name)))
      .map(({ path }) => path);
    expect(users.filter((path) => !/^(?:src\/(?:load|verify)|dice-roller)\//.test(path))).toEqual([]);
  });

  it('writes files in one place, and what the build keeps for itself in another', () => {
    const wrong = sources.filter(({ path, text }) => {
      if (WRITERS.some((allowed) => allowed.test(path)) || path.endsWith('.fixture.ts')) return false;
      const fs = [...text.matchAll(/import (?:type )?([^;]*?) from 'node:fs(?:\/promises)?'/g)];
      return fs.some(([, names = '']) => WRITING.test(names) || !names.trim().startsWith('{'));
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('keeps the service apart: dashboards read its catalogue, it reads nothing of ours', () => {
    const outwards = modules
      .filter(({ path }) => path.startsWith('dice-roller/'))
      .flatMap(({ path, imports }) => imports.map((imported) => [path, imported] as const))
      .filter(([, imported]) => imported === 'panelproof' || /^(?:src|dashboards|test)\//.test(imported));
    expect(outwards).toEqual([]);
    const inwards = modules
      .filter(({ path }) => !path.startsWith('dice-roller/'))
      .flatMap(({ imports }) => imports.filter((imported) => imported.startsWith('dice-roller/')));
    expect([...new Set(inwards)]).toEqual(['dice-roller/metrics.ts']);
    expect(modules.find(({ path }) => path === 'dice-roller/metrics.ts')?.imports).toEqual([]);
  });

  it('has no module of more than 250 lines', () => {
    const long = modules
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 250);
    expect(long).toEqual([]);
  });
});

function modulesIn(folder: string): Module[] {
  const entries = readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(?:test|d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(REPOSITORY.length + 1))
    .filter((path) => !/\/(?:node_modules|cases|dist)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(REPOSITORY, path), 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

function importsOf(path: string, text: string): string[] {
  const specifiers = text.matchAll(
    /^(?:import|export|\}) [^'"]*?from '([^']+)';|^import '([^']+)';|\bimport\('([^']+)'\)/gm,
  );
  return [...specifiers].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    return specifier.startsWith('.') ? join(path, '..', specifier) : specifier;
  });
}

function partOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function floorOf(part: string): number {
  return FLOORS.findIndex((floor) => floor.includes(part));
}
