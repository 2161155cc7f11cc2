import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogue } from '../../dice-roller/metrics.ts';
import { readCatalogue } from './catalogues.ts';

it('reads from the text of a module what running it would give', () => {
  const text = readFileSync(join(import.meta.dirname, '../../dice-roller/metrics.ts'), 'utf8');
  expect(readCatalogue(text)).toEqual(catalogue);
});

const around = (metrics: string) =>
  `export const catalogue = { catalogueVersion: 1, jobs: { j: { complete: true } }, metrics: ${metrics} } as const;`;
const METRIC = `{ type: 'gauge', help: 'h', jobs: ['j'], labels: { a: 'open' } }`;

it('takes literal data only: what would have to be run gives no catalogue', () => {
  expect(readCatalogue(around(`{ up: ${METRIC} }`))?.metrics.up?.labels).toEqual({ a: 'open' });
  expect(readCatalogue(around(`{ ...other }`))).toBeUndefined();
  expect(readCatalogue(around(`{ [name]: ${METRIC} }`))).toBeUndefined();
  expect(readCatalogue(around(`{ up: make() }`))).toBeUndefined();
  expect(readCatalogue(around(`{ up: `))).toBeUndefined();
  expect(readCatalogue('export const catalogue = { catalogueVersion: 2 };')).toBeUndefined();
});

it('does not let a metric named __proto__ change anything', () => {
  readCatalogue(around(`{ __proto__: ${METRIC} }`));
  expect(({} as { help?: unknown }).help).toBeUndefined();
});
