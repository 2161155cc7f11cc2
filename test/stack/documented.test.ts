import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { root } from '../live/lab.ts';
import { composeText, readRootFile, services } from './compose-file.ts';

const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');

it('.env.example lists each variable of compose.yaml with its default, and no other', () => {
  const used = [...composeText.matchAll(/\$\{([A-Z_]+):-([^}]*)\}/g)].map(
    ([, name, value]) => `${name}=${value}`,
  );
  const listed = readRootFile('.env.example').match(/^# [A-Z_]+=.*$/gm) ?? [];
  expect(listed.map((line) => line.slice(2)).sort()).toEqual(used.sort());
});

it('every variable of compose.yaml has a default, so that .env is not needed', () => {
  const variables = composeText.match(/\$\{?[A-Z_]+[^}]?/g) ?? [];
  expect(variables.length).toBeGreaterThan(10);
  expect(variables.filter((text) => !text.endsWith(':'))).toEqual([]);
});

it('image versions stand in compose.yaml, and nowhere else', () => {
  const images = services.flatMap(({ image }) => (image ? [image.split(':')[0] ?? ''] : []));
  expect(new Set(images).size).toBe(5);
  // Rules, their cases, what is generated from them, and tests name versions of their own.
  const itsOwn = /^(compose\.yaml$|src\/|test\/|docs\/rules\.md$)|package-lock\.json$/;
  const others = files.filter((file) => !itsOwn.test(file));
  const tag = new RegExp(`(?:${images.join('|')}):v?\\d`);
  expect(others.filter((file) => tag.test(readRootFile(file)))).toEqual([]);
});

it("Node's version stands in the Dockerfile, and nowhere else", () => {
  const others = files.filter((file) => !/^(src\/|test\/)|package-lock\.json$/.test(file));
  const naming = others.filter((file) => /\bnode:\d+\.\d+\.\d+/.test(readRootFile(file)));
  expect(naming).toEqual(['dice-roller/Dockerfile']);
});
