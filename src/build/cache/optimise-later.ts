import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 optimise a function only after several times as much of its work as usual. A command runs for half a second,
 * and a third of its processor time went into machine code that it had no time left to use; one that runs for longer
 * still gets it. To be called before kept code is loaded, which counts only for the flags it was made with.
 */
export function optimiseLater(): void {
  const major = Number.parseInt(process.versions.node, 10);
  // The names of V8's flags change; one that it does not know it complains of.
  if (major < 22) setFlagsFromString('--interrupt-budget=500000');
  else if (major < 24) setFlagsFromString('--invocation-count-for-turbofan=20000');
}
