import type { FileTree } from '../../load/file-tree.ts';

/** How a repository installs packages and runs what is installed. */
export interface PackageManager {
  /** Steps of a workflow that install what the lock file says. */
  readonly ci: readonly string[];
  /** Command that installs what `package.json` names. */
  readonly install: string;
  /** Command that adds a package for development. */
  readonly add: string;
  /** Command that runs a program of an installed package. */
  readonly run: string;
  /** Whether an editor finds only packages that `package.json` names, not those they depend on. */
  readonly isStrict: boolean;
}

const NPM: PackageManager = {
  ci: ['npm install'],
  install: 'npm install',
  add: 'npm install --save-dev',
  run: 'npx',
  isStrict: false,
};

const BY_LOCK_FILE: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': {
    ci: ['corepack enable', 'pnpm install --frozen-lockfile'],
    install: 'pnpm install',
    add: 'pnpm add --save-dev',
    run: 'pnpm exec',
    isStrict: true,
  },
  'yarn.lock': {
    ci: ['corepack enable', 'yarn install'],
    install: 'yarn install',
    add: 'yarn add --dev',
    run: 'yarn run',
    isStrict: false,
  },
  'bun.lock': {
    ci: ['npm install --global bun', 'bun install --frozen-lockfile'],
    install: 'bun install',
    add: 'bun add --dev',
    run: 'bun x',
    isStrict: false,
  },
};

/** The one whose lock file lies in the root; npm where there is none. */
export function packageManager(tree: FileTree): PackageManager {
  const lockFile = Object.keys(BY_LOCK_FILE).find((name) => tree.kind(name) === 'file');
  return (lockFile !== undefined && BY_LOCK_FILE[lockFile]) || NPM;
}
