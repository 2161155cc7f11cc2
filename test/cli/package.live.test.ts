import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definition, makeLastingWorkspace, makeWorkspace, type TestWorkspace } from './workspace.ts';

const REPOSITORY = join(import.meta.dirname, '../..');

/** The package as it would be published, installed into an empty folder. */
describe('the package', () => {
  let tarball = '';
  /** What the first Node wrote. */
  let bytes: string | undefined;
  let listed: readonly string[] = [];
  let workspace: TestWorkspace;
  const folder = mkdtempSync(join(tmpdir(), 'panelproof-pack-'));

  beforeAll(async () => {
    const { stdout } = await execa(
      'npm',
      ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
      {
        cwd: REPOSITORY,
      },
    );
    const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
    tarball = join(folder, packed?.filename ?? '');
    listed = packed?.files.map(({ path }) => path) ?? [];
    workspace = makeLastingWorkspace({ node_modules: undefined, 'dashboards/a.ts': definition('a') });
    await execa('npm', ['init', '-y'], { cwd: workspace.root });
    await execa('npm', ['install', '-D', '--no-audit', '--no-fund', tarball], { cwd: workspace.root });
  }, 180_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(workspace.root, { recursive: true, force: true });
  });

  it('holds the program, its types and source maps, and nothing of the repository else', () => {
    const tops = new Set(listed.map((path) => path.split('/')[0]));
    const known = ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'package.json'];
    expect([...tops].filter((name) => !known.includes(name ?? ''))).toEqual([]);
    for (const path of [
      'dist/cli.js',
      'dist/cli.js.map',
      'dist/index.mjs',
      'dist/types/index.d.mts',
      'LICENSE',
    ])
      expect(listed).toContain(path);
  });

  it('names no machine and no other host than those of its own texts', () => {
    const root = join(workspace.root, 'node_modules/panelproof');
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
    const texts = names
      .filter((name) => statSync(join(root, name)).isFile())
      .filter((name) => !name.endsWith('.wasm'));
    const wrong = texts.filter((name) => readFileSync(join(root, name), 'utf8').includes(REPOSITORY));
    expect(wrong).toEqual([]);
  });

  it.each([20, 24])('builds in an empty folder on Node %i, with the same bytes', async (version) => {
    const node = ['-y', `node@${version}`];
    const bin = join(workspace.root, 'node_modules/panelproof/dist/cli.js');
    const is = await execa('npx', [...node, '--version'], { cwd: workspace.root });
    expect(is.stdout).toMatch(new RegExp(`^v${version}\\.`));
    rmSync(join(workspace.root, 'provisioning/generated.lock'), { force: true });
    rmSync(join(workspace.root, 'provisioning/dashboards/general'), { recursive: true, force: true });
    const { stdout } = await execa('npx', [...node, bin, 'build'], { cwd: workspace.root });
    expect(stdout).toContain('written    provisioning/dashboards/general/a.json');
    const text = workspace.read('provisioning/dashboards/general/a.json');
    bytes ??= text;
    expect(text).toBe(bytes);
    const again = await execa('npx', [...node, bin, 'build', '--check'], { cwd: workspace.root });
    expect(again.stdout).toContain('all as built');
    await expect(execa('npx', [...node, bin, 'check'], { cwd: workspace.root })).resolves.toBeDefined();
  });

  it('gives a script build and check, with types that hold for TypeScript 5.9 and 7', async () => {
    workspace.write({
      'script.mts':
        "import { build, check } from 'panelproof';\nconst { outputs } = await build({ write: false });\nconst { findings } = await check();\nconst text: string = JSON.stringify([outputs.length, findings.length]);\nconsole.log(text);\n",
      'tsconfig.json':
        '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": true, "noEmit": true, "types": ["node"] }, "files": ["script.mts"] }\n',
    });
    const root = workspace.root;
    await execa('node', ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: root });
    await execa('node', ['node_modules/typescript-7/bin/tsc', '-p', '.'], { cwd: root });
    const { stdout } = await execa('npx', ['-y', 'node@24', 'script.mts'], { cwd: root });
    expect(stdout).toBe('[1,0]');
    workspace.write({ 'tsconfig.json': undefined });
  });

  it.each([
    ['pnpm', ['pnpm@10', 'add', '-D'], ['pnpm@10', 'exec']],
    ['yarn', ['yarn@1', 'add', '-D', '--silent'], ['yarn@1', '--silent']],
    ['bun', ['bun', 'add', '-d'], ['bun', 'x']],
  ])('builds as installed by %s', async (_, add, run) => {
    const own = makeWorkspace({
      node_modules: undefined,
      'package.json': '{ "private": true }\n',
      'dashboards/a.ts': definition('a'),
    });
    await execa('npx', ['-y', ...add, tarball], { cwd: own.root });
    const { stdout } = await execa('npx', ['-y', ...run, 'panelproof', 'build'], { cwd: own.root });
    expect(stdout).toContain('written    provisioning/dashboards/general/a.json');
  });

  it("builds under Yarn's Plug'n'Play once the SDK is unplugged, and says so before", async () => {
    const own = makeWorkspace({
      node_modules: undefined,
      'package.json': `{ "private": true, "devDependencies": { "panelproof": "file:${tarball}" } }\n`,
      'yarn.lock': '',
      '.yarnrc.yml': 'nodeLinker: pnp\nenableTelemetry: false\n',
      'dashboards/a.ts': definition('a'),
    });
    const yarn = (...args: readonly string[]) =>
      execa('npx', ['-y', '@yarnpkg/cli-dist@4', ...args], { cwd: own.root, reject: false });
    await yarn('install', '--no-immutable');
    const refused = await yarn('panelproof', 'build');
    expect(refused.stderr).toContain('yarn unplug -R @grafana/grafana-foundation-sdk');
    expect(refused.exitCode).toBe(2);
    await yarn('unplug', '-R', '@grafana/grafana-foundation-sdk');
    const { stdout } = await yarn('panelproof', 'build');
    expect(stdout).toContain('written    provisioning/dashboards/general/a.json');
  });

  it('takes less than 200 MB once installed', async () => {
    const { stdout } = await execa('du', ['-sm', 'node_modules'], { cwd: workspace.root });
    console.info(
      `installed: ${stdout.split('\t')[0]} MB, tarball: ${(statSync(tarball).size / 1e6).toFixed(1)} MB`,
    );
    expect(Number(stdout.split('\t')[0])).toBeLessThan(200);
  });
});
