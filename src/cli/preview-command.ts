import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../model/usage-error.ts';
import { readMoment } from '../preview/data/time-range.ts';
import type { DataSource, PreviewOptions } from '../preview/preview.ts';
import { EXIT } from './exit.ts';
import { readInput } from './read-input.ts';
import type { MakeCommand, Terminal } from './terminal.ts';

interface PreviewFlags {
  readonly out?: string;
  readonly serve?: boolean;
  readonly port: number;
  readonly diff?: string;
  readonly theme: 'dark' | 'light' | 'both';
  readonly width: number;
  readonly svgOnly?: boolean;
  readonly prometheus?: string;
  readonly record?: string;
  readonly replay?: string;
  readonly from?: string;
  readonly to?: string;
  readonly timezone: string;
  readonly var?: ReadonlyMap<string, readonly string[]>;
  readonly dashboard?: readonly string[];
}

/** `panelproof preview [dir]` */
export const previewCommand: MakeCommand = (terminal, exit) =>
  new Command('preview')
    .description(
      'Draw the dashboards without a Grafana: as pictures, or as a page that follows the definitions',
    )
    .argument('[dir]', 'the workspace', '.')
    .option('-o, --out <folder>', 'write the pictures to this folder, as SVG and PNG')
    .option('--serve', 'serve a page on this machine that changes as definitions are saved')
    .option('--port <number>', 'port of the page; 0 takes a free one', port, 4173)
    .option('--diff <revision>', 'with --out: pictures of this git revision beside the present ones')
    .addOption(
      new Option('--theme <theme>', 'which pictures').choices(['dark', 'light', 'both']).default('both'),
    )
    .option('--width <pixels>', 'width of the pictures', width, 1400)
    .option('--svg-only', 'write no PNG')
    .option('--prometheus <url>', 'take the numbers from this server; default: sample data')
    .option('--record <file>', 'with --prometheus: keep the answers in this file')
    .option('--replay <file>', 'take the numbers from a file that --record wrote')
    .option('--from <time>', "beginning, such as now-6h; default: the dashboard's own")
    .option('--to <time>', 'end; default: the same')
    .option(
      '--timezone <name>',
      'in which times are written where the dashboard leaves it to the browser',
      'UTC',
    )
    .option(
      '--var <name=value>',
      "value of a variable; again for another; default: the dashboard's own",
      oneMoreValue,
    )
    .option('--dashboard <uid>', 'draw only this one; again for another; default: all', oneMore)
    .action(async (dir: string, flags: PreviewFlags) => {
      checkFlags(flags);
      const { recording, ...options } = await optionsOf(dir, flags);
      if (flags.serve) {
        const { servePreview } = await import('../preview/serve/serve-preview.ts');
        await servePreview({
          ...options,
          port: flags.port,
          say: (line) => terminal.stderr.write(`${line}\n`),
        });
        return;
      }
      await draw(dir, options, flags, terminal);
      recording?.();
      exit(EXIT.ok);
    });

function checkFlags(flags: PreviewFlags): void {
  if (!flags.out && !flags.serve)
    throw new UsageError('name a folder with --out, or look at a page with --serve');
  if (flags.out && flags.serve) throw new UsageError('--out and --serve do not go together');
  if (flags.diff !== undefined && !flags.out) throw new UsageError('--diff needs --out');
  if (flags.prometheus && flags.replay) throw new UsageError('--prometheus and --replay do not go together');
  if (flags.record && !flags.prometheus)
    throw new UsageError('--record needs --prometheus: samples need no recording');
  if (flags.prometheus && !/^https?:\/\/./.test(flags.prometheus))
    throw new UsageError(
      `expected --prometheus to be an address such as http://localhost:9090, found ${flags.prometheus}`,
    );
  for (const [flag, time] of Object.entries({ from: flags.from, to: flags.to }))
    if (time !== undefined && readMoment(time, Date.now()) === undefined)
      throw new UsageError(
        `expected --${flag} to be a time such as now-6h, now/d, 2026-01-01 or milliseconds since 1970, found ${time}`,
      );
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: flags.timezone });
  } catch {
    throw new UsageError(`unknown time zone ${flags.timezone}; expected a name such as UTC or Europe/Paris`);
  }
}

async function optionsOf(
  root: string,
  flags: PreviewFlags,
): Promise<PreviewOptions & { readonly recording: (() => void) | undefined }> {
  const { data, recording } = await sourceOf(flags);
  return {
    root,
    themes: flags.theme === 'both' ? ['dark', 'light'] : [flags.theme],
    width: flags.width,
    from: flags.from,
    to: flags.to,
    ...(flags.var ? { variables: flags.var } : {}),
    ...(flags.dashboard ? { dashboards: flags.dashboard } : {}),
    ...(data ? { data } : {}),
    recording,
  };
}

async function sourceOf(
  flags: PreviewFlags,
): Promise<{ readonly data?: DataSource; readonly recording?: () => void }> {
  const timeZone = flags.timezone;
  if (flags.prometheus) {
    const { askPrometheus } = await import('../preview/data/ask-prometheus.ts');
    const { writePicture } = await import('../preview/write-picture.ts');
    const { printRecording, recordAnswers } = await import('../preview/data/recording.ts');
    const now = Date.now();
    const name = new URL(flags.prometheus).host;
    const ask = askPrometheus(flags.prometheus);
    if (flags.record === undefined) return { data: { ask, name, now, timeZone } };
    const file = flags.record;
    const recorder = recordAnswers(ask);
    return {
      data: { ask: recorder.ask, name, now, timeZone },
      recording: () => writePicture(file, printRecording({ now, answers: recorder.answers })),
    };
  }
  if (flags.replay) {
    const { askRecording, readRecording } = await import('../preview/data/recording.ts');
    const recording = readRecording(readInput(flags.replay), flags.replay);
    return { data: { ask: askRecording(recording), name: 'recorded data', now: recording.now, timeZone } };
  }
  return {};
}

/** Up to so many pictures a rasteriser is used as it is compiled at first. */
const FEW = 10;

async function draw(
  root: string,
  options: PreviewOptions,
  flags: PreviewFlags,
  terminal: Terminal,
): Promise<void> {
  const { preview } = await import('../preview/preview.ts');
  const { writePicture } = await import('../preview/write-picture.ts');
  const folder = resolve(flags.out ?? '.');
  const pictures =
    flags.diff === undefined
      ? await preview(options)
      : await (await import('../preview/preview-diff.ts')).previewDiff({ ...options, root }, flags.diff);
  const png = flags.svgOnly ? undefined : await import('../preview/to-png.ts');
  if (pictures.length <= FEW) png?.expectFewPictures();
  for (const { name, svg } of pictures) {
    writePicture(join(folder, `${name}.svg`), svg);
    if (png) writePicture(join(folder, `${name}.png`), await png.toPng(svg));
    terminal.stdout.write(`${join(flags.out ?? '.', `${name}.${flags.svgOnly ? 'svg' : '{svg,png}'}`)}\n`);
  }
  if (pictures.length === 0) terminal.stderr.write('No panel differs\n');
}

const port = wholeNumber(0, 65_535);
/** Less has no room for a legend, more is no picture. */
const width = wholeNumber(100, 10_000);

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };
}

function oneMore(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function oneMoreValue(
  text: string,
  before: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, readonly string[]> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected name=value.');
  const name = text.slice(0, at);
  return new Map([...before, [name, [...(before.get(name) ?? []), text.slice(at + 1)]]]);
}
