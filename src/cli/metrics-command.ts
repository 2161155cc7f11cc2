import { Command } from 'commander';
import type { PullResult } from '../metrics/pull.ts';
import { UsageError } from '../model/usage-error.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit.ts';
import { seconds } from './seconds.ts';
import type { MakeCommand } from './terminal.ts';
import { underRoot } from './under-root.ts';

interface PullFlags {
  readonly job?: string;
  readonly out?: string;
  readonly check?: string;
  readonly json?: boolean;
  readonly timeout: number;
}

/** `panelproof metrics pull <url-or-file>` */
export const metricsCommand: MakeCommand = (terminal, exit) => {
  const pull = new Command('pull')
    .description('Write a metric catalogue from a /metrics page, or from what a Prometheus server knows')
    .argument('<source>', 'URL or file of a /metrics page, or URL of a Prometheus server')
    .option('--job <names>', 'the scrape job of the page, or the only jobs to read from a server, by commas')
    .option(
      '-o, --out <file>',
      'write the catalogue here, such as services/shop.metrics.ts; default: print it',
    )
    .option('--check <file>', 'write nothing; exit 1 when the service no longer fits this catalogue')
    .option('--json', 'with --check, print the changes as JSON')
    .option('--timeout <seconds>', 'how long a request may take', seconds, 30)
    .action(async (source: string, flags: PullFlags) => {
      if (flags.out && flags.check) throw new UsageError('--out and --check do not go together');
      const { metricsPull } = await import('../metrics/pull.ts');
      const result = await metricsPull({
        source,
        timeout: flags.timeout * 1000,
        ...(flags.job ? { jobs: flags.job.split(',') } : {}),
        ...(flags.check ? { check: flags.check } : {}),
      });
      for (const { name, why } of result.omitted) terminal.stderr.write(`left out ${name}: ${why}\n`);
      if (result.changes) {
        terminal.stdout.write(
          flags.json
            ? `${JSON.stringify(result.changes, undefined, 2)}\n`
            : changesText(result.changes, flags.check ?? ''),
        );
        exit(result.changes.length > 0 ? EXIT.findings : EXIT.ok);
        return;
      }
      if (flags.out) await write(flags.out, result.text);
      const count = Object.keys(result.catalogue.metrics).length;
      if (flags.out) terminal.stdout.write(`written    ${flags.out}  (${counted(count, 'metric')})\n`);
      else terminal.stdout.write(result.text);
      exit(EXIT.ok);
    });
  return new Command('metrics')
    .description('Catalogues of the metrics that services export')
    .addCommand(pull);
};

function changesText(changes: NonNullable<PullResult['changes']>, file: string): string {
  if (changes.length === 0) return `${file} is what the service exports\n`;
  return `${changes.map(({ kind, message }) => `${kind}: ${message}\n`).join('')}${changes.length} changes since ${file}\n`;
}

async function write(out: string, text: string): Promise<void> {
  const { applyPlan } = await import('../edit/write-files.ts');
  const { openTree } = await import('../load/file-tree.ts');
  const tree = openTree('.');
  const path = underRoot('.', out);
  const bytes = tree.read(path);
  const before = typeof bytes === 'string' ? undefined : bytes.toString('utf8');
  applyPlan(tree.root, {
    files: [{ path, before, after: text, reasons: ['what the service exports'] }],
    refused: [],
  });
}
