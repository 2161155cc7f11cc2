import { styleText } from 'node:util';
import { untilSignal } from '../build/until-signal.ts';
import type { LeftByHand } from '../import/update/by-hand.ts';
import { UsageError } from '../model/usage-error.ts';
import { agrees } from './agrees.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit.ts';
import { definitionPath, inputsOf } from './import-command.ts';
import { type Terminal, wantsColor } from './terminal.ts';

interface UpdateFlags {
  readonly to?: string;
  readonly force?: boolean;
  readonly print?: boolean;
  readonly provisioning: string;
  readonly dryRun?: boolean;
  readonly grafana?: string;
  readonly uid?: string;
  readonly yes?: boolean;
  readonly timeout: number;
}

/** `panelproof import --update FILE.json dashboards/x.ts`; gives the exit code. */
export async function runUpdate(
  paths: readonly string[],
  flags: UpdateFlags,
  terminal: Terminal,
): Promise<number> {
  const to = paths.at(-1);
  const from = paths.slice(0, -1);
  const [input, ...more] =
    from.length > 0 || flags.grafana !== undefined ? await inputsOf(from, flags, terminal) : [];
  if (to === undefined || input === undefined || more.length > 0)
    throw new UsageError('--update takes one dashboard and one definition: FILE.json dashboards/x.ts');
  if (flags.to !== undefined || flags.force || flags.print)
    throw new UsageError('--to, --force and --print do not go with --update');
  if (flags.yes && flags.dryRun) throw new UsageError('--dry-run and --yes do not go together');
  const { updateDefinition } = await import('../import/update/update-definition.ts');
  const { unifiedDiff } = await import('../edit/unified-diff.ts');
  const definition = definitionPath(to, '--update');
  const { plan, made, left, leftAfter, unused, notes } = await untilSignal(() =>
    updateDefinition({
      root: '.',
      provisioning: flags.provisioning,
      definition,
      input,
      timeout: flags.timeout * 1000,
    }),
  );
  const color = wantsColor(terminal);
  const say = (line: string) => terminal.stdout.write(`${line}\n`);
  for (const note of notes) say(note);
  terminal.stdout.write(unifiedDiff(plan, { color }));
  if (made.length + left.length === 0) {
    say(`Nothing to update: ${definition} compiles to what ${input.name} says`);
    return EXIT.ok;
  }
  const hasPlan = plan.files.length > 0;
  const isAgreed =
    hasPlan && (flags.yes || (!flags.dryRun && (await agrees(terminal, 'Write these changes?'))));
  if (isAgreed) {
    const { applyPlan } = await import('../edit/write-files.ts');
    applyPlan('.', plan);
    say(`Written: ${definition}, ${counted(made.length, 'change')}, each proved by compiling`);
  } else if (hasPlan)
    say(`${counted(made.length, 'change')} to ${definition}, nothing was written; --yes writes`);
  for (const { name, line } of unused) say(`No longer used after that: ${name} (${definition}:${line})`);
  const byHand = isAgreed ? leftAfter : left;
  if (byHand.length > 0) say(`Left to change by hand: ${counted(byHand.length, 'change')}`);
  for (const one of byHand) say(printLeft(one, color));
  if (isAgreed) say('Next: npm run build-dashboards');
  return (isAgreed || !hasPlan) && byHand.length === 0 ? EXIT.ok : EXIT.findings;
}

function printLeft({ file, line, difference: { subject, text } }: LeftByHand, color: boolean): string {
  const place = `${file}:${line}`;
  const of = subject.name === '' ? subject.kind : `${subject.kind} ${JSON.stringify(subject.name)}`;
  return `  ${color ? styleText('bold', place, { validateStream: false }) : place}  ${of}: ${text}`;
}
