/**
 * The build beside the Foundation SDK alone, under ts-node, tsx, as JavaScript and bundled, and beside a Node that does
 * nothing; ratios in one run. tsx is no dependency here: it is installed into a temporary folder, or left out where that
 * cannot be done. `--large` adds 10,000 dashboards.
 *
 *   npm run build && node bench/build.js [--runs 5] [--large]
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { execa } from 'execa';
import { panelproofWorkspace, sdkProgram } from './build-workspace.js';
import { measure, printFigures } from './whole-process.js';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, large: { type: 'boolean', default: false } },
});
const runs = Number(values.runs);
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const tsNode = fileURLToPath(new URL('../node_modules/ts-node/esm.mjs', import.meta.url));
const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'panelproof-bench-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
const nothing = { args: ['-e', '0'] };
const tsx = await installedTsx();

await unchanged(1000);
await oneChanged();
await many(1000);
if (values.large) await many(10_000);
await watched(100);

async function unchanged(dashboards) {
  const cwd = workspace('unchanged', 10, dashboards / 10);
  await measure({ build: { args: [cli, 'build'], cwd } }, 1);
  // Files that are younger than two seconds are read; when they were found unchanged, older ones are only looked at.
  await new Promise((resolve) => setTimeout(resolve, 2100));
  const figures = await measure(
    {
      'node -e 0': { ...nothing, times: 10 },
      'panelproof build': { args: [cli, 'build'], cwd, times: 10 },
    },
    runs,
  );
  printFigures(`Nothing changed, ${dashboards} dashboards`, figures, 'node -e 0');
}

async function oneChanged() {
  const cwd = workspace('one', 1, 1);
  const touch = (path) => () =>
    writeFileSync(path, `${readFileSync(path, 'utf8')}// ${process.hrtime.bigint()}\n`);
  const sdk = program('one-sdk', 1);
  const compiler = ['--no-warnings', '--loader', tsNode, 'program.ts'];
  const figures = await measure(
    {
      'SDK, ts-node with its check': { args: compiler, cwd: sdk, before: touch(join(sdk, 'program.ts')) },
      ...(await unchecked(sdk, touch(join(sdk, 'program.ts')))),
      'panelproof build': { args: [cli, 'build'], cwd, before: touch(join(cwd, 'dashboards/d0.ts')) },
    },
    runs,
  );
  printFigures('One definition changed, types checked', figures, 'SDK, ts-node with its check');
}

async function many(dashboards) {
  const cwd = workspace('many', 1, dashboards);
  const sdk = program('many-sdk', dashboards);
  const clear =
    (folder, ...names) =>
    () => {
      for (const name of names) rmSync(join(folder, name), { recursive: true, force: true });
    };
  const figures = await measure(
    {
      ...(await unchecked(sdk, clear(sdk, 'out'))),
      'panelproof build': {
        args: [cli, 'build', '--timeout', '60'],
        cwd,
        before: clear(cwd, 'provisioning/dashboards/general', 'provisioning/generated.lock'),
      },
    },
    dashboards > 1000 ? 1 : runs,
  );
  const written = readdirSync(join(cwd, 'provisioning/dashboards/general')).length;
  if (written !== dashboards) throw new Error(`${written} of ${dashboards} dashboards were written`);
  printFigures(
    `${dashboards} dashboards of five panels, all written`,
    figures,
    'SDK, bundled before (no check)',
  );
}

async function watched(definitions) {
  const cwd = workspace('watched', definitions, 1);
  const { watchBuild } = await import('../dist/watch-build.mjs');
  const took = { validated: [], built: [] };
  let next = () => {};
  const watch = await watchBuild(
    { root: cwd },
    {
      onValidated: (ms) => took.validated.push(ms),
      onBuilt: (result, ms) => {
        if (result.findings.length > 0) throw new Error(result.findings[0].message);
        took.built.push(ms);
        next();
      },
      onError: (error) => {
        throw error;
      },
    },
  );
  const saved = [];
  for (let run = 0; run < runs; run++) {
    // The process for the next run gets ready while a person types.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const path = join(cwd, `dashboards/d${run}.ts`);
    const text = readFileSync(path, 'utf8').replace("refresh: '30s'", `refresh: '${run + 31}s'`);
    const started = performance.now();
    const done = new Promise((resolve) => {
      next = resolve;
    });
    writeFileSync(path, text);
    await done;
    saved.push(performance.now() - started);
  }
  await watch.close();
  const median = (list) => Math.round(list.sort((a, b) => a - b)[list.length >> 1]);
  console.log(`\nWatching ${definitions} definitions, one saved (medians of ${runs})`);
  console.table({
    'noticed to compiled and validated in memory': { ms: median(took.validated.slice(1)) },
    'noticed to checked JSON on disk': { ms: median(took.built.slice(1)) },
    'saved to checked JSON on disk': { ms: median(saved) },
  });
}

function workspace(name, files, each) {
  panelproofWorkspace(join(root, name), files, each);
  return join(root, name);
}

function program(name, dashboards) {
  sdkProgram(join(root, name), dashboards);
  return join(root, name);
}

/** The SDK's program in the ways that check no types. */
async function unchecked(cwd, before) {
  const [plain, bundle] = [join(cwd, 'program.js'), join(cwd, 'bundle.mjs')];
  const options = { entryPoints: [join(cwd, 'program.ts')], platform: 'node', format: 'esm' };
  await build({ ...options, outfile: plain });
  await build({ ...options, outfile: bundle, bundle: true });
  return {
    ...(tsx && { 'SDK, tsx (no check)': { args: ['--import', tsx, 'program.ts'], cwd, before } }),
    'SDK, compiled before (no check)': { args: [plain], cwd, before },
    'SDK, bundled before (no check)': { args: [bundle], cwd, before },
  };
}

/** The URL to start Node with, or undefined where npm cannot install it. */
async function installedTsx() {
  const folder = join(root, 'tsx');
  const { failed } = await execa('npm', ['install', '--prefix', folder, 'tsx@4.23.15'], { reject: false });
  return failed ? undefined : pathToFileURL(join(folder, 'node_modules/tsx/dist/esm/index.mjs')).href;
}
