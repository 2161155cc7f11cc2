import { mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Tests that need real servers: `npm run test:live`. */
const config = mergeConfig(base, {
  test: { testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false },
});
config.test.include = ['{src,test,dice-roller}/**/*.live.test.ts'];
config.test.exclude = ['**/node_modules/**'];
export default config;
