import fc from 'fast-check';

/**
 * fast-check, drawing from the seed in FC_SEED where there is one. The gate sets it, so that a change is judged by what
 * it does and not by a new draw; without it each run draws anew.
 */
const { FC_SEED } = process.env;
if (FC_SEED) fc.configureGlobal({ seed: Number(FC_SEED) });

export default fc;
