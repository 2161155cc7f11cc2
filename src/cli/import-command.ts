import { Command } from 'commander';
import { untilSignal } from '../build/until-signal.ts';
import type { ImportInput } from '../import/draft.ts';
import { UsageError } from '../model/usage-error.ts';
import { EXIT } from './exit.ts';
import { definitionTimeout } from './seconds.ts';
import { type MakeCommand, type Terminal, wantsColor } from './terminal.ts';
import { underRoot } from './under-root.ts';

interface ImportFlags {
  readonly to?: string;
  readonly provisioning: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly print?: boolean;
  readonly grafana?: string;
  readonly uid?: string;
  readonly update?: boolean;
  readonly yes?: boolean;
  readonly timeout: number;
}

const HELP = `
Takes what Grafana saves, exports or answers: classic JSON of any age, exports for sharing, schema v2, resources.
Each definition is compiled and compared with what was read; one that is not the same is not written.
With --update FILE.json dashboards/x.ts what was changed in Grafana becomes a patch of that definition: shown as a diff,
proved by compiling again, and what cannot be patched is listed with its place.
Exit code: 0 when all were imported, 1 when one was not. With --update: 0 when nothing is left to do, 1 when something is
to agree to or to change by hand, 2 for another uid than the definition has, or one that does not compile.`;

/** `panelproof import [paths...]` */
export const importCommand: MakeCommand = (terminal, exit) =>
  new Command('import')
    .description('Write TypeScript definitions for dashboards in JSON, and prove that they mean the same')
    .argument('[paths...]', 'JSON files, folders of them, or - for standard input')
    .option('--to <file>', 'the definition to write, for one dashboard; default: dashboards/<uid>.ts')
    .option('--provisioning <dir>', 'where the datasources are provisioned', 'provisioning')
    .option('--force', 'write over definitions that are there')
    .option('--dry-run', 'prove, and show what would be written')
    .option('--print', 'prove one dashboard and print its definition instead of writing it')
    .option(
      '--update',
      'patch a definition with what a saved dashboard has changed: FILE.json dashboards/x.ts',
    )
    .option('-y, --yes', 'with --update: write without asking')
    .option('--grafana <url>', 'read from a running Grafana; a token in GRAFANA_TOKEN is used')
    .option('--uid <uid>', 'with --grafana: which dashboard')
    .addOption(definitionTimeout())
    .addHelpText('after', HELP)
    .action(async (paths: string[], flags: ImportFlags) => {
      if (flags.update) {
        const { runUpdate } = await import('./import-update.ts');
        exit(await runUpdate(paths, flags, terminal));
        return;
      }
      if (flags.yes) throw new UsageError('--yes goes with --update');
      const inputs = await inputsOf(paths, flags, terminal);
      if (inputs.length !== 1 && (flags.to !== undefined || flags.print))
        throw new UsageError(`--to and --print are for one dashboard, not for ${inputs.length}`);
      const { importDashboards } = await import('../import/import-dashboards.ts');
      const { printImport } = await import('../import/print-import.ts');
      const { results, plan } = await untilSignal(() =>
        importDashboards({
          root: '.',
          provisioning: flags.provisioning,
          inputs,
          to: flags.to === undefined ? undefined : definitionPath(flags.to, '--to'),
          force: flags.force || flags.print,
          timeout: flags.timeout * 1000,
        }),
      );
      exit(results.every(({ kind }) => kind === 'proved') ? EXIT.ok : EXIT.findings);
      const isTold = flags.print || flags.dryRun;
      if (!isTold) (await import('../edit/write-files.ts')).applyPlan('.', plan);
      const report = printImport(results, isTold ? 'would write' : 'written');
      if (flags.print) {
        terminal.stderr.write(report);
        terminal.stdout.write(plan.files[0]?.after ?? '');
        return;
      }
      if (flags.dryRun) {
        const { unifiedDiff } = await import('../edit/unified-diff.ts');
        terminal.stdout.write(unifiedDiff(plan, { color: wantsColor(terminal) }));
      }
      terminal.stdout.write(report);
      if (!isTold) {
        const { ignoreImportedStyle } = await import('./ignore-imported-style.ts');
        const { provisioning, timeout } = flags;
        await ignoreImportedStyle('.', { provisioning, timeout: timeout * 1000 }, results, terminal);
      }
    });

/** The dashboards that a command line names. */
export async function inputsOf(
  paths: readonly string[],
  flags: Pick<ImportFlags, 'grafana' | 'uid'>,
  terminal: Terminal,
): Promise<readonly ImportInput[]> {
  const { fetchInput, readInputs } = await import('../import/read-inputs.ts');
  if (flags.grafana !== undefined) {
    if (flags.uid === undefined || paths.length > 0)
      throw new UsageError('--grafana goes with --uid, and without paths');
    return [await fetchInput(flags.grafana, flags.uid, terminal.environment.GRAFANA_TOKEN)];
  }
  if (paths.length === 0) throw new UsageError('expected JSON files, folders, or - for standard input');
  const files = readInputs(
    '.',
    paths.filter((path) => path !== '-'),
  );
  if (!paths.includes('-')) return files;
  return [...files, { name: 'standard input', text: await textOf(terminal) }];
}

async function textOf({ stdin }: Terminal): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Definitions are the modules directly in `dashboards/`. */
export function definitionPath(to: string, flag: string): string {
  const path = underRoot('.', to);
  if (!/^dashboards\/[^/]+\.ts$/.test(path))
    throw new UsageError(
      `${flag} ${to}: expected a file directly in dashboards/, such as dashboards/shop.ts`,
    );
  return path;
}
