import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeShapeFault } from './shape-fault.ts';

const fault = (text: string, path = 'compose.yaml') => composeShapeFault(parse(text, { merge: true }), path);
const service = (section: string) => `services: {g: {image: grafana/grafana, ${section}}}`;

test.each([
  [service('volumes: {./a: /b}'), 'services.g.volumes', 'to be a list, found a mapping'],
  [service('volumes: [5]'), 'services.g.volumes.0', 'to be text or a mapping, found 5'],
  [service('volumes: [{source: ./a, target: /b}]'), 'services.g.volumes.0', 'to be a mapping with a `type`'],
  [service('volumes: [{target: /b}]'), 'services.g.volumes.0', 'to be a mapping with a `type`'],
  [service('volumes: [{./a: /b}]'), 'services.g.volumes.0', 'expected `./a:/b`, found `./a: /b`'],
  [service('volumes:'), 'services.g.volumes', 'expected entries below `services.g.volumes`, found none'],
  [service('environment: [{A: b}]'), 'services.g.environment.0', 'expected `A=…`, found `A: …`'],
  [service('environment: 5'), 'services.g.environment', 'to be a mapping or a list, found 5'],
  [service('environment: {A: [b]}'), 'services.g.environment.A', 'to be a single value, found a list'],
  [service('configs: a'), 'services.g.configs', 'to be a list, found text'],
  [service('command: [--port, 3000]'), 'services.g.command.1', 'to be text, so quotes around it, found 3000'],
  [service('entrypoint: {a: b}'), 'services.g.entrypoint', 'to be text or a list, found a mapping'],
  [
    service('enviroment: [A=b]'),
    'services.g.enviroment',
    'unknown key `enviroment`, nearest is `environment`',
  ],
  ['services: {g: {image: g}, h: [image]}', 'services.h', 'to be a mapping, found a list'],
  ['services: [{name: g, image: g}]', 'services', 'to be a mapping of services by their names, found a list'],
  ['services: {g: {image: g}}\nvolumes: [data]', 'volumes', 'to be a mapping, found a list'],
])('Docker Compose refuses %s', (text, path, message) => {
  const found = fault(text);
  expect(found?.path.join('.')).toBe(path);
  expect(found?.message).toContain(message);
});

test.each([
  [
    'the usual',
    service('volumes: [./a:/b, {type: bind, source: ./a, target: /b}], environment: {A: , B: 1}'),
  ],
  ['what stands for a list', service('volumes: $VOLUMES, environment: $ALL')],
  ['a service that other files say', 'services: {g: , h: {image: h}}'],
  ['keys that are not known here', service('x-volume: 1, gpus: all, develop: {}, use_api_socket: true')],
  ['an extension, whose source says the rest', service('extends: h, environment: , volumes: ')],
  ['services of another tool', 'services: [docker:dind, {name: grafana/grafana, alias: g}]'],
  ['services with images of another shape', 'services: {grafana: {image: {repository: g}, volume: 1}}'],
])('It takes %s', (_, text) => {
  expect(fault(text)).toBeUndefined();
});

test('What a file that lies over another leaves open is not known from it', () => {
  for (const section of ['environment: text', 'environment: ', 'volumes: ', 'environment: {A: {}}'])
    expect(fault(service(section), 'grafana/compose.prod.yaml')).toBeUndefined();
});
