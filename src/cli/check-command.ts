import { Command, Option } from 'commander';
import type { CheckResult } from '../doctor/check.ts';
import { type Finding, SEVERITIES, type Severity } from '../model/finding.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit.ts';
import { readInput } from './read-input.ts';
import { knownRules, versionOf } from './rule-flags.ts';
import { type MakeCommand, type Terminal, wantsColor } from './terminal.ts';

interface CheckFlags {
  readonly format: 'pretty' | 'plain' | 'json' | 'github' | 'sarif';
  readonly failOn: Severity | 'never';
  readonly style?: boolean;
  readonly disable?: string;
  readonly grafanaVersion?: string;
  readonly baseline?: string;
  readonly loads?: boolean;
}

/** `panelproof check [dir]` */
export const checkCommand: MakeCommand = (terminal, exit) =>
  new Command('check')
    .description('Say why dashboards will not load, or will show nothing; reads files only')
    .argument('[dir]', 'any repository or folder', '.')
    .addOption(
      new Option('-f, --format <format>', 'how findings are printed')
        .choices(['pretty', 'plain', 'json', 'github', 'sarif'])
        .default('pretty'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for findings of this severity and worse')
        .choices([...SEVERITIES, 'never'])
        .default('data'),
    )
    .option('--style', 'report findings of severity style too')
    .option('--disable <rules>', 'rules that do not run, separated by commas')
    .option('--grafana-version <version>', 'what image tags say is overridden, such as 12.2.0')
    .option('--loads', 'show what each Grafana of the tree will list when it starts, and what not')
    .option('--baseline <file>', 'report only what this earlier `check --format json` does not have')
    .action(async (dir: string, flags: CheckFlags) => {
      const { check } = await import('../doctor/check.ts');
      const { readBaseline } = await import('../doctor/baseline.ts');
      const { closedFiles } = await import('../doctor/closed-files.ts');
      const { historyGap } = await import('../doctor/history-gap.ts');
      const { visibleLine } = await import('../report/visible.ts');
      const { MAX_FILES } = await import('../load/tree-files.ts');
      const result = check({
        root: dir,
        style: flags.style || flags.failOn === 'style',
        disable: await knownRules(flags.disable),
        grafanaVersion: versionOf(flags.grafanaVersion),
        baseline:
          flags.baseline === undefined ? undefined : readBaseline(readInput(flags.baseline), flags.baseline),
      });
      terminal.stdout.write(await print(result, flags, terminal));
      const gap = historyGap(result.workspaces);
      if (gap !== undefined) terminal.stderr.write(`${gap}\n`);
      const closed = closedFiles(result.workspaces);
      if (closed !== undefined) terminal.stderr.write(`${visibleLine(closed)}\n`);
      if (result.isCut)
        terminal.stderr.write(
          `Only the ${MAX_FILES.toLocaleString('en')} files nearest to the root were looked at: name a folder of it to see the rest\n`,
        );
      if (result.denied.length > 0)
        terminal.stderr.write(
          `Not checked, for there is no permission to read it: ${visibleLine(listed(result.denied))}\n`,
        );
      exit(result.findings.some((finding) => fails(finding, flags.failOn)) ? EXIT.findings : EXIT.ok);
    });

function fails({ severity }: Finding, failOn: CheckFlags['failOn']): boolean {
  return failOn !== 'never' && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
}

async function print(result: CheckResult, flags: CheckFlags, terminal: Terminal): Promise<string> {
  const { findings, files, workspaces } = result;
  switch (flags.format) {
    case 'json': {
      const { jsonReport } = await import('../report/json.ts');
      const { predict } = await import('../doctor/predict.ts');
      const { jsonPrediction } = await import('../report/predictions.ts');
      const predictions = workspaces.map((workspace) => jsonPrediction(predict(workspace), files));
      return `${JSON.stringify({ ...jsonReport(findings, files), predictions }, undefined, 2)}\n`;
    }
    case 'plain':
      return (await import('../report/plain.ts')).printFindings(findings, files);
    case 'github':
      return (await import('../report/github.ts')).githubReport(findings, files);
    case 'sarif':
      return (await import('../report/sarif.ts')).sarifReport(findings, files);
    case 'pretty': {
      const { prettyReport } = await import('../report/pretty.ts');
      const report = prettyReport(findings, files, { color: wantsColor(terminal) });
      const loads = flags.loads ? await loadsTables(result) : '';
      return [report, loads, summary(result)].filter(Boolean).join('\n');
    }
    default:
      return flags.format satisfies never;
  }
}

async function loadsTables({ workspaces, files }: CheckResult): Promise<string> {
  const { predict } = await import('../doctor/predict.ts');
  const { loadsTable } = await import('../report/predictions.ts');
  return workspaces.map((workspace) => loadsTable(predict(workspace), files)).join('\n');
}

/** What was looked at, so that "no findings" is not mistaken for "found nothing to look at". */
function summary({ findings, suppressed, workspaces }: CheckResult): string {
  if (workspaces.length === 0 && findings.length === 0)
    return 'No Grafana found here, so nothing was checked: no compose service, Dockerfile or Kubernetes object runs one, and no provisioning folder is there\n';
  const dashboards = new Set(workspaces.flatMap((workspace) => workspace.dashboards.map(({ file }) => file)))
    .size;
  const looked =
    workspaces.length === 0
      ? 'No Grafana found here'
      : `${counted(dashboards, 'dashboard')} of ${listed(workspaces.map(({ grafana }) => grafana.name))}`;
  const counts = SEVERITIES.map(
    (severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const,
  );
  const found = counts.filter(([count]) => count > 0).map(([count, severity]) => `${count} ${severity}`);
  const held = suppressed > 0 ? `, ${suppressed} suppressed` : '';
  return `${looked}: ${found.length === 0 ? 'no findings' : `${found.join(', ')}`}${held}\n`;
}

/** A tree with many Grafanas would fill the screen with their names. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
