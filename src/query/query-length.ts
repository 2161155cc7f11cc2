/**
 * Characters of the longest query that is read; nothing is said of longer ones. The longest in public dashboards have
 * a few thousand, and the time that odd text takes grows faster than its length.
 */
export const MAX_QUERY_LENGTH = 20_000;
