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
import { execaNode } from 'execa';
import { onTestFinished } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '../..');

/** A temporary workspace of one test, removed when the test ends. */
export interface TestWorkspace {
  readonly root: string;
  /** Writes files by path below the root; undefined removes one. */
  write(files: Readonly<Record<string, string | undefined>>): void;
  read(path: string): string;
  exists(path: string): boolean;
  /** Texts of all files below a folder, by path below the root. */
  snapshot(folder: string): Record<string, string>;
  /** Runs the CLI in the workspace. */
  panelproof(...args: readonly string[]): Promise<CliResult>;
}

/** What a run of the CLI came to. */
export interface CliResult {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const BASE = {
  'provisioning/datasources/datasources.yaml': `apiVersion: 1
datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    url: http://prometheus:9090
    isDefault: true
  - name: Loki
    uid: loki
    type: loki
    url: http://loki:3100
  - name: Tempo
    uid: tempo
    type: tempo
    url: http://tempo:3200
`,
  'provisioning/dashboards/providers.yaml': `apiVersion: 1
providers:
  - name: general
    folder: ''
    type: file
    updateIntervalSeconds: 30
    options:
      path: /etc/grafana/provisioning/dashboards/general
`,
  'dashboards/lib/datasources.ts': `import { datasource } from 'panelproof';

export const prometheus = datasource('Prometheus', 'prometheus');
export const loki = datasource('Loki', 'loki');
export const tempo = datasource('Tempo', 'tempo');
`,
};

/** Three datasources, a provider for General, and the given files. */
export function makeWorkspace(
  files: Readonly<Record<string, string | undefined>> = {},
  name?: string,
): TestWorkspace {
  const workspace = makeLastingWorkspace(files, name);
  onTestFinished(() => rmSync(workspace.root, { recursive: true, force: true }));
  return workspace;
}

/** The same for several tests; they remove it. */
export function makeLastingWorkspace(
  files: Readonly<Record<string, string | undefined>> = {},
  name = 'panelproof-test-',
): TestWorkspace {
  const root = realpathSync(mkdtempSync(join(tmpdir(), name)));
  // An empty one is where the cache of compiled modules goes.
  mkdirSync(join(root, 'node_modules'));
  const workspace: TestWorkspace = {
    root,
    write(changes) {
      for (const [path, text] of Object.entries(changes)) {
        const at = join(root, path);
        if (text === undefined) rmSync(at, { recursive: true });
        else {
          mkdirSync(dirname(at), { recursive: true });
          writeFileSync(at, text);
        }
      }
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    exists: (path) => existsSync(join(root, path)),
    snapshot(folder) {
      const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      return Object.fromEntries(
        paths.sort().map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]),
      );
    },
    panelproof: (...args) => panelproof(args, root),
  };
  workspace.write({ ...BASE, ...files });
  return workspace;
}

/** Runs the bundled CLI; never throws for an exit code. Definitions get the time of a busy machine. */
export async function panelproof(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const isHurried = /^(?:build|import|init)$/.test(args[0] ?? '') && !args.includes('--timeout');
  const patient = isHurried ? [...args, '--timeout', '60'] : args;
  const { exitCode, stdout, stderr } = await execaNode(join(REPOSITORY, 'dist/cli.js'), patient, {
    cwd,
    reject: false,
    env: { NO_COLOR: '1', ...env },
  });
  return { exitCode, stdout, stderr };
}

/** A definition with one panel; `more` is put into its options, `query` is an expression of TypeScript. */
export function definition(
  uid: string,
  { title = `Dashboard ${uid}`, query = "prometheus.query('up')", more = '' } = {},
): string {
  return `import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { dashboard } from 'panelproof';
import { loki, prometheus } from './lib/datasources.ts';

export default dashboard({
  uid: ${JSON.stringify(uid)},
  title: ${JSON.stringify(title)},
  panels: { up: new Stat().title('Up').unit('short').withTarget(${query}) },
  ${more}
});
void loki;
`;
}
