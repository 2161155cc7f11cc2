import type { HostInput } from './build/host/host-messages.ts';
import type { LoaderOptions } from './build/host/module-loader.ts';
import { runHost } from './build/host/run-host.ts';
import * as library from './index.ts';

/** Runs definitions, for which this is panelproof: see `runHost`. */
export function run(
  input: HostInput,
  importNatively: LoaderOptions['importNatively'],
  keepCode: () => void,
): Promise<void> {
  return runHost(input, { library, importNatively }, keepCode);
}
