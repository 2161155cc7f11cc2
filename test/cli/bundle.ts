import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execaNode } from 'execa';

const REPOSITORY = join(import.meta.dirname, '../..');

/** Before any test runs: the CLI that tests start is the one that `src/` says. */
export default async function setup(): Promise<void> {
  const { failed, stderr } = await execaNode(join(REPOSITORY, 'scripts/bundle-if-stale.js'), {
    stdout: 'inherit',
    reject: false,
  });
  if (!failed) return;
  if (!existsSync(join(REPOSITORY, 'dist/cli.js'))) throw new Error(`src/ does not bundle:\n${stderr}`);
  // While src/ is being worked on, tests of other parts need not wait for it.
  console.warn(`src/ does not bundle, so tests run the CLI of an earlier one:\n${stderr}`);
}
