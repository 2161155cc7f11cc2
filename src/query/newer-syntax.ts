import type { QueryLanguage } from '../model/dashboard.ts';

/** What servers take and the grammars on npm do not know, as text of the same length that they do know. */
const REPLACEMENTS: { readonly [Language in KnownLanguage]: readonly (readonly [RegExp, Replace])[] } = {
  promql: [
    // `5.`, a number as Go reads it.
    [/(?<![\w.:])\d+\.(?![\w.])/g, (found) => `${found.slice(0, -1)} `],
    [/(?<![\w.:])\d+\.(?=e[-+]?\d)/gi, (found) => `0${found.slice(0, -1)}`],
    [/\bintegral(?=\s*\()/g, (found) => 'rate'.padEnd(found.length)],
    // In durations they have been known for longer.
    [
      /\bm(?:in|ax)_of(?=\s*\()(?<!(?:\[|\boffset)[^\]"'`]{0,40}m(?:in|ax)_of)/g,
      (found) => 'rate'.padEnd(found.length),
    ],
    [/\b(?:step|range)(?=\s*\(\s*\))/gi, (found) => 'step'.padEnd(found.length)],
    // A metric or label of that name: as a modifier it stands behind something.
    [/\boffset\b(?<=(?:^|[-+*/%^=<>(,])\s*offset)/g, () => 'offse_'],
    // Colons, which a label's name cannot have but a grouping may ask for.
    [
      /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([\w\s,:]*\)/gi,
      (found) => found.replaceAll(':', '_'),
    ],
  ],
  logql: [
    [/\bapprox_topk(?=\s*\()/g, (found) => 'topk'.padEnd(found.length)],
    // Several queries in one: an experiment of Loki 3.5.
    [/^\s*variants\s*\([\s\S]*$/, (found) => '{a="b"}'.padEnd(found.length)],
  ],
  traceql: [
    // A trace by its id.
    [/^\s*[\da-fA-F]{1,32}\s*$/, (found) => '{}'.padEnd(found.length)],
    [/\b(?:nestedSet(?:Parent|Left|Right)|childCount)\b/g, (found) => `.${'a'.repeat(found.length - 1)}`],
    [/(?<=[\s(,=<>])\.(?=\d)/g, () => '0'],
    // Hints to the query engine, at the end.
    [/\bwith\s*\([^()]*\)\s*$/, blank],
    // A threshold behind metrics.
    [/(?<=\|\s*(?:rate|\w+_over_time)\s*\([^|]*\)[^|]*)(?:[<>]=?|!=|=)\s*[\d.]+\w*\s*$/, blank],
  ],
};

type KnownLanguage = Exclude<QueryLanguage, 'unknown'>;
type Replace = (found: string) => string;

/** A query with what its grammar is too old for replaced, so that positions stay. */
export function inOlderSyntax(language: KnownLanguage, text: string): string {
  return REPLACEMENTS[language].reduce(
    (replaced, [pattern, replacement]) => replaced.replace(pattern, replacement),
    text,
  );
}

function blank(found: string): string {
  return ' '.repeat(found.length);
}
