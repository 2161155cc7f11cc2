import type { QueryLanguage } from '../model/dashboard.ts';

/** What servers take and the grammars on npm do not know, as text of the same length that they do know. */
const REPLACEMENTS: { readonly [Language in OtherLanguage]: readonly (readonly [RegExp, Replace])[] } = {
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

type OtherLanguage = Exclude<QueryLanguage, 'promql' | 'unknown'>;
type Replace = (found: string) => string;

/** A query with what its grammar is too old for replaced, so that positions stay. */
export function inOlderSyntax(language: OtherLanguage, text: string): string {
  return REPLACEMENTS[language].reduce(
    (replaced, [pattern, replacement]) => replaced.replace(pattern, replacement),
    text,
  );
}

function blank(found: string): string {
  return ' '.repeat(found.length);
}
