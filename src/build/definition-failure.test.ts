import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { definitionFailure } from './definition-failure.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const DEFINITION = 'dashboards/stage4-async-rolling.ts';

it("points at the definition and not at panelproof's own code, which lies in the workspace in its own repository", () => {
  const own = ['dist/index.js', 'src/promql/series.ts'].map((path) => join(REPOSITORY, path));
  const stack = [...own, join(REPOSITORY, DEFINITION)]
    .map((path) => `    at over (${pathToFileURL(path).href}:9:1)`)
    .join('\n');
  const { at } = definitionFailure(REPOSITORY, DEFINITION, { message: 'no', stack: `Error: no\n${stack}` });
  expect(at.file).toBe(DEFINITION);
  expect(at.range).toBeDefined();
});
