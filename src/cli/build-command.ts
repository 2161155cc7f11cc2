import { Command, InvalidArgumentError } from 'commander';
import type { BuildResult } from '../build/build.ts';
import type { OutputState } from '../build/plan-build.ts';
import { UsageError } from '../model/usage-error.ts';
import { EXIT } from './exit.ts';
import { type MakeCommand, type Terminal, wantsColor } from './terminal.ts';
import { underRoot } from './under-root.ts';

interface BuildFlags {
  readonly provisioning: string;
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly json?: boolean;
  readonly timeout: number;
  readonly cache: boolean;
}

/** `panelproof build [dir]` */
export const buildCommand: MakeCommand = (terminal, exit) =>
  new Command('build')
    .description('Compile dashboards/*.ts into the JSON that Grafana reads from the provisioning folder')
    .argument('[dir]', 'the workspace: the folder that holds dashboards/', '.')
    .option(
      '-p, --provisioning <folder>',
      'read datasources from and write dashboards to this folder',
      'provisioning',
    )
    .option('--check', 'write nothing; exit 1 when a file is missing, stale, edited by hand or orphaned')
    .option('--diff', 'write nothing; show what would change')
    .option('--json', 'print one JSON object')
    .option('--timeout <seconds>', 'how long one definition may take', seconds, 10)
    .option('--no-cache', 'take nothing from an earlier build')
    .action(async (dir: string, flags: BuildFlags) => {
      if (flags.check && flags.diff) throw new UsageError('--check and --diff do not go together');
      const started = performance.now();
      const { build } = await import('../build/build.ts');
      const result = await build({
        root: dir,
        provisioning: underRoot(dir, flags.provisioning),
        write: !flags.check && !flags.diff,
        timeout: flags.timeout * 1000,
        cache: flags.cache,
      });
      if (result.output) terminal.stderr.write(`${result.output}\n`);
      await print(result, flags, terminal, performance.now() - started);
      const isStale = result.plan.files.length > 0;
      exit(result.findings.length > 0 || (isStale && (flags.check || flags.diff)) ? EXIT.findings : EXIT.ok);
    });

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Expected a number of seconds above 0.');
  return value;
}

async function print(
  result: BuildResult,
  flags: BuildFlags,
  terminal: Terminal,
  took: number,
): Promise<void> {
  const { findings, outputs, plan, files } = result;
  const color = wantsColor(terminal);
  if (flags.json) {
    const { jsonReport } = await import('../report/json.ts');
    const report = {
      ...jsonReport(findings, files),
      outputs: outputs.map((output) => ({ ...output, written: result.written.includes(output.path) })),
    };
    terminal.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return;
  }
  if (findings.length > 0) {
    const { prettyReport } = await import('../report/pretty.ts');
    terminal.stdout.write(`${prettyReport(findings, files, { color })}\n`);
    const what = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
    terminal.stdout.write(`${what}: nothing was written (${duration(took)})\n`);
    return;
  }
  if (flags.diff) {
    const { unifiedDiff } = await import('../edit/unified-diff.ts');
    terminal.stdout.write(unifiedDiff(plan, { color }));
  }
  for (const output of outputs) if (!flags.diff) terminal.stdout.write(`${outputLine(output, flags)}\n`);
  const lock = plan.files.find(({ path }) => !outputs.some((output) => output.path === path));
  if (lock && flags.check)
    terminal.stdout.write(`${lock.before === undefined ? 'missing' : 'stale'}    ${lock.path}\n`);
  terminal.stdout.write(`${summary(result, flags)} (${duration(took)})\n`);
}

function outputLine({ path, definition, state }: OutputState, { check }: BuildFlags): string {
  if (check) return `${state.padEnd(9)}  ${path}  (${definition})`;
  const done = {
    missing: 'written',
    stale: 'written',
    edited: 'written',
    orphaned: 'removed',
    unchanged: 'unchanged',
  }[state];
  const note = state === 'edited' ? ', over an edit by hand' : '';
  return `${done.padEnd(9)}  ${path}  (${definition}${note})`;
}

function summary({ outputs, plan }: BuildResult, { check, diff }: BuildFlags): string {
  const changed = outputs.filter(({ state }) => state !== 'unchanged').length;
  const dashboards = `${outputs.length} ${outputs.length === 1 ? 'dashboard' : 'dashboards'}`;
  if (check || diff)
    return plan.files.length === 0
      ? `${dashboards}, all as built`
      : `${dashboards}, ${changed} not as built: run the build and commit what it writes`;
  return `${dashboards}, ${changed} changed`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
