import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { predict } from '../src/doctor/predict.ts';
import { diskTree } from '../src/load/file-tree.ts';
import { loadWorkspaces } from '../src/load/workspaces.ts';
import { runRules } from '../src/rules/run-rules.ts';

const RULES = join(import.meta.dirname, '../src/rules');

/** Rules whose mistake shows only after the first start: dashboards freeze, or vanish at a later look. */
const LATER = [
  'dashboard-title-duplicate',
  'dashboard-uid-duplicate',
  'provider-name-duplicate',
  'provider-paths-overlap',
  'datasource-uid-changed',
];

const cases = readdirSync(RULES).flatMap((rule) => {
  const folder = join(RULES, rule, 'cases');
  return existsSync(folder) ? readdirSync(folder).map((name) => ({ rule, name })) : [];
});

describe('in every case of every rule', () => {
  it.each(cases)('what a start loses has a load finding, and the reverse: $rule $name', ({ rule, name }) => {
    const { workspaces } = loadWorkspaces(diskTree(join(RULES, rule, 'cases', name, 'broken')));
    for (const workspace of workspaces) {
      const { serverStops, notLoaded } = predict(workspace);
      const loses = serverStops !== undefined || notLoaded.length > 0;
      const found = runRules([workspace]).filter(({ severity }) => severity === 'load');
      if (loses) expect(found).not.toEqual([]);
      else expect(found.filter((finding) => !LATER.includes(finding.rule))).toEqual([]);
    }
  });
});
