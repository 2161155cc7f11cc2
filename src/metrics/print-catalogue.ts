import type { MetricCatalogue } from '../model/metric-catalogue.ts';

/** A catalogue as the text of a module: literal data in one stable form, as formatters leave it. */
export function printCatalogue(catalogue: MetricCatalogue, from: string): string {
  const head = `/** The metrics of ${from.replace(/\*\//g, '* /')}, written by \`panelproof metrics pull\`. */\n`;
  return `${head}export const catalogue = ${printed(catalogue, '')} as const;\n`;
}

const WIDTH = 80;

function printed(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => printed(item, `${indent}  `));
    const line = `[${items.join(', ')}]`;
    // Room for the key before it.
    if (indent.length + line.length <= WIDTH - 20) return line;
    return `[\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, inner]) => `${indent}  ${printedKey(key)}: ${printed(inner, `${indent}  `)},\n`,
    );
    return entries.length === 0 ? '{}' : `{\n${entries.join('')}${indent}}`;
  }
  return typeof value === 'string' ? quoted(value) : String(value);
}

function printedKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) && key !== '__proto__' ? key : quoted(key);
}

/** In single quotes, or in double ones where that needs fewer escapes. */
function quoted(text: string): string {
  const double = JSON.stringify(text).replace(
    /[\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16)}`,
  );
  if (text.includes("'")) return double;
  return `'${double.slice(1, -1).replace(/\\"/g, '"')}'`;
}
