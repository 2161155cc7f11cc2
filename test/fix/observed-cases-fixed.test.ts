import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { planFixes } from '../../src/doctor/fix.ts';
import { predict } from '../../src/doctor/predict.ts';
import { overlayTree } from '../../src/load/file-tree.ts';
import { treeOf } from '../../src/load/tree-of.ts';
import { loadWorkspaces } from '../../src/load/workspaces.ts';
import type { Finding } from '../../src/model/finding.ts';

interface ObservedCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly observed: Readonly<Record<string, { readonly serverStops: boolean }>>;
}

const { cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/observed-cases.json'), 'utf8'),
) as { cases: readonly ObservedCase[] };

const runs = cases.flatMap((observed) =>
  Object.keys(observed.observed).map((version) => ({
    ...observed,
    version,
    run: `${observed.name} ${version}`,
  })),
);

const figures = { faultless: 0, mended: 0, partly: 0, unmendable: 0 };
afterAll(() => {
  const { faultless, mended, partly, unmendable } = figures;
  console.log(
    `observed inputs: ${faultless} load without a fix, ${mended} mended, ${partly} mended in part, ${unmendable} not to be mended`,
  );
});

describe('what running servers refused, and what fix makes of it', () => {
  test.each(runs)('$run loads when all of it could be mended', ({ files, env, version }) => {
    const tree = treeOf(asTree(files, env, version));
    const before = predict(onlyWorkspace(tree));
    const result = planFixes(tree, { unsafe: true });
    const texts = new Map(result.plan.files.map(({ path, after }) => [path, after]));
    const after = predict(onlyWorkspace(overlayTree(tree, texts)));
    const isLost = (prediction: typeof before) =>
      prediction.serverStops !== undefined || prediction.notLoaded.length > 0;
    if (!isLost(before)) figures.faultless += 1;
    else if (!isLost(after)) figures.mended += 1;
    else if (result.plan.files.length > 0) figures.partly += 1;
    else figures.unmendable += 1;

    const leftLoad = result.left.filter(({ severity }) => severity === 'load');
    if (leftLoad.length === 0) {
      expect(after.serverStops).toBeUndefined();
      expect(after.notLoaded).toEqual([]);
    }
    // What is left has no fix, or one that was refused with a reason.
    expect(leftLoad.filter((finding) => finding.fix && !isRefused(finding, result.refused))).toEqual([]);
    // No dashboard gets lost on the way.
    const titles = after.dashboards.map(({ file }) => file);
    if (after.serverStops === undefined)
      expect(before.dashboards.filter(({ file }) => !titles.includes(texts.has(file) ? file : file))).toEqual(
        [],
      );
  });

  test.each(runs)('$run: a second run has nothing to do', ({ files, env, version }) => {
    const tree = treeOf(asTree(files, env, version));
    const first = planFixes(tree, { unsafe: true });
    const texts = new Map(first.plan.files.map(({ path, after }) => [path, after]));
    expect(planFixes(overlayTree(tree, texts), { unsafe: true }).plan.files).toEqual([]);
  });
});

function isRefused(finding: Finding, refused: readonly { readonly finding: Finding }[]): boolean {
  return refused.some((refusal) => refusal.finding === finding);
}

function onlyWorkspace(tree: ReturnType<typeof treeOf>) {
  const [workspace, ...others] = loadWorkspaces(tree).workspaces;
  if (!workspace || others.length > 0) throw new Error('Expected exactly one Grafana.');
  return workspace;
}

/** The case as a repository: its folder is mounted whole, as the servers saw it. */
function asTree(
  files: ObservedCase['files'],
  env: ObservedCase['env'],
  version: string,
): Record<string, string | Buffer> {
  const environment = { GF_PATHS_PROVISIONING: '/case/prov', ...env };
  const lines = Object.entries(environment).map(
    ([name, value]) => `      ${name}: ${JSON.stringify(value.replaceAll('$', '$$$$'))}\n`,
  );
  const compose = `services:
  grafana:
    image: grafana/grafana:${version.replace('-pre', '')}
    volumes:
      - .:/case
    environment:
${lines.join('')}`;
  const texts = Object.entries(files).map(([path, text]): [string, string | Buffer] => [
    path,
    text.startsWith('bytes:') ? Buffer.from(text.slice(6), 'hex') : text,
  ]);
  return { ...Object.fromEntries(texts), 'compose.yaml': compose };
}
