import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { definition, makeWorkspace } from './workspace.ts';

const SDK = 'node_modules/@grafana/grafana-foundation-sdk';
const REPOSITORY = join(import.meta.dirname, '../..');
const OUTPUT = 'provisioning/dashboards/general/a.json';

/** A definition whose dashboard says what `expression` comes to, with the given imports; types are not looked at. */
function saying(expression: string, imports: string): string {
  return `// @ts-nocheck\n${imports}\n${definition('a').replace('"Dashboard a"', `String(${expression})`)}`;
}

async function said(files: Readonly<Record<string, string>>): Promise<string> {
  const workspace = makeWorkspace(files);
  const { stdout, exitCode } = await workspace.panelproof('build');
  expect(exitCode, stdout).toBe(0);
  return JSON.parse(workspace.read(OUTPUT)).title;
}

describe('a definition may import', () => {
  it.each<[string, string, string, Readonly<Record<string, string>>, string]>([
    [
      'TypeScript, with or without an ending, or as the JavaScript that it will be, which runs once',
      '[a, b === a, c === a]',
      "import { a } from './lib/a';\nimport { a as b } from './lib/a.js';\nimport { a as c } from './lib/a.ts';",
      { 'dashboards/lib/a.ts': 'export const a: object = { toString: () => "A" };\n' },
      'A,true,true',
    ],
    [
      'a folder',
      'a',
      "import { a } from './lib';",
      { 'dashboards/lib/index.ts': "export const a = 'A';" },
      'A',
    ],
    [
      'modules in a circle',
      'even(4)',
      "import { even } from './lib/even.ts';",
      {
        'dashboards/lib/even.ts':
          "import { odd } from './odd.ts';\nexport const even = (n: number): boolean => n === 0 || odd(n - 1);",
        'dashboards/lib/odd.ts':
          "import { even } from './even.ts';\nexport const odd = (n: number): boolean => n !== 0 && even(n - 1);",
      },
      'true',
    ],
    [
      'when it needs it, and wait',
      '[late, ...again]',
      "const { late } = await import('./lib/late.ts');\nconst again = (await Promise.all([import('./lib/late.ts'), import('./lib/x.ts')])).map((m) => m.late);",
      {
        'dashboards/lib/late.ts': "export const late = await Promise.resolve('late');",
        'dashboards/lib/x.ts': "export { late } from './late.ts';",
      },
      'late,late,late',
    ],
    [
      'JSON',
      'data.title',
      "import data from './lib/a.json' with { type: 'json' };",
      { 'dashboards/lib/a.json': '{ "title": "From JSON" }' },
      'From JSON',
    ],
    [
      'JavaScript of both kinds',
      '[esm, cjs.title, title]',
      "import { esm } from './lib/a.mjs';\nimport cjs, { title } from './lib/b.cjs';",
      {
        'dashboards/lib/a.mjs': "export const esm = 'ESM';",
        'dashboards/lib/b.cjs': "exports.title = require('./c.cjs');",
        'dashboards/lib/c.cjs': "module.exports = 'CJS';",
      },
      'ESM,CJS,CJS',
    ],
    [
      'JavaScript that is an ES module though no `package.json` says so, also of packages',
      '[dashboard === a, dashboard === b, c === d]',
      "import { a, c } from './lib/a.js';\nimport { b } from 'p';\nimport { c as d } from './lib/c.ts';",
      {
        'dashboards/lib/a.js': "export { dashboard as a } from 'panelproof';\nexport { c } from './c.ts';\n",
        'dashboards/lib/c.ts': 'export const c: object = {};',
        'node_modules/p/package.json': '{ "main": "p.js" }',
        'node_modules/p/p.js': "export { dashboard as b } from 'panelproof';",
      },
      'true,true,true',
    ],
    [
      'TypeScript that says which kind it is',
      '[a, b]',
      "import { a } from './lib/a.mts';\nimport { b } from './lib/b.cjs';",
      {
        'dashboards/lib/a.mts': 'export const a: number = 1;',
        'dashboards/lib/b.cts': '// @ts-nocheck\nexport const b: number = 2;',
      },
      '1,2',
    ],
    [
      'packages of both kinds, and what they import of panelproof is the same',
      '[made.constructor === Object, dashboard === same, cjs.whole, part, fromExports]',
      "import { made, same } from 'esm';\nimport cjs, { part } from 'cjs';\nimport fromExports from 'esm/sub';",
      {
        'node_modules/esm/package.json':
          '{ "type": "module", "exports": { ".": "./lib/i.js", "./sub": "./lib/sub.mjs" } }',
        'node_modules/esm/lib/i.js':
          "import { dashboard } from 'panelproof';\nexport { dashboard as same };\nexport { made } from './made.js';",
        'node_modules/esm/lib/made.js': 'export const made = {};',
        'node_modules/esm/lib/sub.mjs': "export default 'sub';",
        'node_modules/cjs/package.json': '{ "main": "x.js" }',
        'node_modules/cjs/x.js': "exports.whole = 'c';\nexports.part = 'p';",
      },
      'true,true,c,p,sub',
    ],
    [
      'what is not there, and do without',
      'await absent',
      "const absent = import('./lib/no.ts').catch((error) => error.code);",
      {},
      'ERR_MODULE_NOT_FOUND',
    ],
    [
      'modules of Node, and know where it is itself',
      '[basename(import.meta.filename), path.basename(import.meta.dirname), import.meta.resolve("./b.ts").endsWith("/dashboards/b.ts")]',
      "import path, { basename } from 'node:path';\nimport { EOL } from 'os';",
      { 'dashboards/b.ts': 'export default [];' },
      'a.ts,dashboards,true',
    ],
  ])('%s', async (_, expression, imports, files, expected) => {
    expect(await said({ 'dashboards/a.ts': saying(expression, imports), ...files })).toBe(expected);
  });
});

describe('what goes wrong while modules are loaded', () => {
  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    [
      'an import of what the other module does not export',
      "import { yes,\n  no } from './lib/a.ts';",
      { 'dashboards/lib/a.ts': 'export const yes = 1;' },
      "dashboards/a.ts:3:3  load  definition-failed\n  The requested module './lib/a.ts' does not provide an export named 'no'",
    ],
    [
      'an import of a file that does not exist',
      "import { no } from './lib/no.ts';",
      {},
      "dashboards/a.ts:2:20  load  definition-failed\n  Cannot find module 'dashboards/lib/no.ts' imported from dashboards/a.ts",
    ],
    [
      'an import of a package that is not installed',
      "import no from 'no-such-package';",
      {},
      "dashboards/a.ts:2:16  load  definition-failed\n  Cannot find package 'no-such-package' imported from dashboards/a.ts",
    ],
    [
      'an import of a file that does not exist, in JavaScript',
      "import './lib/a.mjs';",
      { 'dashboards/lib/a.mjs': "\nimport './no.mjs';\n" },
      "dashboards/lib/a.mjs:2:8  load  definition-failed\n  Cannot find module 'dashboards/lib/no.mjs' imported from dashboards/lib/a.mjs",
    ],
    [
      'an import of a file that a package does not have',
      "import no from 'p/no';",
      { 'node_modules/p/package.json': '{}' },
      "dashboards/a.ts:2:16  load  definition-failed\n  Cannot find module 'node_modules/p/no' imported from dashboards/a.ts",
    ],
    [
      'an error deep in a package, at the line that called it',
      "import { fail } from 'p';\nfail(20);",
      {
        'node_modules/p/package.json': '{ "main": "p.js" }',
        'node_modules/p/p.js':
          "exports.fail = (n) => { if (n === 0) throw new Error('No.'); exports.fail(n - 1); };",
      },
      'dashboards/a.ts:3:1  load  definition-failed\n  No.',
    ],
    [
      'JavaScript that does not parse',
      "import './lib/a.mjs';",
      { 'dashboards/lib/a.mjs': 'const a = 1;\nlet b = ;\n' },
      "dashboards/lib/a.mjs:2:9  load  definition-failed\n  Unexpected token ';'",
    ],
    [
      'TypeScript that does not parse, once',
      "import './lib/a.ts';",
      { 'dashboards/lib/a.ts': 'const a = 1;\nlet b = ;' },
      'dashboards/lib/a.ts:2:9  load  definition-type-error\n  Expression expected. (TS1109)\n    1 | const a = 1;\n  > 2 | let b = ;\n      |         ^\n\n1 finding',
    ],
    [
      'TypeScript whose JavaScript does not parse',
      "import './lib/a.ts';",
      { 'dashboards/lib/a.ts': '// @ts-nocheck\ninterface A {\n  a: 1;\n}\nconst a = 1;\nconst a = 2;\n' },
      "dashboards/lib/a.ts:6:7  load  definition-failed\n  Identifier 'a' has already been declared",
    ],
    [
      'JSON that does not parse, which is told by the types, once for each mistake',
      "import a from './lib/a.json' with { type: 'json' };",
      { 'dashboards/lib/a.json': '{\n  "a": 1,\n  b\n}\n' },
      '1 finding: nothing was written',
    ],
    [
      'an import of JSON that does not say so',
      "import a from './lib/a.json';",
      { 'dashboards/lib/a.json': '{}' },
      'dashboards/a.ts:2:15  load  definition-failed\n  Module "dashboards/lib/a.json" needs an import attribute of',
    ],
    [
      'an import of JSON that does not say so, after one that does',
      "import a from './lib/a.json' with { type: 'json' };\nimport b from './lib/a.json';",
      { 'dashboards/lib/a.json': '{}' },
      'definition-failed\n  Module "dashboards/lib/a.json" needs an import attribute of',
    ],
    [
      'an import of what two modules export',
      "import { a } from './lib/all.ts';",
      {
        'dashboards/lib/all.ts': "// @ts-nocheck\nexport * from './a.ts';\nexport * from './b.ts';",
        'dashboards/lib/a.ts': 'export const a = 1;',
        'dashboards/lib/b.ts': 'export const a = 2;',
      },
      "dashboards/a.ts:2:10  load  definition-failed\n  The requested module './lib/all.ts' contains conflicting star exports for name 'a'",
    ],
    [
      'an import of a default that there is not, beside one of what there is',
      "import { a } from './lib/a.ts';\nimport b from './lib/a.ts';",
      { 'dashboards/lib/a.ts': 'export const a = 1;' },
      "dashboards/a.ts:3:8  load  definition-failed\n  The requested module './lib/a.ts' does not provide an export named 'default'",
    ],
    [
      'an error that nobody waits for, at its line in the TypeScript',
      "interface A {\n  a: 1;\n}\nPromise.reject(new Error('Left.'));",
      {},
      'dashboards/a.ts:5:16  load  definition-failed\n  Left.',
    ],
    [
      'an error in a module that is not compiled ahead',
      "import { fail } from '../x/a.ts';\nfail();",
      {
        'x/a.ts':
          'interface A {\n  a: 1;\n}\n\nexport function fail(): void {\n  throw new Error("No.");\n}\n\n\n\nexport function other(): void {}\n',
      },
      'x/a.ts:6:9  load  definition-failed\n  No.',
    ],
    [
      'an error that nothing can be added to',
      'interface A {\n  a: 1;\n}\nthrow Object.freeze(new Error("No."));',
      {},
      'dashboards/a.ts:5:21  load  definition-failed\n  No.',
    ],
    [
      'what is no error, nor JSON',
      'throw { count: 1n };',
      {},
      'dashboards/a.ts:1:1  load  definition-failed\n  thrown: { count: 1n }',
    ],
    [
      'an error whose stack is no text',
      'throw Object.assign(new Error("No."), { stack: [1] });',
      {},
      'dashboards/a.ts:1:1  load  definition-failed\n  No.',
    ],
    [
      'an error that throws when it is looked at',
      'throw Object.defineProperty(new Error(), "message", { get() { throw 1; } });',
      {},
      'dashboards/a.ts:1:1  load  definition-failed\n  thrown: what cannot be shown',
    ],
    [
      'an error in a module, at its line in the TypeScript',
      "import { fail } from './lib/a.ts';\nfail();",
      {
        'dashboards/lib/a.ts':
          'interface A {\n  a: 1;\n}\n\nexport function fail(): A {\n  throw new Error("No.");\n}\n',
      },
      'dashboards/lib/a.ts:6:9  load  definition-failed\n  No.',
    ],
  ])('%s', async (_, imports, files, expected) => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': saying('1', imports), ...files });
    const { stdout, exitCode } = await workspace.panelproof('build');
    expect(stdout).toContain(expected);
    expect(exitCode).toBe(1);
  });

  it('is told at its line where a path has blanks and brackets', async () => {
    const throwing = saying('1', "interface A {\n  a: 1;\n}\nthrow new Error('No.');");
    const workspace = makeWorkspace({ 'dashboards/a.ts': throwing }, 'Copy (2) of ');
    const { stdout } = await workspace.panelproof('build');
    expect(stdout).toContain('dashboards/a.ts:5:7  load  definition-failed\n  No.');
  });

  it('is told of the definition that is wrong, not of one that says the same and means another module', async () => {
    const workspace = makeWorkspace({
      'dashboards/a.ts': saying('title', "import { title } from './lib/x.ts';"),
      'dashboards/lib/x.ts': "export const title = 'X';",
      'dashboards/b.ts': "import './b/b.ts';",
      'dashboards/b/b.ts': "// @ts-nocheck\nimport { title } from './lib/x.ts';\nvoid title;",
      'dashboards/b/lib/x.ts': 'export {};',
    });
    const { stdout } = await workspace.panelproof('build', '--json');
    expect(JSON.parse(stdout).findings.map(({ file }: { file: string }) => file)).toEqual([
      'dashboards/b/b.ts',
    ]);
  });

  it('does not spoil modules that are imported at the same time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `m${index}`);
    const modules = names.map((name, index) => {
      const missing = index % 4 === 3 ? "import './no.ts';" : '';
      return [
        `dashboards/lib/${name}.ts`,
        `// @ts-nocheck\n${missing}\nimport * as next from './m${(index + 4) % 12}.ts';\nimport { count } from './count.ts';\ncount();\nexport { next };\n`,
      ];
    });
    const workspace = makeWorkspace({
      ...Object.fromEntries(modules),
      'dashboards/lib/count.ts': 'export let n = 0;\nexport const count = (): number => n++;',
      'dashboards/a.ts': saying(
        '[results.map((result) => result.status === "fulfilled" ? 1 : result.reason.message.includes("no.ts") ? 0 : result.reason), n]',
        `import { n } from './lib/count.ts';\nconst results = await Promise.allSettled([${names.map((name) => `import('./lib/${name}.ts')`)}]);`,
      ),
    });
    const { stdout } = await workspace.panelproof('build');
    expect(JSON.parse(workspace.read(OUTPUT)).title, stdout).toBe('1,1,1,0,1,1,1,0,1,1,1,0,9');
  });

  it('does not spoil a module for the definitions after it', async () => {
    const shared = { 'dashboards/lib/shared.ts': "export const title = 'Shared';" };
    const workspace = makeWorkspace({
      ...shared,
      'dashboards/a.ts': saying(
        'no',
        "import { title } from './lib/shared.ts';\nimport { no } from './lib/no.ts';",
      ),
      'dashboards/b.ts': saying('title', "import { title } from './lib/shared.ts';").replace("'a'", "'b'"),
    });
    const { stdout } = await workspace.panelproof('build', '--json');
    const { findings, outputs } = JSON.parse(stdout);
    expect(findings.map(({ file }: { file: string }) => file)).toEqual(['dashboards/a.ts']);
    expect(outputs).toHaveLength(1);
  });
});

it('a definition that is a link stands where it leads', async () => {
  const workspace = makeWorkspace({
    'shared/a.ts': saying('title', "import { title } from './title.ts';").replaceAll(
      './lib',
      '../dashboards/lib',
    ),
    'shared/title.ts': "export const title = 'Shared';",
  });
  symlinkSync('../shared/a.ts', join(workspace.root, 'dashboards/a.ts'));
  const { stdout, exitCode } = await workspace.panelproof('build');
  expect(exitCode, stdout).toBe(0);
  expect(JSON.parse(workspace.read(OUTPUT)).title).toBe('Shared');
});

it('a definition that goes to another folder does not lead others there', async () => {
  const workspace = makeWorkspace({ 'dashboards/a.ts': saying('1', "process.chdir('/');") });
  await workspace.panelproof('build');
  workspace.write({ 'dashboards/b.ts': definition('b') });
  const { stdout, exitCode } = await workspace.panelproof('build');
  expect(exitCode, stdout).toBe(0);
});

describe('the SDK', () => {
  const own = (change: (folder: string) => void) => {
    const workspace = makeWorkspace({ 'dashboards/a.ts': definition('a') });
    for (const name of [SDK, 'node_modules/tslib'])
      cpSync(join(REPOSITORY, name), join(workspace.root, name), { recursive: true });
    change(join(workspace.root, SDK));
    return workspace;
  };
  const panel = (workspace: ReturnType<typeof own>) => JSON.parse(workspace.read(OUTPUT)).panels[0];
  const edit = (path: string, from: string, to: string) => {
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };

  it.each<[string, (folder: string) => void, string]>([
    ['is the bundled copy where the workspace has the same', () => {}, 'stat'],
    [
      'is the copy of the workspace where somebody has changed it',
      (folder) =>
        edit(`${folder}/dist/stat/panelBuilder.gen.js`, 'internal.type = "stat"', 'internal.type = "tast"'),
      'tast',
    ],
    [
      'is the copy of the workspace where that is another version',
      (folder) => {
        edit(`${folder}/package.json`, '0.0.21', '0.0.99');
        edit(`${folder}/dist/stat/panelBuilder.gen.js`, 'internal.type = "stat"', 'internal.type = "tast"');
      },
      'tast',
    ],
  ])('%s', async (_, change, expected) => {
    const workspace = own(change);
    const { stdout, exitCode } = await workspace.panelproof('build');
    expect(exitCode, stdout).toBe(0);
    expect(panel(workspace).type).toBe(expected);
  });

  it.each<[string, (folder: string) => void]>([
    ['of the bundled copy', () => {}],
    ['of a copy of the workspace', (folder) => edit(`${folder}/package.json`, '0.0.21', '0.0.99')],
  ])('%s begins as Grafana does', async (_, change) => {
    const workspace = own(change);
    expect((await workspace.panelproof('build')).stdout).toContain('1 dashboard');
    expect(panel(workspace).options.reduceOptions).toEqual({ calcs: ['lastNotNull'] });
  });

  it('is looked for as its package.json says where that is another version', async () => {
    const workspace = own((folder) => {
      const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      const exports = { './*': './esm/*.mjs' };
      writeFileSync(`${folder}/package.json`, JSON.stringify({ ...manifest, version: '1.0.0', exports }));
    });
    const stat = "import { PanelBuilder as Stat } from '../dist/stat/index.js';";
    const build = "build() { return { ...super.build(), type: 'esm' }; }";
    workspace.write({
      [`${SDK}/esm/stat.mjs`]: `${stat}\nexport class PanelBuilder extends Stat { ${build} }\n`,
      'dashboards/a.ts': `// @ts-nocheck\n${definition('a')}`,
    });
    const { stdout, exitCode } = await workspace.panelproof('build');
    expect(exitCode, stdout).toBe(0);
    expect(panel(workspace).type).toBe('esm');
  });

  it('is one copy, also for packages in CommonJS that extend or patch its classes', async () => {
    const workspace = own(() => {});
    const stat = "require('@grafana/grafana-foundation-sdk/stat').PanelBuilder";
    workspace.write({
      'node_modules/cjs/package.json': '{ "main": "x.js" }',
      'node_modules/cjs/x.js': `exports.Mine = class extends ${stat} {};\n${stat}.prototype.shout = () => 'HO';\n`,
      'dashboards/a.ts': saying(
        '[new Mine() instanceof Stat, new Stat().shout()]',
        "import { Mine } from 'cjs';",
      ),
    });
    const { stdout, exitCode } = await workspace.panelproof('build');
    expect(exitCode, stdout).toBe(0);
    expect(JSON.parse(workspace.read(OUTPUT)).title).toBe('true,HO');
  });
});
