import { expect, it } from 'vitest';
import { build, buildAnew } from '../../src/build/build.ts';
import { definition, makeWorkspace } from '../cli/workspace.ts';
import fc from '../fast-check.ts';

const YAML = 'provisioning/datasources/datasources.yaml';
const OUTPUT = 'provisioning/dashboards/general/a.json';

/** Texts that a file may have from one build to the next; undefined is no file. Some of them are wrong. */
const CHOICES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'dashboards/a.ts': [
    definition('a').replace('"Dashboard a"', "(await import('./lib/words.ts')).title"),
    definition('a', { title: 'Other' }),
    definition('a', { title: '' }),
  ],
  'dashboards/b.ts': [definition('b'), definition('b', { more: 'refresh: 30,' }), definition('a'), undefined],
  'dashboards/lib/words.ts': [
    "export const title = 'One';\n",
    "export const title = 'Two';\n",
    'export const title = 3;\n',
  ],
  'dashboards/tsconfig.json': [undefined, '{ "compilerOptions": { "strict": true } }\n'],
  [YAML]: ['prometheus', 'other-uid', 'prometheus'].map(
    (uid) =>
      `apiVersion: 1\ndatasources:\n  - { name: Prometheus, uid: ${uid}, type: prometheus, url: "http://p:9090" }\n`,
  ),
  [OUTPUT]: [undefined, '{}\n'],
};

it('a build that believes the last one comes to what a build from nothing does, whatever was edited between', async () => {
  const edit = fc.constantFrom(...Object.keys(CHOICES)).chain((path) => {
    const texts = CHOICES[path] ?? [];
    return fc.record({ path: fc.constant(path), text: fc.constantFrom(...texts) });
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
      async (rounds) => {
        const first = Object.entries(CHOICES).map(([path, texts]) => [path, texts[0]] as const);
        const start = makeWorkspace(Object.fromEntries(first.filter(([, text]) => text !== undefined)));
        for (const edits of [[], ...rounds]) {
          for (const { path, text } of edits)
            if (text !== undefined || start.exists(path)) start.write({ [path]: text });
          const believing = await build({ root: start.root });
          const anew = await buildAnew({ root: start.root, cache: false, write: false });
          expect(believing.findings.map(({ message }) => message)).toEqual(
            anew.findings.map(({ message }) => message),
          );
          if (anew.findings.length === 0) expect(anew.plan.files).toEqual([]);
        }
      },
    ),
    { numRuns: 2 },
  );
}, 300_000);
