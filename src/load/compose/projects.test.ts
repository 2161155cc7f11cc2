import { describe, expect, test } from 'vitest';
import { treeFiles } from '../tree-files.ts';
import { treeOf } from '../tree-of.ts';
import { composeProjects, invalidComposeFiles } from './projects.ts';
import { type ComposeService, environmentOf } from './service.ts';

describe('which files make a project', () => {
  test('the default file with its override, and every other file on its own', () => {
    const found = projects({
      'compose.yaml': 'services: {a: {image: a}}',
      'compose.override.yaml': 'services: {a: {image: b}, c: {image: c}}',
      'docker-compose.dev.yml': 'services: {d: {image: d}}',
      'sub/grafana-compose.yml': 'services: {e: {image: e}}',
      'values.yaml': 'services: {f: {image: f}}',
    });
    expect(found).toEqual({
      'compose.yaml': 'a=b c=c',
      'docker-compose.dev.yml': 'd=d',
      'sub/grafana-compose.yml': 'e=e',
    });
  });

  test('COMPOSE_FILE of .env lists the files of the project', () => {
    const found = projects({
      '.env': 'COMPOSE_FILE=docker-compose.yml:docker-compose.grafana.yml',
      'docker-compose.yml': 'services: {a: {image: a}}',
      'docker-compose.grafana.yml': 'services: {a: {image: b}}',
    });
    expect(found).toEqual({ 'docker-compose.yml': 'a=b' });
  });

  test('a service without an image is laid over the one of the default file', () => {
    const found = projects({
      'docker-compose.yml': 'services: {a: {image: a}}',
      'docker-compose.prod.yml': 'services: {a: {restart: always}, lost: {restart: always}}',
    });
    expect(found).toEqual({ 'docker-compose.prod.yml': 'a=a', 'docker-compose.yml': 'a=a' });
  });

  test('a file that does not parse makes none and is named', () => {
    const tree = treeOf({
      'compose.yaml': 'services: [',
      'b/compose.yml': '- a',
      'c/compose.yml': 'a: 1\na: 2',
      'd/compose.yml': '# nothing yet\n',
      'e/compose.yml': '',
    });
    expect(composeProjects(tree, treeFiles(tree)).flatMap(({ services }) => services)).toEqual([]);
    expect(invalidComposeFiles(tree, treeFiles(tree))).toEqual([
      'compose.yaml',
      'b/compose.yml',
      'c/compose.yml',
    ]);
  });

  test('a bomb of aliases makes none', () => {
    const level = (name: string, below: string) =>
      `${name}: &${name} [${Array(10).fill(`*${below}`).join(', ')}]`;
    const bomb = ['a: &a [x]', level('b', 'a'), level('c', 'b'), level('d', 'c'), level('e', 'd')].join('\n');
    expect(projects({ 'compose.yaml': `${bomb}\nservices: {a: {image: a}}` })).toEqual({});
  });
});

describe('include and extends', () => {
  test('included services belong to the including project, with paths from their own folder', () => {
    const tree = {
      'compose.yaml': 'include: [monitoring/compose.yaml]\nservices: {app: {image: app}}',
      'monitoring/compose.yaml': 'services: {grafana: {image: "g:${TAG}", volumes: ["./p:/p"]}}',
      'monitoring/.env': 'TAG=9.5',
    };
    expect(projects(tree)).toEqual({ 'compose.yaml': 'grafana=g:9.5 app=app' });
    expect(service(tree, 'grafana').mounts[0]?.source).toEqual({ kind: 'bind', path: 'monitoring/p' });
  });

  test('the long form of include names folder and variables; the outer .env wins', () => {
    const tree = {
      '.env': 'OUTER=1',
      'compose.yaml':
        'include: [{path: [a/one.yaml, a/two.yaml], project_directory: b, env_file: a/env}]\nservices: {}',
      'a/one.yaml': 'services: {g: {image: "g:$TAG-$OUTER", volumes: ["./p:/p"]}}',
      'a/two.yaml': 'services: {g: {environment: [A=1]}}',
      'a/env': 'TAG=9\nOUTER=2',
    };
    const found = service(tree, 'g');
    expect(found.image?.text).toBe('g:9-1');
    expect(found.mounts[0]?.source).toEqual({ kind: 'bind', path: 'b/p' });
    expect(found.environment.get('A')).toBe('1');
  });

  test('an extension takes what its source says, and the source is no service of its own', () => {
    const tree = {
      'app/compose.yaml':
        'services: {g: {extends: {file: ../base/docker-compose.yml, service: t}, environment: {B: 2}}}',
      'base/docker-compose.yml':
        'services: {t: {image: t, environment: [A=1, B=1], volumes: ["./p:/p"]}, other: {image: o}}',
    };
    expect(projects(tree)).toEqual({ 'app/compose.yaml': 'g=t', 'base/docker-compose.yml': 'other=o' });
    const found = service(tree, 'g');
    expect(Object.fromEntries(environmentOf(found))).toEqual({ A: '1', B: '2' });
    expect(found.mounts[0]?.source).toEqual({ kind: 'bind', path: 'base/p' });
  });

  test('circles end: files that include each other are no project, as for Docker Compose', () => {
    const tree = {
      'compose.yaml': 'include: [compose.b.yaml]\nservices: {a: {image: a}}',
      'compose.b.yaml': 'include: [compose.yaml, compose.yaml]\nservices: {c: {image: c}}',
    };
    expect(projects(tree)).toEqual({});
    const extending = 'services: {a: {image: a, extends: b}, b: {image: b, extends: a}}';
    expect(projects({ 'compose.yaml': extending })).toEqual({ 'compose.yaml': 'a=a b=b' });
  });

  test('files that include each other twice at each step end soon', () => {
    const files = Object.fromEntries(
      Array.from({ length: 19 }, (_, index) => [
        `f${index}/compose.yaml`,
        `include: [../f${index + 1}/compose.yaml, ./../f${index + 1}/compose.yaml]\nservices: {s${index}: {image: x}}`,
      ]),
    );
    expect(Object.keys(projects(files))).toContain('f0/compose.yaml');
  });
});

describe('merging', () => {
  const base = `services:
  g:
    image: g:1
    environment: [A=1, B=1]
    volumes: ["./one:/one", "./two:/two"]
    build: {context: ./ctx, args: {X: 1}}`;

  test('environment by name, volumes by target, build by key', () => {
    const found = service(
      {
        'compose.yml': base,
        'compose.override.yml':
          'services: {g: {environment: {B: 2}, volumes: [{type: bind, source: three, target: /two}], build: {dockerfile: D}}}',
      },
      'g',
    );
    expect(Object.fromEntries(environmentOf(found))).toEqual({ A: '1', B: '2' });
    expect(found.mounts.map(({ target, source, at }) => [target, source, at?.file])).toEqual([
      ['/one', { kind: 'bind', path: 'one' }, 'compose.yml'],
      ['/two', { kind: 'bind', path: 'three' }, 'compose.override.yml'],
    ]);
    expect(found.build).toMatchObject({
      context: { folder: 'ctx' },
      dockerfile: 'D',
      args: new Map([['X', '1']]),
    });
  });

  test('!override and !reset drop what the base says', () => {
    const found = service(
      {
        'compose.yml': base,
        'compose.override.yml':
          'services:\n  g:\n    volumes: !override ["./x:/x"]\n    environment: !reset null\n    build: !reset',
      },
      'g',
    );
    expect(found.mounts.map(({ target }) => target)).toEqual(['/x']);
    expect(environmentOf(found).size).toBe(0);
    expect(found.build).toBeUndefined();
    expect(found.image?.text).toBe('g:1');
  });

  test('YAML merge keys and anchors count', () => {
    const found = service(
      {
        'compose.yml':
          'x-g: &g\n  image: g\n  environment: {A: 1}\nservices:\n  g:\n    <<: *g\n    restart: always',
      },
      'g',
    );
    expect(found.image?.text).toBe('g');
    expect(found.environment.get('A')).toBe('1');
  });
});

describe('environment', () => {
  test('env_file lies below environment; a missing one leaves the environment open', () => {
    const found = service(
      {
        'compose.yml':
          'services: {g: {image: g, env_file: [a.env, {path: ./b.env, required: false}], environment: [B=3, C, D]}}',
        'a.env': 'A=1\nB=1',
        '.env': 'C=from-env',
      },
      'g',
    );
    expect(Object.fromEntries(environmentOf(found))).toEqual({ A: '1', B: '3', C: 'from-env', D: undefined });
    expect(found.environmentIsOpen).toBe(true);
  });

  test('a value with a variable from outside is not known', () => {
    const found = service(
      { 'compose.yml': 'services: {g: {image: g, environment: {A: "x${NONE}", B: true}}}' },
      'g',
    );
    expect(Object.fromEntries(environmentOf(found))).toEqual({ A: undefined, B: 'true' });
    expect(found.environmentIsOpen).toBe(false);
  });
});

function projects(files: Record<string, string>): Record<string, string> {
  const tree = treeOf(files);
  return Object.fromEntries(
    composeProjects(tree, treeFiles(tree)).map(({ file, services }) => [
      file,
      services.map(({ name, image }) => `${name}=${image?.text}`).join(' '),
    ]),
  );
}

function service(files: Record<string, string>, name: string): ComposeService {
  const tree = treeOf(files);
  const [project] = composeProjects(tree, treeFiles(tree));
  const found = project?.services.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no service ${name}`);
  return found;
}
