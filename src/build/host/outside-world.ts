/** Modules of Node that compute and nothing else. */
const PURE = /^node:(?:assert|buffer|events|path|punycode|querystring|string_decoder|url|util)(?:\/|$)/;

/**
 * What a module of Node lets its importer depend on besides the text of modules; undefined for other modules and for
 * those that only compute. A build that depends on such a thing is never taken from the cache.
 */
export function outsideWorldModule(url: string): string | undefined {
  return url.startsWith('node:') && !PURE.test(url) ? url : undefined;
}

/** Globals through which a module can see files, the environment, the clock, chance or the network. */
const IMPURE =
  /\b(?:process\s*(?:\?\.|\.|\[)|globalThis\b|Date\b\s*[.(]|new\s+Date\b|Math\s*\.\s*random\b|performance\s*\.|fetch\s*\(|WebSocket\b|EventSource\b|createRequire\b|require\s*\(|eval\s*\(|Function\s*\()|\b(?:crypto|Temporal|navigator)\s*\.|=\s*process\b/;

/**
 * The first thing in a module's text that reaches the outside world; undefined when there is none. Comments and strings
 * count too: an unneeded rebuild is harmless.
 */
export function outsideWorld(source: string): string | undefined {
  return IMPURE.exec(source)?.[0].trim();
}
