import { expect, it } from 'vitest';
import { build } from '../../src/build/build.ts';
import { unchangedBuild } from '../../src/build/cache/unchanged-build.ts';
import { definition, makeWorkspace } from '../cli/workspace.ts';

it('a build whose definitions look at the environment is never taken from the last one', async () => {
  const workspace = makeWorkspace({
    'dashboards/a.ts': definition('a')
      .replace('"Dashboard a"', 'title')
      .concat("import { title } from './lib/title.ts';\n"),
    'dashboards/lib/title.ts':
      "// @ts-ignore\nexport const title: string = process.env.BUILD_TEST_TITLE ?? 'None';\n",
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await build({ root: workspace.root })).findings).toEqual([]);
  expect(unchangedBuild(workspace.root, 'provisioning')).toBeUndefined();
  process.env.BUILD_TEST_TITLE = 'Some';
  try {
    expect((await build({ root: workspace.root })).written).toContain(
      'provisioning/dashboards/general/a.json',
    );
  } finally {
    delete process.env.BUILD_TEST_TITLE;
  }
});
