import { Command, Option } from 'commander';
import { UsageError } from '../model/usage-error.ts';
import { agrees } from './agrees.ts';
import { EXIT } from './exit.ts';
import { knownRules, versionOf } from './rule-flags.ts';
import { type MakeCommand, wantsColor } from './terminal.ts';

interface FixFlags {
  readonly yes?: boolean;
  readonly check?: boolean;
  readonly unsafe?: boolean;
  readonly only?: string;
  readonly format: 'pretty' | 'json';
  readonly grafanaVersion?: string;
}

const HELP = `
Exit code: 0 when nothing is left to mend, 1 when something could be mended and was not. What cannot be mended is
printed and does not count here; \`panelproof check\` judges the tree.`;

/** `panelproof fix [dir]` */
export const fixCommand: MakeCommand = (terminal, exit) =>
  new Command('fix')
    .description('Mend what check finds: shows each change with its reason and asks before it writes')
    .argument('[dir]', 'any repository or folder', '.')
    .option('-y, --yes', 'write without asking')
    .option('--check', 'write nothing; exit 1 when something could be mended')
    .option('--unsafe', 'mend also where you must know whether it is right, such as a new dashboard uid')
    .option('--only <rules>', 'mend findings of these rules only, separated by commas')
    .addOption(
      new Option('-f, --format <format>', 'how the result is printed')
        .choices(['pretty', 'json'])
        .default('pretty'),
    )
    .option('--grafana-version <version>', 'what image tags say is overridden, such as 12.2.0')
    .addHelpText('after', HELP)
    .action(async (dir: string, flags: FixFlags) => {
      if (flags.check && flags.yes) throw new UsageError('--check and --yes do not go together');
      const { fix } = await import('../doctor/fix.ts');
      const { fixReport, fixSummary, jsonFixReport } = await import('./fix-report.ts');
      const planned = fix(dir, {
        unsafe: flags.unsafe,
        only: flags.only === undefined ? undefined : await knownRules(flags.only),
        grafanaVersion: versionOf(flags.grafanaVersion),
      });
      const { plan } = planned;
      const isPretty = flags.format === 'pretty';
      const color = wantsColor(terminal);
      if (isPretty) terminal.stdout.write(fixReport(planned, { color }));
      const agreed =
        plan.files.length > 0 &&
        (flags.yes || (isPretty && !flags.check && (await agrees(terminal, 'Write these changes?'))));
      const { applyPlan } = await import('../edit/write-files.ts');
      const result = agreed ? { ...planned, written: applyPlan(dir, plan) } : planned;
      terminal.stdout.write(isPretty ? fixSummary(result, { color }) : jsonFixReport(result));
      const isDone = result.written.length > 0 || plan.files.length === 0;
      exit(isDone && result.refused.length === 0 ? EXIT.ok : EXIT.findings);
    });
