import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { sourceFile } from '../load/source-file.ts';
import { sarifReport } from './sarif.ts';

/** Carries the schema of SARIF 2.1.0; no package of npm does. */
const MODULE = 'github.com/owenrumney/go-sarif/v3@v3.3.1';

/** The validator of the schema, or the reason why there is none on this machine. */
async function sarifSchema(): Promise<ValidateFunction | string> {
  const download = await execa('go', ['mod', 'download', '-json', MODULE], { cwd: '/', reject: false });
  if (download.failed) return `needs Go and ${MODULE}`;
  const { Dir } = JSON.parse(download.stdout) as { Dir: string };
  const source = readFileSync(join(Dir, 'pkg/report/v210/sarif/schema.go'), 'utf8');
  const schema = JSON.parse(source.slice(source.indexOf('{'), source.lastIndexOf('}') + 1)) as object;
  return new Ajv({ strict: false, validateFormats: false }).compile(withoutDraft(schema));
}

/** Ajv knows newer drafts; nothing in this schema differs between them but the names of two keys. */
function withoutDraft(schema: object): object {
  const { $schema: _, id: __, ...rest } = schema as Record<string, unknown>;
  return rest;
}

const validate = await sarifSchema();

it.skipIf(typeof validate === 'string')('follows the schema of SARIF 2.1.0', () => {
  const files = { get: (path: string) => sourceFile(path, 'a: 1\nb: 2\n') };
  const text = sarifReport(
    [
      {
        rule: 'query-syntax',
        severity: 'data',
        message: 'm',
        at: { file: 'a b/ü.yaml', path: ['b'] },
        related: [{ at: { file: 'c.yaml' }, message: 'r' }],
      },
      {
        rule: 'dashboard-title-missing',
        severity: 'load',
        message: 'm',
        at: { file: 'd.json' },
        related: [],
      },
    ],
    files,
  );
  const check = validate as ValidateFunction;
  check(JSON.parse(text));
  expect(check.errors).toBeNull();
  check({ ...(JSON.parse(text) as object), version: '9' });
  expect(check.errors).not.toBeNull();
});
