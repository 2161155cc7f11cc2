import { Command } from 'commander';
import { untilSignal } from '../build/until-signal.ts';
import { UsageError } from '../model/usage-error.ts';
import { EXIT } from './exit.ts';
import { printBuild } from './print-build.ts';
import { progress } from './progress.ts';
import { definitionTimeout } from './seconds.ts';
import type { MakeCommand } from './terminal.ts';
import { underRoot } from './under-root.ts';

interface BuildFlags {
  readonly provisioning: string;
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly json?: boolean;
  readonly watch?: boolean;
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
    .option('-w, --watch', 'go on: build again whenever something changes, until Ctrl-C')
    .addOption(definitionTimeout())
    .option('--no-cache', 'take nothing from an earlier build')
    .action(async (dir: string, flags: BuildFlags) => {
      if (flags.check && flags.diff) throw new UsageError('--check and --diff do not go together');
      if (flags.watch && (flags.check || flags.diff || flags.json))
        throw new UsageError('--watch writes and goes on: it goes with neither --check, --diff nor --json');
      const options = {
        root: dir,
        provisioning: underRoot(dir, flags.provisioning),
        timeout: flags.timeout * 1000,
        cache: flags.cache,
      };
      if (flags.watch) {
        const { watchUntilStopped } = await import('./watch-until-stopped.ts');
        return watchUntilStopped(options, terminal);
      }
      const started = performance.now();
      // An unchanged build was looked for before this command was loaded.
      const { buildAnew } = await import('../build/build.ts');
      const { onStage, end } = progress(terminal);
      const write = !flags.check && !flags.diff;
      const result = await untilSignal(() => buildAnew({ ...options, write }, { onStage })).finally(end);
      await printBuild(result, flags, terminal, performance.now() - started);
      const isStale = result.plan.files.length > 0;
      exit(result.findings.length > 0 || (isStale && (flags.check || flags.diff)) ? EXIT.findings : EXIT.ok);
    });
