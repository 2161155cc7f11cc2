import type { FileTree } from './file-tree.ts';
import { asList, asRecord, asText } from './record.ts';
import { yamlOf } from './scrape-jobs.ts';
import { readText, treeFiles } from './tree-files.ts';

/**
 * The labels that the tree's log pipelines put on Loki's streams: Grafana Alloy (`*.alloy`) and Promtail. A heuristic
 * over text: it is used to recognise a log label in PromQL, never to say that a label is unknown.
 */
export function findLogLabels(
  tree: FileTree,
  files: readonly string[] = treeFiles(tree),
): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const path of files) {
    const isAlloy = path.endsWith('.alloy') || path.endsWith('.river');
    if (!isAlloy && !/promtail[^/]*\.ya?ml$/i.test(path)) continue;
    const text = readText(tree, path) ?? '';
    for (const label of isAlloy ? alloyLabels(text) : promtailLabels(yamlOf(text), 0))
      if (/^[A-Za-z_]\w*$/.test(label) && !label.startsWith('__')) labels.add(label);
  }
  return labels;
}

/** Alloy also carries metrics and traces; only what stands in a component of logs counts. */
function alloyLabels(source: string): string[] {
  const text = source.replace(/(^|\s)\/\/.*$/gm, '$1');
  return topLevelBlocks(text).flatMap(({ name, body }) => {
    if (/^loki\./.test(name))
      return [
        ...matches(body, /target_label\s*=\s*"([^"]+)"/g),
        ...blocks(body, /stage\.(?:labels|static_labels|structured_metadata)\s*\{/g).flatMap(keysOfValues),
        ...blocks(body, /\b(?:external_labels|labels)\s*=\s*\{/g).flatMap(keysOf),
      ];
    // Its targets may go to metrics too; those that a log source reads are not told apart.
    return /^discovery\.relabel/.test(name) && /\bloki\.source\b/.test(text)
      ? matches(body, /target_label\s*=\s*"([^"]+)"/g)
      : [];
  });
}

function topLevelBlocks(text: string): { readonly name: string; readonly body: string }[] {
  return blocks(text, /^([a-z_][a-z_0-9.]{0,99})(?![\w.])[^\n{]{0,300}\{/gm, (match, body) => ({
    name: match[1] ?? '',
    body,
  }));
}

/** What follows each opening, up to its closing brace; openings inside one that was taken do not count. */
function blocks<T = string>(
  text: string,
  opening: RegExp,
  take: (match: RegExpExecArray, body: string) => T = (_, body) => body as T,
): T[] {
  const found: T[] = [];
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const body = bodyFrom(text, opening.lastIndex);
    found.push(take(match, body));
    opening.lastIndex += body.length;
  }
  return found;
}

/** The text up to the brace that closes the one just before `start`; braces in quotes do not count. */
function bodyFrom(text: string, start: number): string {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '"')
      for (at++; at < text.length && text[at] !== '"' && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

function keysOfValues(body: string): string[] {
  return blocks(body, /\bvalues\s*=\s*\{/g).flatMap(keysOf);
}

function keysOf(body: string): string[] {
  return matches(body, /(?:^|[\s,{])"?([A-Za-z_]\w*)"?\s*=(?!=)/g);
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** Promtail: `labels` of static configs and stages, `target_label` of relabelling, wherever they stand. */
function promtailLabels(value: unknown, depth: number): string[] {
  if (depth > 20) return [];
  if (Array.isArray(value)) return value.flatMap((item) => promtailLabels(item, depth + 1));
  return Object.entries(asRecord(value) ?? {}).flatMap(([key, inner]) => {
    if (key === 'labels' || key === 'static_labels' || key === 'external_labels')
      return Object.keys(asRecord(inner) ?? {});
    if (key === 'target_label') return asList(inner).flatMap((label) => asText(label) ?? []);
    return promtailLabels(inner, depth + 1);
  });
}
