import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Unit, case and whole-CLI tests: no server, no network. Live tests have their own configuration. */
export default defineConfig({
  resolve: { alias: { panelproof: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    globalSetup: ['test/cli/bundle.ts'],
    include: ['{src,test,dice-roller,dashboards}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.live.test.ts', '**/*.e2e.test.ts'],
    // Far above what any test needs: a machine that is busy with other things fails none of them.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 60_000 } },
    // Much of the time goes to child processes: leaving a core free, as is the default, would be waste.
    maxWorkers: '100%',
  },
});
