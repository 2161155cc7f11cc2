import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definition, makeLastingWorkspace, type TestWorkspace } from '../../../test/cli/workspace.ts';
import { build } from '../build.ts';
import { keptFile } from './cache-folder.ts';
import { looksUnchanged } from './last-look.ts';
import { readsUnchanged, unchangedBuild } from './unchanged-build.ts';

const SDK = 'node_modules/@grafana/grafana-foundation-sdk';
const OUTPUT = 'provisioning/dashboards/general/a.json';
const FILES = {
  'README.md': '# Read me\n',
  'package.json': '{ "type": "module" }\n',
  'tsconfig.json': '{ "extends": "./config/base.json" }\n',
  'config/base.json': '{ "compilerOptions": { "strict": true, "lib": ["es2023"], "types": [] } }\n',
  'compose.yaml': 'services: {}\n',
  'app/metrics.ts': 'export const catalogue = { catalogueVersion: 1, jobs: {}, metrics: {} } as const;\n',
  'dashboards/a.ts': `import { title } from './lib/title.ts';\nimport type { Shape } from './lib/shape.ts';\n${definition('a').replace('title: "Dashboard a"', 'title')}export type Used = Shape;\n`,
  'dashboards/lib/title.ts': "export { title } from './words.ts';\n",
  'dashboards/lib/words.ts': "export const title = 'Dashboard a';\n",
  'dashboards/lib/shape.ts': 'export interface Shape { readonly a: 1 }\n',
  'dashboards/b.ts': definition('b'),
  'node_modules/.package-lock.json': '{}',
};

let workspace: TestWorkspace;
const look = () => unchangedBuild(workspace.root, 'provisioning');
/** Looks as if it were later, so that the next look need not read what was written just now. */
const lookLater = () => unchangedBuild(workspace.root, 'provisioning', Date.now() + 3000);
const glance = () => looksUnchanged(workspace.root, 'provisioning');

beforeAll(async () => {
  workspace = makeLastingWorkspace(FILES);
  installSdk();
  execaSync('git', ['init', '-q', '-b', 'main'], { cwd: workspace.root });
  commit('first');
  await settle();
  const { findings, written } = await build({ root: workspace.root });
  expect({ findings, written: written.length }).toEqual({ findings: [], written: 3 });
}, 180_000);

afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

/** The workspace's own copy of the SDK. */
function installSdk(): void {
  for (const name of [SDK, 'node_modules/tslib'])
    cpSync(join(import.meta.dirname, '../../..', name), join(workspace.root, name), { recursive: true });
}

function commit(message: string): void {
  const as = ['-c', 'user.name=T', '-c', 'user.email=t@example.org'];
  execaSync('git', [...as, 'commit', '-q', '--allow-empty', '-m', message], { cwd: workspace.root });
}

/** A module that changes while a build starts is not recorded, so what was written just now needs a moment. */
function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

/** Changes a file (or makes it, in a new folder if need be) and gives the way back. */
function change(path: string, to: (text: string) => string): () => void {
  const at = join(workspace.root, path);
  const before = existsSync(at) ? readFileSync(at) : undefined;
  const made = mkdirSync(dirname(at), { recursive: true });
  writeFileSync(at, to(before?.toString() ?? ''));
  return () => {
    if (before !== undefined) writeFileSync(at, before);
    else rmSync(made ?? at, { recursive: true });
  };
}

const moved = (from: string, to: string) => () => {
  const [a, b] = [join(workspace.root, from), join(workspace.root, to)];
  renameSync(a, b);
  return () => renameSync(b, a);
};
const appended = (path: string, text: string) => () => change(path, (before) => before + text);

describe('a rebuild', () => {
  it('is not needed while nothing has changed', () => {
    expect(look()?.outputs).toEqual([
      { path: OUTPUT, definition: 'dashboards/a.ts', state: 'unchanged' },
      { path: OUTPUT.replace('a.json', 'b.json'), definition: 'dashboards/b.ts', state: 'unchanged' },
    ]);
  });

  it.each<[string, () => () => void]>([
    ['a definition', appended('dashboards/b.ts', '// x\n')],
    ['a module that a definition imports', appended('dashboards/lib/title.ts', '// x\n')],
    ['a module that such a module imports', appended('dashboards/lib/words.ts', '// x\n')],
    ['a module of which only types are used', appended('dashboards/lib/shape.ts', '// x\n')],
    ['a new definition', appended('dashboards/c.ts', 'export default [];\n')],
    ['a definition that is gone', moved('dashboards/b.ts', 'b.ts')],
    ['a definition that is renamed', moved('dashboards/b.ts', 'dashboards/bb.ts')],
    ['a datasource file', appended('provisioning/datasources/datasources.yaml', '# x\n')],
    ['a new datasource file', appended('provisioning/datasources/more.yaml', 'apiVersion: 1\n')],
    ['a provider', appended('provisioning/dashboards/providers.yaml', '# x\n')],
    ['a new provider file', appended('provisioning/dashboards/more.yml', 'apiVersion: 1\n')],
    ['a dashboard made by hand beside the outputs', appended('provisioning/dashboards/general/x.json', '{}')],
    ['a compose file', appended('compose.yaml', '# x\n')],
    ['a new compose file somewhere', appended('deploy/docker-compose.yml', 'services: {}\n')],
    ['a metric catalogue', appended('app/metrics.ts', '// x\n')],
    ["the compiler's configuration", appended('tsconfig.json', '\n')],
    ['what that configuration extends', appended('config/base.json', '\n')],
    ['a configuration nearer to the definitions', appended('dashboards/tsconfig.json', '{}')],
    ['package.json', appended('package.json', '\n')],
    ['a package.json nearer to the definitions', appended('dashboards/package.json', '{}')],
    [
      'the version of the SDK',
      () => change(`${SDK}/package.json`, (text) => text.replace('0.0.21', '0.0.22')),
    ],
    ['an installation of packages', appended('node_modules/.package-lock.json', '\n')],
    ['the types of Node', appended('node_modules/@types/node/package.json', '{}')],
    [
      'the commit that git is at',
      () => {
        const at = join(workspace.root, '.git/refs/heads/main');
        const before = readFileSync(at);
        commit('second');
        return () => writeFileSync(at, before);
      },
    ],
  ])('is needed for %s, and not once that is taken back', (_, make) => {
    const before = lookLater();
    expect(glance()).toEqual(before);
    const back = make();
    try {
      expect([glance(), look()]).toEqual([undefined, undefined]);
    } finally {
      back();
    }
    expect(look()).toEqual(before);
    expect(before).toBeDefined();
  });

  it('is not needed for what looks another way but is the same', () => {
    for (const path of ['dashboards/a.ts', OUTPUT]) {
      lookLater();
      change(path, (text) => text);
      expect([glance(), look()]).toEqual([undefined, expect.anything()]);
    }
  });

  it('reads everything while something is so new that its times do not tell', () => {
    rmSync(keptFile('look', workspace.root, 'provisioning') ?? '', { force: true });
    change('dashboards/a.ts', (text) => text);
    expect([look(), glance()]).toEqual([expect.anything(), undefined]);
    expect([lookLater(), glance()]).toEqual([expect.anything(), expect.anything()]);
  });

  it('is not needed for what the build never looked at', () => {
    const back = change('README.md', () => 'x');
    expect(look()).toBeDefined();
    back();
  });
});

describe('a record that is not to be believed', () => {
  const read = () => readsUnchanged(workspace.root, 'provisioning');
  const file = () => keptFile('build', workspace.root, 'provisioning') ?? '';

  it.each<[string, (text: string) => string]>([
    ['is empty', () => ''],
    ['is cut off', (text) => text.slice(0, -200)],
    [
      'was altered',
      (text) => text.replace('Dashboard', 'dashboard').replace('"outputs":[{', '"outputs":[ {'),
    ],
    ['is of a later panelproof', (text) => text.replace('build record 3', 'build record 4')],
    ['is something else', () => '{"name":"x"}\n'],
  ])('is ignored when it %s', (_, make) => {
    const text = readFileSync(file(), 'utf8');
    writeFileSync(file(), make(text));
    expect(read()).toBeUndefined();
    writeFileSync(file(), text);
    expect(read()).toBeDefined();
  });

  it.each([
    ['another program wrote it, such as panelproof on another Node', 'program', 'source node 99 linux'],
    ['it came with the checkout, which another folder had at this path', 'checkout', '1 2.5'],
  ])('is ignored when %s', (_, key, value) => {
    const text = readFileSync(file(), 'utf8');
    const [, body = ''] = text.split('\n');
    const foreign = body.replace(new RegExp(`"${key}":"[^"]*"`), `"${key}":"${value}"`);
    expect(foreign).not.toBe(body);
    const hash = execaSync('sha256sum', { input: foreign }).stdout.slice(0, 64);
    writeFileSync(file(), `${text.split('\n')[0]?.replace(/[0-9a-f]{64}$/, hash)}\n${foreign}`);
    expect(read()).toBeUndefined();
    writeFileSync(file(), text);
  });

  it('is not missed when it is deleted', () => {
    const text = readFileSync(file(), 'utf8');
    rmSync(file());
    expect(read()).toBeUndefined();
    writeFileSync(file(), text);
  });
});

describe('a look that is not to be believed', () => {
  const file = () => keptFile('look', workspace.root, 'provisioning') ?? '';

  it.each<[string, (text: string) => string]>([
    ['is empty', () => ''],
    ['is cut off', (text) => text.slice(0, -20)],
    ['is something else', () => '{"name":"x"}\n'],
    ['is of another program', (text) => text.replace('"program":"source', '"program":"sourcf')],
    ['is of another workspace', (text) => text.replace('"root":"/', '"root":"//')],
    ['has lost a key', (text) => text.replace('"others"', '"otherz"')],
    ['has a damaged path', (text) => text.replace('/dashboards/a.ts', '/dashboards/`.ts')],
    [
      'has a damaged figure',
      (text) => text.replace(/("figures":".{20})(.)/, (_, before, one) => before + (one === 'A' ? 'B' : 'A')),
    ],
  ])('is ignored when it %s, and the contents are compared', (_, make) => {
    lookLater();
    const text = readFileSync(file(), 'utf8');
    expect(make(text)).not.toBe(text);
    writeFileSync(file(), make(text));
    expect([glance(), look()]).toEqual([undefined, expect.anything()]);
  });
});

describe('an output', () => {
  it.each<[string, () => unknown]>([
    ['is edited by hand', appended(OUTPUT, '\n')],
    ['is edited by hand to the same size', () => change(OUTPUT, (text) => text.replace('"Up"', '"Pu"'))],
    ['is deleted', () => rmSync(join(workspace.root, OUTPUT))],
    ['is the lock file, and edited', appended('provisioning/generated.lock', '\n')],
    ['is the lock file, and deleted', () => rmSync(join(workspace.root, 'provisioning/generated.lock'))],
  ])('is looked at again when it %s, and mended', async (_, make) => {
    if (look() === undefined) await build({ root: workspace.root });
    const before = workspace.snapshot('provisioning');
    make();
    expect(look()).toBeUndefined();
    const { findings } = await build({ root: workspace.root });
    expect(findings).toEqual([]);
    expect(workspace.snapshot('provisioning')).toEqual(before);
  });
});

it('a link in a folder that was listed is looked at, and what it leads to', async () => {
  const linked = makeLastingWorkspace({ ...FILES, 'notes/a.md': 'x' });
  const link = join(linked.root, 'provisioning/dashboards/notes');
  symlinkSync('../../notes', link);
  mkdirSync(join(linked.root, 'node_modules'), { recursive: true });
  await settle();
  expect((await build({ root: linked.root })).findings).toEqual([]);
  const seen = () => looksUnchanged(linked.root, 'provisioning');
  expect(unchangedBuild(linked.root, 'provisioning', Date.now() + 3000)).toBeDefined();
  expect(seen()).toBeDefined();
  renameSync(join(linked.root, 'notes'), join(linked.root, 'elsewhere'));
  expect([seen(), unchangedBuild(linked.root, 'provisioning')]).toEqual([undefined, undefined]);
  rmSync(linked.root, { recursive: true });
});

it('a package beside the workspace counts by its package.json too', async () => {
  const beside = makeLastingWorkspace({
    'package.json': '{ "type": "module" }',
    'src/title.ts': "export const title = 'Dashboard a';\n",
  });
  const title = `../../${basename(beside.root)}/src/title.ts`;
  const { root } = makeLastingWorkspace({
    'dashboards/a.ts': `import { title } from '${title}';\nvoid title;\n${definition('a')}`,
  });
  await settle();
  expect((await build({ root })).findings).toEqual([]);
  expect(unchangedBuild(root, 'provisioning')).toBeDefined();
  beside.write({ 'package.json': '{ "type": "module", "exports": {} }' });
  expect(unchangedBuild(root, 'provisioning')).toBeUndefined();
  for (const folder of [beside.root, root]) rmSync(folder, { recursive: true });
});

it('workspaces of one repository do not share records, however alike they are called', () => {
  const files = ['a b', 'a_b', 'a/b'].map((name) => keptFile('build', join(workspace.root, name), 'p'));
  expect(new Set(files).size).toBe(3);
});
