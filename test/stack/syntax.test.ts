import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMap, isScalar, parse, parseDocument, visit } from 'yaml';
import { root } from '../live/lab.ts';
import { composeText } from './compose-file.ts';

const source = join(root, 'test/stack/syntax');
const missing = missingGo();
if (missing) console.warn(`Skipped: ${missing}`);

/** Reads files with the parsers of Docker Compose and of Alloy themselves: a small Go program, see syntax/main.go. */
describe.skipIf(missing)(`The parsers of the programs themselves${missing ? ` (${missing})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-syntax-'));
  const program = join(folder, 'syntax');

  beforeAll(() => {
    execFileSync('go', ['build', '-o', program, '.'], { cwd: source });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the program says to a text: its exit code, stdout and stderr. */
  function read(language: 'alloy' | 'compose', text: string, env: Readonly<Record<string, string>> = {}) {
    const file = join(folder, language === 'alloy' ? 'config.alloy' : 'compose.yaml');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(program, [language, file], { encoding: 'utf8', env });
    return { status, stdout, stderr };
  }

  it('load compose.yaml with the schema of the Compose Specification', () => {
    const { status, stdout, stderr } = read('compose', composeText);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const project = JSON.parse(stdout) as { name: string; services: Record<string, { mem_limit: string }> };
    expect(project.name).toBe('panelproof');
    expect(Object.keys(project.services)).toHaveLength(8);
    expect(project.services.tempo?.mem_limit).toBe(String(768 * 1024 * 1024));
  });

  it('put variables in', () => {
    const env = { GRAFANA_PORT: '3001', GRAFANA_ADMIN_PASSWORD: 'other', TRAFFIC_RATE: '0' };
    const { services } = JSON.parse(read('compose', composeText, env).stdout);
    expect(services.grafana.ports[0]).toMatchObject({
      host_ip: '127.0.0.1',
      published: '3001',
      target: 3000,
    });
    expect(services.grafana.environment.GF_SECURITY_ADMIN_PASSWORD).toBe('other');
    expect(services.traffic.environment.TRAFFIC_RATE).toBe('0');
  });

  it.each(keysOf(composeText))('know the key %s and refuse it misspelt', (path) => {
    const { status, stderr } = read('compose', misspelt(composeText, path.split('.')));
    expect(stderr).toContain(`${path.split('.').at(-1)}x`);
    expect(status).toBe(1);
  });

  it('refuse a dependency on a service that is not there', () => {
    const { status, stderr } = read('compose', composeText.replace('      loki: {', '      lokki: {'));
    expect(stderr).toContain('lokki');
    expect(status).toBe(1);
  });

  it('parse the configuration of Alloy, and would format it no other way', () => {
    const text = readFileSync(join(root, 'stack/config.alloy'), 'utf8');
    expect(read('alloy', text)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it.each([
    [
      'a bracket that is not closed',
      'values = ["observability.logs=true"]',
      'values = ["observability.logs=true"',
    ],
    ['a comma where a line ends', 'refresh_interval = "5s"', 'refresh_interval = "5s",'],
    ['a block without a name in quotes', 'loki.write "loki"', 'loki.write loki'],
  ])('refuse %s in the configuration of Alloy', (_what, right, wrong) => {
    const text = readFileSync(join(root, 'stack/config.alloy'), 'utf8');
    expect(text).toContain(right);
    const { status, stderr } = read('alloy', text.replace(right, wrong));
    expect(stderr).toMatch(/config\.alloy:\d+:\d+/);
    expect(status).toBe(1);
  });
});

function missingGo(): string | undefined {
  if (spawnSync('go', ['version']).status !== 0) return 'no Go';
  const { status, stderr } = spawnSync('go', ['mod', 'download'], { cwd: source, encoding: 'utf8' });
  return status === 0 ? undefined : `Go's modules cannot be downloaded: ${stderr.trim().split('\n').at(-1)}`;
}

/** Mappings whose keys are names of our choice, not the specification's. */
const namesInside = new Set(['services', 'volumes', 'environment', 'labels', 'options', 'depends_on']);

/** The paths of the keys that compose.yaml uses, one for each place of the specification. */
function keysOf(text: string): readonly string[] {
  const places = new Map<string, string>();
  const walk = (value: unknown, path: readonly string[], place: readonly string[], free: boolean): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (path.length === 0 && key.startsWith('x-')) continue;
      const here = [...place, free ? '*' : key];
      if (!free) places.set(here.join('.'), places.get(here.join('.')) ?? [...path, key].join('.'));
      walk(inner, [...path, key], here, !free && namesInside.has(key));
    }
  };
  walk(parse(text, { merge: true }), [], [], false);
  return [...places.values()];
}

/** The text with an x behind the key at a path. What was merged in is written out first. */
function misspelt(text: string, path: readonly string[]): string {
  const document = parseDocument(JSON.stringify(parse(text, { merge: true })));
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) throw new Error(`No mapping at ${path.join('.')}`);
  visit(parent, {
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value === path.at(-1)) pair.key.value = `${path.at(-1)}x`;
      return visit.SKIP;
    },
  });
  return document.toString();
}
