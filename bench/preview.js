// Measures `preview`: one dashboard's picture from cold, and how long a saved definition takes to reach the page.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const repository = join(import.meta.dirname, '..');
const cli = join(repository, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'panelproof-bench-preview-'));
const rounds = 5;
/** Milliseconds between two saves. */
const PAUSE = 4000;

for (const name of ['dashboards', 'provisioning', 'package.json', 'compose.yaml', 'tsconfig.json'])
  cpSync(join(repository, name), join(folder, name), { recursive: true });
cpSync(join(repository, 'dice-roller/metrics.ts'), join(folder, 'dice-roller/metrics.ts'));
for (const name of ['node_modules', 'src', 'dist']) symlinkSync(join(repository, name), join(folder, name));

try {
  const picture = ['preview', folder, '--out', join(folder, 'out'), '--dashboard', 'stage4-async-rolling'];
  report('one picture as SVG, from cold', 1000, cold([...picture, '--theme', 'dark', '--svg-only']));
  report('one picture as SVG and PNG, from cold', 1000, cold([...picture, '--theme', 'dark']));
  const { shown, checked } = await updates();
  report(`the page after a save, ${PAUSE / 1000} s after the one before`, 300, shown);
  report('the same until types are checked', undefined, checked);
} finally {
  rmSync(folder, { recursive: true });
}

/** Milliseconds of whole processes. */
function cold(args) {
  return Array.from({ length: rounds }, () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args]);
    if (status !== 0) throw new Error(String(stderr));
    return performance.now() - started;
  });
}

/** Milliseconds from the write of a definition until the page has been sent the new picture, and its findings. */
async function updates() {
  const server = spawn(process.execPath, [cli, 'preview', folder, '--serve', '--port', '0']);
  let said = '';
  server.stderr.on('data', (chunk) => {
    said += chunk;
  });
  while (!/built in/.test(said)) await once(server.stderr, 'data');
  const address = /preview at (\S+)/.exec(said)[1];
  const events = (await fetch(`${address}events`)).body.getReader();
  await events.read();
  const definition = join(folder, 'dashboards/stage4-async-rolling.ts');
  const text = readFileSync(definition, 'utf8');
  const [shown, checked] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const title = `Async Roll Rate ${round}`;
    // Nobody saves again at once; meanwhile the process for the next run of definitions gets ready.
    await setTimeout(PAUSE);
    const started = performance.now();
    writeFileSync(definition, text.replace("'Async Roll Rate'", `'${title}'`));
    for (;;) {
      await events.read();
      const stage = await (await fetch(`${address}stage?d=stage4-async-rolling`)).text();
      if (!stage.includes(title)) throw new Error(`The page does not show ${title}`);
      const isChecked = !stage.includes('data-checking');
      (isChecked ? checked : shown).push(performance.now() - started);
      if (isChecked) break;
    }
  }
  await events.cancel();
  server.kill();
  await once(server, 'exit');
  return { shown, checked };
}

function report(what, most, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const median = Math.round(sorted[Math.floor(sorted.length / 2)]);
  console.log(
    `${what}: ${median} ms (${Math.round(sorted[0])} to ${Math.round(sorted.at(-1))}${most === undefined ? '' : `; at most ${most}`})`,
  );
}
