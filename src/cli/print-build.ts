import type { BuildResult, OutputState } from '../build/build-result.ts';
import { type Terminal, wantsColor } from './terminal.ts';

/** What decides how a build is printed. */
export interface PrintFlags {
  readonly check?: boolean | undefined;
  readonly diff?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Prints what a build found and did; `took` is in milliseconds. */
export async function printBuild(
  result: BuildResult,
  flags: PrintFlags,
  terminal: Terminal,
  took: number,
): Promise<void> {
  if (result.output) terminal.stderr.write(`${result.output}\n`);
  if (flags.json) return printJson(result, terminal);
  if (result.findings.length > 0) return printFindings(result, terminal, took);
  if (flags.diff) {
    const { unifiedDiff } = await import('../edit/unified-diff.ts');
    terminal.stdout.write(unifiedDiff(result.plan, { color: wantsColor(terminal) }));
  }
  const lines = flags.diff ? [] : result.outputs.map((output) => outputLine(output, flags));
  if (flags.check) lines.push(...lockLine(result));
  lines.push(`${summary(result, flags)} (${duration(took)})`);
  terminal.stdout.write(`${lines.join('\n')}\n`);
}

async function printJson({ findings, files, outputs, written }: BuildResult, terminal: Terminal) {
  const { jsonReport } = await import('../report/json.ts');
  const done = new Set(written);
  const report = {
    ...jsonReport(findings, files),
    outputs: outputs.map((output) => ({ ...output, written: done.has(output.path) })),
  };
  terminal.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
}

async function printFindings({ findings, files }: BuildResult, terminal: Terminal, took: number) {
  const { prettyReport } = await import('../report/pretty.ts');
  terminal.stdout.write(`${prettyReport(findings, files, { color: wantsColor(terminal) })}\n`);
  const what = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  terminal.stdout.write(`${what}: nothing was written (${duration(took)})\n`);
}

function outputLine({ path, definition, state }: OutputState, { check }: PrintFlags): string {
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

/** The record of what was written is a file too, and can be the only one that is not as built. */
function lockLine({ outputs, plan }: BuildResult): string[] {
  const outputPaths = new Set(outputs.map(({ path }) => path));
  return plan.files
    .filter(({ path }) => !outputPaths.has(path))
    .map(({ path, before }) => `${(before === undefined ? 'missing' : 'stale').padEnd(9)}  ${path}`);
}

function summary({ outputs, plan }: BuildResult, { check, diff }: PrintFlags): string {
  if (outputs.length === 0 && plan.files.length === 0)
    return '0 dashboards: no TypeScript file in dashboards/ defines one';
  const changed = outputs.filter(({ state }) => state !== 'unchanged').length;
  const dashboards = `${outputs.length} ${outputs.length === 1 ? 'dashboard' : 'dashboards'}`;
  if (!check && !diff) return `${dashboards}, ${changed} changed`;
  return plan.files.length === 0
    ? `${dashboards}, all as built`
    : `${dashboards}, ${changed} not as built: run the build and commit what it writes`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
