import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/doctor/check.ts';
import { dashboard, type FixWorkspace, fixWorkspace } from './fix-workspace.ts';

/**
 * The story that panelproof began with, retold in small: three datasource files, dashboards that refer to
 * `prometheus`, `loki` and `tempo`, a database in a named volume, and repairs that made it worse.
 */
const SOURCES = [
  { file: 'provisioning/datasources/prometheus.yaml', name: 'Prometheus', type: 'prometheus', port: 9090 },
  { file: 'provisioning/datasources/loki.yaml', name: 'Loki', type: 'loki', port: 3100 },
  { file: 'provisioning/datasources/tempo.yaml', name: 'Tempo', type: 'tempo', port: 3200 },
];

const VOLUME = `services:
  grafana:
    image: grafana/grafana:12.2.0
    restart: unless-stopped
    volumes:
      - grafana-data:/var/lib/grafana
      - ./provisioning:/etc/grafana/provisioning:ro
volumes:
  grafana-data:
`;

describe('the uid lines that somebody dropped', () => {
  test('come back as three inserted lines, not as 38 edited references', async () => {
    const workspace = story({ uids: false });
    const before = workspace.snapshot();
    expect(severities(workspace)).toMatchObject({ data: 3 });
    const { exitCode, stdout } = await workspace.fix(['--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('3 findings to mend in 3 files\n');
    expect(stdout).toContain('Left: no findings\n');
    expect(changedLines(before, workspace.snapshot())).toEqual([
      'provisioning/datasources/loki.yaml +    uid: loki',
      'provisioning/datasources/prometheus.yaml +    uid: prometheus',
      'provisioning/datasources/tempo.yaml +    uid: tempo',
    ]);
    expect(stdout).toContain(
      'Now compose.yaml service grafana reads its provisioning only at start: docker compose restart grafana\n',
    );
  });

  test('come with the guard where a database may hold other ones', async () => {
    const workspace = story({ uids: false, 'compose.yaml': VOLUME });
    commit(workspace, 'uids dropped');
    const { exitCode, stdout } = await workspace.fix(['--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Left: no findings\n');
    expect(workspace.read('provisioning/datasources/loki.yaml')).toBe(`apiVersion: 1
deleteDatasources:
  - name: Loki
    orgId: 1

datasources:
  - name: Loki # logs and more
    uid: loki
    type: loki
    access: proxy
    url: http://loki:3100
`);
  });
});

describe('the uid that was added to a datasource of a database that stays', () => {
  test('gets the deleteDatasources guard, and nothing else changes', async () => {
    const workspace = story({ uids: false, 'compose.yaml': VOLUME, dashboards: 'generated uids' });
    commit(workspace, 'without uid');
    for (const source of SOURCES) workspace.write(source.file, datasourceFile(source, true));
    for (const [path, text] of Object.entries(dashboards('uids'))) workspace.write(path, text);
    commit(workspace, 'with uid, and the dashboard that needs it');
    const before = workspace.snapshot();
    expect(severities(workspace)).toMatchObject({ load: 3, data: 0 });
    const { exitCode, stdout } = await workspace.fix(['--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Left: no findings\n');
    expect(changedLines(before, workspace.snapshot())).toEqual(
      ['loki', 'prometheus', 'tempo'].flatMap((id) => {
        const file = `provisioning/datasources/${id}.yaml`;
        const name = SOURCES.find(({ type }) => type === id)?.name;
        return [`${file} +deleteDatasources:`, `${file} +  - name: ${name}`, `${file} +    orgId: 1`];
      }),
    );
    commit(workspace, 'with the guard');
    expect((await workspace.fix(['--check'])).exitCode).toBe(0);
  });
});

describe('the references that were rewritten to names', () => {
  test('become types and uids again, links of datasources too, and lost dollars come back', async () => {
    const workspace = story({ uids: true, dashboards: 'names' });
    const tempo = workspace.read('provisioning/datasources/tempo.yaml');
    workspace.write(
      'provisioning/datasources/tempo.yaml',
      `${tempo}    jsonData:
      tracesToLogsV2:
        datasourceUid: Loki
        customQuery: true
        query: '{service="dice-roller"} |= "\${__trace.traceId}"'
`,
    );
    const { exitCode, stdout } = await workspace.fix(['--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Left: no findings\n');
    expect(workspace.read('provisioning/datasources/tempo.yaml')).toBe(
      `${tempo}    jsonData:
      tracesToLogsV2:
        datasourceUid: loki
        customQuery: true
        query: '{service="dice-roller"} |= "$\${__trace.traceId}"'
`,
    );
    for (const [path, text] of Object.entries(dashboards('uids')))
      expect(JSON.parse(workspace.read(path))).toEqual(JSON.parse(text));
  });
});

describe('copies', () => {
  test('with another ending are neither reported nor touched', async () => {
    const workspace = story({ uids: true });
    const copy = dashboard({ uid: 'stage1', title: 'Stage 1' });
    for (const name of ['stage1.json.bak', 'stage1.json.backup', 'stage1.json~'])
      workspace.write(`provisioning/dashboards/dice/${name}`, copy);
    expect(await workspace.fix(['--check', '--unsafe'])).toMatchObject({
      exitCode: 0,
      stdout: 'Nothing to mend: no findings\nLeft: no findings\n',
    });
  });
});

function story(options: {
  readonly uids: boolean;
  readonly dashboards?: References;
  readonly 'compose.yaml'?: string;
}): FixWorkspace {
  const sources = SOURCES.map((source) => [source.file, datasourceFile(source, options.uids)] as const);
  return fixWorkspace({
    ...Object.fromEntries(sources),
    ...dashboards(options.dashboards ?? 'uids'),
    ...(options['compose.yaml'] === undefined ? {} : { 'compose.yaml': options['compose.yaml'] }),
    'provisioning/dashboards/dice/dice.json': dashboard(),
  });
}

function datasourceFile({ name, type, port }: (typeof SOURCES)[number], hasUid: boolean): string {
  return `apiVersion: 1

datasources:
  - name: ${name} # ${type === 'loki' ? 'logs' : type} and more
${hasUid ? `    uid: ${type}\n` : ''}    type: ${type}
    access: proxy
    url: http://${type}:${port}
`;
}

type References = 'uids' | 'names' | 'generated uids';

const GENERATED: Readonly<Record<string, string>> = {
  prometheus: 'PBFA97CFB590B2093',
  loki: 'P8E80F9AEF21F6940',
  tempo: 'P214B5B846CF3925F',
};

/** 28 references to Prometheus, 8 to Loki and 2 to Tempo, in four dashboards, with that of `dice.json` itself. */
function dashboards(references: References): Record<string, string> {
  const counts = [
    { type: 'prometheus', panels: 13, expr: 'up' },
    { type: 'loki', panels: 4, expr: '{job="dice"}' },
    { type: 'tempo', panels: 1, expr: '{}' },
  ];
  const all = counts.flatMap(({ type, panels, expr }) =>
    Array.from({ length: panels }, () => ({ type, expr })),
  );
  const files = [1, 2, 3].map((stage) => {
    const own = all.filter((_, index) => index % 3 === stage - 1);
    const panels = own.map(({ type, expr }, index) => {
      const name = SOURCES.find((source) => source.type === type)?.name;
      const uid = references === 'generated uids' ? GENERATED[type] : type;
      const datasource = references === 'names' ? name : { type, uid };
      return {
        id: index + 1,
        title: `Panel ${index + 1}`,
        type: 'timeseries',
        gridPos: { x: 0, y: index * 8, w: 24, h: 8 },
        datasource,
        targets: [{ refId: 'A', datasource, [type === 'tempo' ? 'query' : 'expr']: expr }],
        fieldConfig: { defaults: {}, overrides: [] },
      };
    });
    const json = dashboard({ uid: `stage${stage}`, title: `Stage ${stage}`, panels });
    return [`provisioning/dashboards/dice/stage${stage}.json`, json];
  });
  return Object.fromEntries(files);
}

function severities({ root }: FixWorkspace): Record<string, number> {
  const counts: Record<string, number> = { load: 0, data: 0, drift: 0 };
  for (const { severity } of check({ root }).findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** Lines that one tree has and the other does not, file by file; a line that moved counts twice. */
function changedLines(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path) => {
    const old = (before[path] ?? '').split('\n');
    const now = (after[path] ?? '').split('\n');
    return [
      ...old.filter((line) => !now.includes(line)).map((line) => `${path} -${line}`),
      ...now.filter((line) => !old.includes(line)).map((line) => `${path} +${line}`),
    ];
  });
}

function commit({ root }: FixWorkspace, message: string): void {
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { cwd: root });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', message);
}
