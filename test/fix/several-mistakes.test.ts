import { afterAll, describe, expect, test } from 'vitest';
import { checkTree } from '../../src/doctor/check.ts';
import { type FixResult, planFixes } from '../../src/doctor/fix.ts';
import { predict } from '../../src/doctor/predict.ts';
import { overlayTree } from '../../src/load/file-tree.ts';
import { treeOf } from '../../src/load/tree-of.ts';
import { loadWorkspaces } from '../../src/load/workspaces.ts';
import fc from '../fast-check.ts';
import { FAULTLESS, MISTAKES, type Texts } from './mistakes.ts';

const RUNS = Number(process.env.FIX_RUNS ?? 60);
const figures = { runs: 0, mended: 0, left: 0 };
afterAll(() => {
  console.log(
    `several mistakes at once: ${figures.runs} trees, ${figures.mended} mended wholly, ${figures.left} in part`,
  );
});

describe('mistakes and their fixes', () => {
  test('the tree that they are made in has none', () => {
    expect(checkTree(treeOf(FAULTLESS)).findings).toEqual([]);
  });

  test.each(Object.keys(MISTAKES))('alone, %s is found and mended', (name) => {
    const broken = MISTAKES[name]?.(FAULTLESS) ?? FAULTLESS;
    expect(broken).not.toEqual(FAULTLESS);
    const { mended, left } = planFixes(treeOf(broken), { unsafe: true });
    expect(mended).not.toEqual([]);
    expect(left).toEqual([]);
  });

  test('several at once are mended too: nothing is lost, and a second run has nothing to do', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(MISTAKES), { minLength: 2, maxLength: 6 }), (names) => {
        const broken = names.reduce<Texts>((tree, name) => MISTAKES[name]?.(tree) ?? tree, FAULTLESS);
        const tree = treeOf(broken);
        const result = planFixes(tree, { unsafe: true });
        const after = applied(tree, result);
        figures.runs += 1;
        figures[result.left.length === 0 ? 'mended' : 'left'] += 1;
        const { serverStops, dashboards, notLoaded } = predictionOf(after);
        // What is left was refused with a reason or has several answers.
        const untold = result.left.filter(
          (finding) => finding.fix && !result.refused.some((refusal) => refusal.finding === finding),
        );
        expect(untold).toEqual([]);
        if (!result.left.some(({ severity }) => severity === 'load')) {
          expect(serverStops).toBeUndefined();
          expect(notLoaded).toEqual([]);
          expect(dashboards.length).toBe(broken['dashboards/first/a2.json'] === undefined ? 3 : 4);
        }
        expect(planFixes(after, { unsafe: true }).plan.files).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(figures.left / figures.runs).toBeLessThan(0.2);
  });

  test('what is safe is enough where a mistake has a safe fix, and safe fixes change no uid and no title', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(MISTAKES), { minLength: 1, maxLength: 4 }), (names) => {
        const broken = names.reduce<Texts>((tree, name) => MISTAKES[name]?.(tree) ?? tree, FAULTLESS);
        const tree = treeOf(broken);
        const listed = predictionOf(tree).dashboards.map(({ uid, title }) => `${uid} ${title}`);
        const after = predictionOf(applied(tree, planFixes(tree)));
        const now = after.dashboards.map(({ uid, title }) => `${uid} ${title}`);
        if (after.serverStops === undefined) expect(listed.filter((line) => !now.includes(line))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

function applied(tree: ReturnType<typeof treeOf>, { plan }: FixResult) {
  return overlayTree(tree, new Map(plan.files.map(({ path, after }) => [path, after])));
}

function predictionOf(tree: ReturnType<typeof treeOf>) {
  const [workspace] = loadWorkspaces(tree).workspaces;
  if (!workspace) throw new Error('Expected a Grafana.');
  return predict(workspace);
}
