import type { Dashboard, Panel } from '../../model/dashboard.ts';
import type { Severity } from '../../model/finding.ts';
import type { Location, PropertyPath, TextRange } from '../../model/source-file.ts';
import { mayHoldVariables } from '../../query/mask-variables.ts';
import { isDispensable, usedVariables } from '../../query/used-variables.ts';

/** One place of a dashboard that names a variable. */
export interface VariableUse {
  readonly name: string;
  /** `data` where the text is asked of a datasource, `style` where it is only shown. */
  readonly severity: Extract<Severity, 'data' | 'style'>;
  /** The place of the text. */
  readonly at: Location;
  readonly text: string;
  readonly span: TextRange;
}

/** Every place that names another variable: queries in languages that are read, and texts that are shown. */
export function otherVariableUses(dashboard: Dashboard, known: ReadonlySet<string>): VariableUse[] {
  return [...queryUses(dashboard, known), ...shownUses(dashboard).filter(({ name }) => !known.has(name))];
}

function queryUses({ panels, variables }: Dashboard, known: ReadonlySet<string>): VariableUse[] {
  const ofPanels = panels.flatMap(({ queries }) =>
    queries
      .filter(({ hidden, expr }) => !hidden && mayHoldVariables(expr))
      .map(({ language, expr, exprAt }) => ({ language, text: expr, at: exprAt })),
  );
  const ofVariables = variables.map(({ language, query, queryAt }) => ({
    language,
    text: query ?? '',
    at: queryAt,
  }));
  return [...ofPanels, ...ofVariables].flatMap(({ language, text, at }) =>
    language === 'unknown'
      ? []
      : usedVariables(text, language)
          .filter(({ name }) => !known.has(name))
          .map((used) => ({
            ...used,
            severity: isDispensable(text, used) ? ('style' as const) : ('data' as const),
            at,
            text,
          })),
  );
}

function shownUses({ file, panels, rows, json }: Dashboard): VariableUse[] {
  const texts = [...[...rows, ...panels].flatMap(shownTexts), ...linkTexts(json.links, [], ['links'])];
  return texts.flatMap(({ text, path }) =>
    namesShown(text, path.at(-1) === 'repeat').map((used) => ({
      ...used,
      severity: 'style' as const,
      at: { file, path },
      text,
    })),
  );
}

/** A text that may hold variables: most do not, and paths are only made for those that do. */
interface ShownText {
  readonly text: string;
  readonly path: PropertyPath;
}

function shownTexts({ title, queries, json, path }: Panel): ShownText[] {
  const { repeat, links, fieldConfig } = json as {
    readonly repeat?: unknown;
    readonly links?: unknown;
    readonly fieldConfig?: { readonly defaults?: { readonly links?: unknown } | null } | null;
  };
  const texts: ShownText[] = [];
  if (mayHoldVariables(title)) texts.push({ text: title, path: [...path, 'title'] });
  if (typeof repeat === 'string') texts.push({ text: repeat, path: [...path, 'repeat'] });
  for (const { legend, language, hidden, at } of queries)
    if (legend !== undefined && mayHoldVariables(legend) && language !== 'unknown' && !hidden)
      texts.push({ text: legend, path: [...(at.path ?? []), 'legendFormat'] });
  texts.push(...linkTexts(links, path, ['links']));
  texts.push(...linkTexts(fieldConfig?.defaults?.links, path, ['fieldConfig', 'defaults', 'links']));
  return texts;
}

function linkTexts(links: unknown, of: PropertyPath, below: PropertyPath): ShownText[] {
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: { readonly url?: unknown } | null, index) =>
    typeof link?.url === 'string' && mayHoldVariables(link.url)
      ? [{ text: link.url, path: [...of, ...below, index, 'url'] }]
      : [],
  );
}

/** Variables of a text for people; `$USD`, `US$` and what stands in a legend's `{{…}}` are none. */
function namesShown(text: string, isName: boolean): Pick<VariableUse, 'name' | 'span'>[] {
  if (isName) return text === '' ? [] : [{ name: text, span: { start: 0, end: text.length } }];
  const plain = text.replace(/\{\{.*?\}\}/gs, (template) => ' '.repeat(template.length));
  return usedVariables(plain, 'unknown').filter(
    ({ span: { start, end } }) =>
      !/\w$/.test(plain.slice(0, start)) && !/^\$[A-Z]/.test(plain.slice(start, end)),
  );
}
