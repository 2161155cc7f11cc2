import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { treeFiles } from '../tree-files.ts';
import { treeOf } from '../tree-of.ts';
import { composeProjects } from './projects.ts';

const bind = (path: string) => ({ kind: 'bind', path });
const volume = (name: string) => ({ kind: 'volume', name });
const unknown = (why: string) => ({ kind: 'unknown', why });

test.each([
  ['./p:/etc/grafana', '/etc/grafana', bind('stack/p')],
  ['../p/:/etc/grafana/:ro', '/etc/grafana', bind('p')],
  ['.:/x:z', '/x', bind('stack')],
  ['../../p:/x', '/x', unknown('../../p is outside the tree')],
  ['/srv/p:/x', '/x', unknown('/srv/p is outside the tree')],
  ['~/p:/x', '/x', unknown('~/p is outside the tree')],
  ['C:\\data\\p:/x', '/x', unknown('C:\\data\\p is outside the tree')],
  ['data:/var/lib/grafana', '/var/lib/grafana', volume('data')],
  ['/var/lib/grafana', '/var/lib/grafana', unknown('an anonymous volume, filled at run time')],
  ['${HERE}/p:/x', '/x', bind('stack/here/p')],
  ['${DATA}/p:/x', '/x', unknown('DATA is not set in the tree')],
  ['${DATA:-./data}:/x:ro', '/x', bind('stack/data')],
  ['${PWD}/there:/x', '/x', bind('stack/there')],
  ['$PWD/missing:/x', '/x', unknown('PWD is where Docker Compose is started')],
  ['./p:${TARGET}', '/', unknown('./p:${TARGET} can be mounted anywhere')],
])('the volume %s', (text, target, source) => {
  expect(mountsOf(`volumes: [${JSON.stringify(text)}]`)).toEqual([[target, source]]);
});

test.each([
  ['{type: bind, source: ./p, target: /x, read_only: true}', '/x', bind('stack/p')],
  ['{type: bind, source: p, target: /x}', '/x', bind('stack/p')],
  ['{type: volume, source: data, target: /x}', '/x', volume('data')],
  ['{type: volume, target: /x}', '/x', unknown('an anonymous volume, filled at run time')],
  ['{type: tmpfs, target: /x}', '/x', unknown('a tmpfs, filled at run time')],
])('the volume %s', (text, target, source) => {
  expect(mountsOf(`volumes: [${text}]`)).toEqual([[target, source]]);
});

test('configs are files or texts in which one dollar of two is left', () => {
  const found = mountsOf(
    'configs: [plain, {source: file, target: /x/y}, {source: text, target: /t}, open, out]',
    {
      file: '{file: ./f.yaml}',
      plain: '{file: ../f.yaml}',
      text: '{content: "a $${b} ${HERE}"}',
      open: '{content: "$__rate_interval"}',
      out: '{external: true}',
    },
  );
  expect(found).toEqual([
    ['/plain', bind('f.yaml')],
    ['/x/y', bind('stack/f.yaml')],
    ['/t', { kind: 'inline', text: 'a ${b} ./here' }],
    ['/open', unknown('__rate_interval is not set in the tree')],
    ['/out', unknown('config out is made outside the tree')],
  ]);
});

test('tmpfs and later volumes of the same target win', () => {
  expect(mountsOf('volumes: ["./a:/x", "./b:/x"]\n    tmpfs: /run:size=1m')).toEqual([
    ['/x', bind('stack/b')],
    ['/run', unknown('a tmpfs, filled at run time')],
  ]);
});

function mountsOf(section: string, configs: Record<string, string> = {}) {
  const given = Object.entries(configs).map(([name, text]) => `  ${name}: ${text}\n`);
  const tree = treeOf({
    'stack/compose.yaml': `services:\n  g:\n    image: g\n    ${section}\n${given.length > 0 ? `configs:\n${given.join('')}` : ''}`,
    'stack/.env': 'HERE=./here',
    'stack/there/file': '',
  });
  const [project] = composeProjects(tree, treeFiles(tree));
  return project?.services[0]?.mounts.map(({ target, source }) => [target, source]);
}

test.each(['docker-compose.example.yml', '_templates/grafana/compose.yaml'])(
  'what the example or template %s mounts and the tree lacks may lie where it is copied to',
  (file) => {
    const folder = posix.dirname(file);
    const text = 'services: {g: {image: g, volumes: ["./there:/a", "./missing:/b"]}}';
    const tree = treeOf({ [file]: text, [posix.join(folder, 'there/a.json')]: '{}' });
    const [project] = composeProjects(tree, treeFiles(tree));
    expect(project?.services[0]?.mounts.map(({ source }) => source)).toEqual([
      bind(posix.join(folder, 'there')),
      unknown(`${file} is copied to where it is used`),
    ]);
  },
);
