import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const instructions = DockerfileParser.parse(
  readFileSync(join(root, 'dice-roller/Dockerfile'), 'utf8'),
).getInstructions();

const of = (keyword: string): readonly Instruction[] =>
  instructions.filter((one) => one.getKeyword() === keyword);
/** An instruction as it is written, flags included, without its keyword. */
const text = (instruction: Instruction | undefined) =>
  instruction?.getTextContent().replace(/^\w+\s+/, '') ?? '';

describe('The image', () => {
  it('comes from a pinned slim Node 24', () => {
    expect(text(of('ARG')[0])).toMatch(/^NODE_IMAGE=node:24\.\d+\.\d+-slim$/);
    for (const from of of('FROM')) expect(text(from)).toMatch(/^(\$\{NODE_IMAGE\}|manifests)( AS \w+)?$/);
  });

  it('copies only what is in the repository and what .dockerignore lets through', () => {
    const sources = of('COPY')
      .map(text)
      .filter((args) => !args.startsWith('--from='))
      .flatMap((args) => args.split(/\s+/).slice(0, -1));
    expect(sources.length).toBeGreaterThan(4);
    const allowed = /^(package\.json|package-lock\.json|dice-roller(\/.*)?)$/;
    for (const source of sources) {
      expect(existsSync(join(root, source)), source).toBe(true);
      expect(source).toMatch(allowed);
    }
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['*', '!package.json', '!package-lock.json', '!dice-roller']),
    );
  });

  it('runs as a user without rights, has production dependencies only and a health check', () => {
    const last = instructions.slice(instructions.lastIndexOf(of('FROM').at(-1) as Instruction));
    const words = last.map((one) => `${one.getKeyword()} ${text(one)}`);
    expect(words).toContain('USER node');
    expect(words.some((line) => line.startsWith('HEALTHCHECK') && line.includes('/healthz'))).toBe(true);
    const modules = words.filter((line) => line.includes('node_modules'));
    expect(modules).toEqual(['COPY --from=production /app/node_modules /app/node_modules']);
    const install = of('RUN')
      .map(text)
      .filter((line) => line.includes('npm ci'));
    expect(install[1]).toContain('--omit=dev');
    expect(install[1]).toContain('--workspace dice-roller');
  });
});
