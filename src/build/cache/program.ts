declare const PANELPROOF_FINGERPRINT: string | undefined;

/** Identifies the program that runs: what any other left in the cache is not believed. */
export const PROGRAM = [
  typeof PANELPROOF_FINGERPRINT === 'string' ? PANELPROOF_FINGERPRINT : 'source',
  `node ${process.versions.node.split('.')[0]} ${process.platform}`,
].join(' ');
