import type { BuildStage } from '../build/build.ts';
import type { Terminal } from './terminal.ts';

/** A line on stderr that says what a long build is at. */
export interface Progress {
  readonly onStage: (stage: BuildStage) => void;
  /** Takes the line away. */
  end(): void;
}

const WORDS = {
  definitions: 'running definitions',
  rules: 'applying rules',
  types: 'checking types',
  writing: 'writing',
} as const satisfies { readonly [Stage in BuildStage]: string };

/** Milliseconds before there is anything to see: most builds have ended by then. */
const PATIENCE = 1000;

/** Shows progress where a person looks on and the work lasts more than a second; nowhere else. */
export function progress({ stderr }: Terminal): Progress {
  if (stderr.isTTY !== true) return { onStage: () => {}, end: () => {} };
  const started = performance.now();
  let stage: BuildStage = 'definitions';
  let isShown = false;
  const show = () => {
    const took = performance.now() - started;
    if (took < PATIENCE) return;
    isShown = true;
    stderr.write(`${CLEAR}${WORDS[stage]} … ${Math.floor(took / 1000)} s`);
  };
  const timer = setInterval(show, PATIENCE);
  return {
    onStage(next) {
      stage = next;
      show();
    },
    end() {
      clearInterval(timer);
      if (isShown) stderr.write(CLEAR);
    },
  };
}

/** To the begin of the line, and nothing after it. */
const CLEAR = '\r\u001b[K';
