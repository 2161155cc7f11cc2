type Labels = Readonly<Record<string, string>>;

/**
 * What the legend calls a series: the query's legend with its labels, otherwise the labels themselves, otherwise the
 * query.
 */
export function seriesName(labels: Labels, legend: string | undefined, expr: string): string {
  if (legend !== undefined && legend !== '' && legend !== '__auto')
    return legend.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, label: string) =>
      Object.hasOwn(labels, label) ? (labels[label] ?? '') : '',
    );
  const { __name__: name = '', ...rest } = labels;
  const entries = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return name || expr;
  if (legend === '__auto' && entries.length === 1) return entries[0]?.[1] ?? '';
  return `${name}{${entries.map(([label, value]) => `${label}="${value}"`).join(', ')}}`;
}
