import { Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../model/usage-error.ts';
import type { Where } from '../verify/connect.ts';
import type { VerifyResult } from '../verify/result.ts';
import type { Address } from '../verify/secrets.ts';
import { EXIT } from './exit.ts';
import { seconds } from './seconds.ts';
import { type MakeCommand, type Terminal, wantsColor } from './terminal.ts';

interface VerifyFlags {
  readonly grafana?: string;
  readonly prometheus?: string;
  readonly loki?: string;
  readonly tempo?: string;
  readonly trace?: string | true;
  readonly format: 'table' | 'json' | 'junit' | 'markdown';
  readonly only?: string;
  readonly since?: number;
  readonly expectNonzero?: boolean;
  readonly timeout: number;
  readonly requestTimeout: number;
  readonly instance?: string;
}

/** Where dice-roller listens when the stack is started as it is. */
const DICE_ROLLER = 'http://localhost:8107';

/** `panelproof verify [dir]` */
export const verifyCommand: MakeCommand = (terminal, exit) =>
  new Command('verify')
    .description(
      'Ask a running stack whether dashboards are loaded and every query shows data; changes nothing',
    )
    .argument('[dir]', 'the tree whose dashboards must be there', '.')
    .option(
      '--grafana <url>',
      'default: GRAFANA_URL; login by GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD',
    )
    .option('--prometheus <url>', 'without Grafana: ask this for every Prometheus datasource')
    .option('--loki <url>', 'without Grafana: ask this for every Loki datasource')
    .option('--tempo <url>', 'without Grafana: ask this for every Tempo datasource')
    .option('--trace [url]', `follow one request to dice-roller through the stack (default: ${DICE_ROLLER})`)
    .addOption(
      new Option('-f, --format <format>', 'how the result is printed')
        .choices(['table', 'json', 'junit', 'markdown'])
        .default('table'),
    )
    .option('--only <text>', 'only dashboards and panels whose title or uid contains this')
    .option(
      '--since <duration>',
      "look at this much time up to now, such as 30m, instead of the dashboard's",
      duration,
    )
    .option('--expect-nonzero', 'values that are all 0 fail too')
    .option('--timeout <seconds>', 'how long to wait for the stack to be ready', seconds, 60)
    .option('--request-timeout <seconds>', 'how long one request may take', seconds, 15)
    .option('--instance <name>', 'which Grafana of the tree, where it starts several')
    .action(async (dir: string, flags: VerifyFlags) => {
      const { verify, redactorFor } = await import('../verify/verify.ts');
      const { readAddress } = await import('../verify/secrets.ts');
      const where = whereOf(flags, terminal, readAddress);
      const trace =
        flags.trace === undefined
          ? undefined
          : readAddress('--trace', flags.trace === true ? DICE_ROLLER : flags.trace);
      const redact = redactorFor({ where, trace });
      const progress = progressLine(terminal, redact);
      const result = await verify({
        root: dir,
        where,
        trace,
        instance: flags.instance,
        only: flags.only,
        sinceMs: flags.since,
        expectNonzero: flags.expectNonzero ?? false,
        timeoutMs: flags.timeout * 1000,
        requestTimeoutMs: flags.requestTimeout * 1000,
        progress: progress.show,
      }).finally(progress.clear);
      terminal.stdout.write(redact(await print(result, flags, terminal)));
      exit(result.holds ? EXIT.ok : EXIT.findings);
    });

function whereOf(
  { grafana, prometheus, loki, tempo }: VerifyFlags,
  { environment }: Terminal,
  readAddress: (what: string, text: string, credentials?: object) => Address,
): Where {
  const direct = Object.entries({ prometheus, loki, tempo }).filter(([, url]) => url !== undefined);
  if (grafana !== undefined && direct.length > 0)
    throw new UsageError(
      `--grafana and --${direct[0]?.[0]} do not go together: Grafana knows its datasources`,
    );
  if (direct.length > 0) {
    const addresses = direct.map(([type, url = '']) => [type, readAddress(`--${type}`, url)]);
    return { kind: 'direct', addresses: Object.fromEntries(addresses) };
  }
  const url = grafana ?? environment.GRAFANA_URL;
  if (!url)
    throw new UsageError(
      'nothing to ask: give --grafana URL (or GRAFANA_URL), or --prometheus, --loki, --tempo URL',
    );
  const { GRAFANA_TOKEN: token, GRAFANA_USER: user, GRAFANA_PASSWORD: password } = environment;
  const what = grafana === undefined ? 'GRAFANA_URL' : '--grafana';
  return { kind: 'grafana', address: readAddress(what, url, { token, user: user || undefined, password }) };
}

/** One line that is written over on a terminal; elsewhere only what is waited for, each once. */
function progressLine({ stderr }: Terminal, redact: (text: string) => string) {
  let last = '';
  const isLive = stderr.isTTY === true;
  return {
    show: (text: string) => {
      const line = redact(text);
      if (isLive) stderr.write(`\r\u001b[2K${line.slice(0, 100)}`);
      const waits = /^(waiting for [^,:]+)/.exec(line)?.[1];
      if (!isLive && waits !== undefined && waits !== last) stderr.write(`${line}\n`);
      last = waits ?? last;
    },
    clear: () => {
      if (isLive) stderr.write('\r\u001b[2K');
    },
  };
}

async function print(result: VerifyResult, { format }: VerifyFlags, terminal: Terminal): Promise<string> {
  switch (format) {
    case 'table':
      return (await import('../verify/report-table.ts')).tableReport(result, { color: wantsColor(terminal) });
    case 'json':
      return (await import('../verify/report-json.ts')).jsonReport(result);
    case 'junit':
      return (await import('../verify/report-junit.ts')).junitReport(result);
    case 'markdown':
      return (await import('../verify/report-markdown.ts')).markdownReport(result);
    default:
      return format satisfies never;
  }
}

function duration(text: string): number {
  const match = /^(\d+)(s|m|h|d)$/.exec(text);
  const unit = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[match?.[2] ?? ''];
  if (!match || unit === undefined || Number(match[1]) === 0)
    throw new InvalidArgumentError('Expected a duration such as 30m, 1h or 7d.');
  return Number(match[1]) * unit;
}
