import { Command } from 'commander';
import { untilSignal } from '../build/until-signal.ts';
import { agrees } from './agrees.ts';
import { EXIT } from './exit.ts';
import { definitionTimeout } from './seconds.ts';
import { type MakeCommand, wantsColor } from './terminal.ts';

interface InitFlags {
  readonly yes?: boolean;
  readonly check?: boolean;
  readonly timeout: number;
}

declare const PANELPROOF_VERSION: string | undefined;
/** Put in when bundled. */
const VERSION = typeof PANELPROOF_VERSION === 'string' ? PANELPROOF_VERSION : '*';

/** `panelproof init [dir]` */
export const initCommand: MakeCommand = (terminal, exit) =>
  new Command('init')
    .description('Add what a repository lacks for dashboards in TypeScript, and import the dashboards it has')
    .argument('[dir]', 'an empty or existing repository', '.')
    .option('-y, --yes', 'write without asking')
    .option('--check', 'only show the plan; exit 1 when something would be written')
    .addOption(definitionTimeout())
    .action(async (dir: string, flags: InitFlags) => {
      const { planInit } = await import('../import/init/plan-init.ts');
      const { printImport } = await import('../import/print-import.ts');
      const { unifiedDiff } = await import('../edit/unified-diff.ts');
      const { plan, imported, provisioning, next } = await untilSignal(() =>
        planInit(dir, { version: VERSION, timeout: flags.timeout * 1000 }),
      );
      terminal.stdout.write(unifiedDiff(plan, { color: wantsColor(terminal) }));
      if (imported.length > 0) terminal.stdout.write(`\n${printImport(imported, 'would write')}`);
      if (plan.files.length === 0) {
        terminal.stdout.write('Nothing is missing\n');
        exit(EXIT.ok);
        return;
      }
      const isAgreed =
        flags.yes ||
        (!flags.check && (await agrees(terminal, `Write or remove these ${plan.files.length} files?`)));
      if (!isAgreed) {
        terminal.stdout.write(`\n${plan.files.length} files would be written or removed: --yes does it\n`);
        exit(EXIT.findings);
        return;
      }
      const { applyPlan } = await import('../edit/write-files.ts');
      const gone = new Set(plan.files.filter(({ after }) => after === undefined).map(({ path }) => path));
      for (const path of applyPlan(dir, plan))
        terminal.stdout.write(`${gone.has(path) ? 'removed' : 'written'}  ${path}\n`);
      const { ignoreImportedStyle } = await import('./ignore-imported-style.ts');
      const timeout = flags.timeout * 1000;
      await ignoreImportedStyle(dir, { provisioning, timeout }, imported, terminal);
      terminal.stdout.write(`Next: ${next.join(', then ')}\n`);
      exit(EXIT.ok);
    });
