/** A text as a PromQL string: in double quotes, with backslash, quote and line breaks escaped. */
export function quoteText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    // Prometheus takes this character, unescaped, for a broken encoding.
    .replaceAll('\ufffd', '\\ufffd');
  return `"${escaped}"`;
}

/** A label name as written in a selector or grouping: in quotes when it is no plain name (Prometheus 3). */
export function labelName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoteText(name);
}

/** Label names in parentheses: `(die_type, result)`. */
export function labelList(names: readonly string[]): string {
  return `(${names.map(labelName).join(', ')})`;
}
