import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/run.ts';

/** A folder of one test with a compose file, one datasource, one provider and the given files; removed when it ends. */
export function fixWorkspace(files: Readonly<Record<string, string>> = {}): FixWorkspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'panelproof-fix-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const workspace: FixWorkspace = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    has: (path) => existsSync(join(root, path)),
    snapshot() {
      const entries = readdirSync(root, { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      return Object.fromEntries(
        paths.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'latin1')]),
      );
    },
    fix: (flags, answering) => runFix(root, flags, answering),
  };
  for (const [path, text] of Object.entries({ ...FAULTLESS, ...files })) workspace.write(path, text);
  return workspace;
}

/** What `fixWorkspace` gives. */
export interface FixWorkspace {
  readonly root: string;
  readonly write: (path: string, text: string) => void;
  readonly read: (path: string) => string;
  readonly has: (path: string) => boolean;
  /** All files by path, byte for byte. */
  readonly snapshot: () => Record<string, string>;
  /** Runs `panelproof fix` here. */
  readonly fix: (flags?: readonly string[], answering?: Answering) => Promise<FixRun>;
}

/** A person at a terminal: what happens when the question comes, and what is typed then (undefined: end of input). */
export interface Answering {
  readonly when?: () => void;
  readonly answer: string | undefined;
}

/** How a run ended and what it said. */
export interface FixRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function runFix(root: string, flags: readonly string[] = [], answering?: Answering): Promise<FixRun> {
  const said = { stdout: '', stderr: '' };
  const stdin = Object.assign(new PassThrough(), { isTTY: answering !== undefined });
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY: answering !== undefined,
    write(text: string) {
      said[name] += text;
      if (!answering || !text.includes('[y/N]')) return;
      answering.when?.();
      stdin.end(answering.answer);
    },
  });
  const exitCode = await run(['fix', root, ...flags], {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    stdin,
    environment: { NO_COLOR: '1' },
  });
  return { exitCode, ...said };
}

/** A dashboard with one panel, without fault; `overrides` are properties of the dashboard. */
export function dashboard(overrides: Readonly<Record<string, unknown>> = {}): string {
  const datasource = { type: 'prometheus', uid: 'prometheus' };
  const panel = {
    id: 1,
    title: 'Rolls',
    type: 'timeseries',
    gridPos: { x: 0, y: 0, w: 24, h: 8 },
    datasource,
    targets: [{ refId: 'A', datasource, expr: 'up' }],
    fieldConfig: { defaults: {}, overrides: [] },
  };
  const json = { uid: 'dice', title: 'Dice', schemaVersion: 39, panels: [panel], ...overrides };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

const FAULTLESS = {
  'compose.yaml': `services:
  grafana:
    image: grafana/grafana:12.2.0
    volumes:
      - ./provisioning:/etc/grafana/provisioning:ro
  prometheus:
    image: prom/prometheus:v3.4.0
`,
  'provisioning/datasources/prometheus.yaml': `apiVersion: 1
datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    url: http://prometheus:9090
    isDefault: true
`,
  'provisioning/dashboards/providers.yaml': `apiVersion: 1
providers:
  - name: dashboards
    folder: Dice
    updateIntervalSeconds: 30
    options:
      path: /etc/grafana/provisioning/dashboards/dice
`,
  'provisioning/dashboards/dice/dice.json': dashboard(),
};
