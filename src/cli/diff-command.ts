import { Command, Option } from 'commander';
import { untilSignal } from '../build/until-signal.ts';
import type { DiffReport } from '../diff/diff.ts';
import type { StaleFile } from '../diff/stale.ts';
import { EXIT } from './exit.ts';
import { type MakeCommand, type Terminal, wantsColor } from './terminal.ts';

interface DiffFlags {
  readonly format: 'text' | 'markdown' | 'html' | 'json';
  readonly exitCode?: boolean;
  readonly compile?: boolean;
}

/** `panelproof diff [before] [after]` */
export const diffCommand: MakeCommand = (terminal, exit) =>
  new Command('diff')
    .description('Say by meaning what changed in dashboards and provisioning; reads files and git only')
    .argument('[before]', 'a git ref, or a file or folder; default: where this branch left the main one')
    .argument('[after]', 'a file, a folder or another ref; default: the working tree')
    .addOption(
      new Option('-f, --format <format>', 'how it is printed')
        .choices(['text', 'markdown', 'html', 'json'])
        .default('text'),
    )
    .option('--exit-code', 'exit 1 when anything changed')
    .option('--compile', 'run the definitions of the working tree, to say which committed JSON is stale')
    .action(async (before: string | undefined, after: string | undefined, flags: DiffFlags) => {
      const { diff, isEmpty } = await import('../diff/diff.ts');
      const report = diff({
        before,
        after,
        // What GitHub Actions calls the branch that a pull request goes to.
        target: terminal.environment.GITHUB_BASE_REF || undefined,
        stale: flags.compile ? await compiled(terminal) : undefined,
      });
      terminal.stdout.write(await print(report, flags.format, terminal));
      exit(flags.exitCode && !isEmpty(report) ? EXIT.findings : EXIT.ok);
    });

/** Generated files that are not what their definitions compile to. */
async function compiled({ stderr }: Terminal): Promise<readonly StaleFile[]> {
  const { build } = await import('../build/build.ts');
  const { outputs, findings } = await untilSignal(() => build({ write: false }));
  if (findings.length > 0)
    stderr.write(
      `panelproof: not all definitions compile (${findings.length} findings): \`panelproof build\` shows why\n`,
    );
  return outputs.flatMap(({ path, definition, state }) => {
    if (state === 'unchanged') return [];
    return [{ file: path, definition, why: state === 'orphaned' ? 'stale' : state }];
  });
}

async function print(report: DiffReport, format: DiffFlags['format'], terminal: Terminal): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('../diff/print-text.ts')).printText(report, { color: wantsColor(terminal) });
    case 'markdown':
      return (await import('../diff/print-markdown.ts')).printMarkdown(report);
    case 'html':
      return (await import('../diff/print-html.ts')).printHtml(report);
    case 'json':
      return (await import('../diff/print-json.ts')).printJson(report);
    default:
      return format satisfies never;
  }
}
