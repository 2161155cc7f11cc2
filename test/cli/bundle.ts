import { execaNode } from 'execa';

/** Before any test runs: the CLI that tests start is the one that `src/` says. */
export default async function setup(): Promise<void> {
  await execaNode(`${import.meta.dirname}/../../scripts/bundle-if-stale.js`, {
    stdout: 'inherit',
    stderr: 'inherit',
  });
}
