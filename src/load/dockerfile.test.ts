import { describe, expect, test } from 'vitest';
import { builtImage } from './dockerfile.ts';
import { treeOf } from './tree-of.ts';

const FILES = {
  'g/prov/datasources/a.yaml': '',
  'g/prov/dashboards/p.yaml': '',
  'g/dash/one.json': '',
  'g/dash/two.json': '',
  'g/dash/deep/three.json': '',
  'g/ds.yaml': '',
  'g/a b/x.json': '',
};

describe('what is copied where', () => {
  test.each([
    ['COPY prov /etc/grafana/provisioning', ['/etc/grafana/provisioning=g/prov']],
    ['COPY prov/ /etc/grafana/provisioning/', ['/etc/grafana/provisioning=g/prov']],
    [
      'COPY ./ds.yaml /etc/grafana/provisioning/datasources/',
      ['/etc/grafana/provisioning/datasources/ds.yaml=g/ds.yaml'],
    ],
    [
      'COPY ds.yaml /etc/grafana/provisioning/datasources',
      ['/etc/grafana/provisioning/datasources/ds.yaml=g/ds.yaml'],
    ],
    [
      'COPY ds.yaml /etc/grafana/provisioning/datasources/all.yaml',
      ['/etc/grafana/provisioning/datasources/all.yaml=g/ds.yaml'],
    ],
    ['COPY dash/*.json /d/', ['/d/one.json=g/dash/one.json', '/d/two.json=g/dash/two.json']],
    ['COPY dash/one.json dash/two.json /d', ['/d/one.json=g/dash/one.json', '/d/two.json=g/dash/two.json']],
    ['COPY --chown=472:0 ["a b", "/d/e f"]', ['/d/e f=g/a b']],
    ['WORKDIR /srv\nWORKDIR sub\nCOPY dash \\\n  dash', ['/srv/sub/dash=g/dash']],
    ['COPY dash public/dashboards', ['/usr/share/grafana/public/dashboards=g/dash']],
    ['COPY missing /d', ['/d=g/missing']],
    ['ENV D=/d\nARG F=dash\nCOPY $F ${D}/x', ['/d/x=g/dash']],
    ['ADD https://host/a.json /d/', ['/d/a.json=unknown']],
    ['ADD all.tar.gz /d', ['/d=unknown']],
    ['ARG WHERE\nCOPY dash $WHERE/d', ['/d=unknown']],
    ['COPY --from=busybox /x /d', ['/d=unknown']],
    ['COPY ../outside /d', ['/d=g/outside']],
    ['COPY <<EOF /d\n$X\nEOF', ['/d=unknown']],
    ['COPY <<"EOF" /d\n$X\nEOF', ['/d=inline']],
    ['RUN curl -o /d/a.json https://host/a.json', ['/d/a.json=unknown']],
    ['COPY <<EOF /d/x.yaml\na: 1\nb: 2\nEOF', ['/d/x.yaml=inline']],
  ])('%s', (lines, copies) => {
    expect(built(`FROM grafana/grafana:12.2.0\n${lines}\n`)?.copies.map(printed)).toEqual(copies);
  });

  test('folders that meet are merged', () => {
    const tree = { ...FILES, 'g/more/datasources/b.yaml': '', 'g/more/x/y': '' };
    const found = built(
      'FROM grafana/grafana\nCOPY prov /p\nCOPY more /p\nCOPY dash /p/dashboards\n',
      {},
      tree,
    );
    expect(found?.copies.map(printed)).toEqual([
      '/p=g/prov',
      '/p/datasources/b.yaml=g/more/datasources/b.yaml',
      '/p/x=g/more/x',
      '/p/dashboards/deep=g/dash/deep',
      '/p/dashboards/one.json=g/dash/one.json',
      '/p/dashboards/two.json=g/dash/two.json',
    ]);
  });

  test('a here-document gives its lines', () => {
    const [copy] = built('FROM grafana/grafana\nCOPY <<EOF /d/x.yaml\na: 1\nb: 2\nEOF\n')?.copies ?? [];
    expect(copy?.source).toEqual({ kind: 'inline', text: 'a: 1\nb: 2\n' });
  });

  test('a copy points at its instruction', () => {
    const text = '# first\nFROM grafana/grafana\nCOPY prov /p\n';
    const [copy] =
      builtImage(treeOf(FILES), text, { context: 'g', at: { file: 'Dockerfile' } })?.copies ?? [];
    const { start, end } = copy?.at?.range ?? { start: 0, end: 0 };
    expect(text.slice(start, end)).toBe('COPY prov /p');
  });
});

describe('what it rests on', () => {
  const text = [
    'ARG VERSION=12.2.0',
    'FROM node:20 AS build',
    'FROM grafana/grafana:${VERSION} AS base',
    'ENV A=1 B="two words"',
    'FROM base AS final',
    'ENV C ${A}x',
    'CMD ["/run.sh"]',
  ].join('\n');

  test('the last stage, through stages and arguments', () => {
    const found = built(text);
    expect(found?.base).toBe('grafana/grafana:12.2.0');
    expect(Object.fromEntries(found?.environment ?? [])).toEqual({ A: '1', B: 'two words', C: '1x' });
  });

  test('the wanted stage and given arguments', () => {
    expect(built(text, { target: 'build' })?.base).toBe('node:20');
    expect(built(text, { args: new Map([['VERSION', '9.5.2']]) })?.base).toBe('grafana/grafana:9.5.2');
    expect(built(text, { target: 'none' })).toBeUndefined();
  });

  test.each(['', 'COPY a b', '\0\0', 'FROM'])('%j rests on nothing', (nothing) => {
    expect(built(nothing)?.base).toBeUndefined();
  });
});

function built(text: string, options: { target?: string; args?: Map<string, string> } = {}, files = FILES) {
  return builtImage(treeOf(files), text, { context: 'g', at: { file: 'g/Dockerfile' }, ...options });
}

function printed({ target, source }: { target: string; source: { kind: string; path?: string } }): string {
  return `${target}=${source.path ?? source.kind}`;
}
