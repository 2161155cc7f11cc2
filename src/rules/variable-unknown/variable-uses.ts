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
  const ofPanels = panels
    .flatMap(({ queries }) => queries)
    .filter(({ hidden }) => !hidden)
    .map(({ language, expr, exprAt }) => ({ language, text: expr, at: exprAt }));
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
  return [...[...rows, ...panels].flatMap(shownTexts), ...linkTexts(json.links, [], ['links'])].flatMap(
    ({ text, of, below }) =>
      namesShown(text, below.at(-1) === 'repeat').map((used) => ({
        ...used,
        severity: 'style' as const,
        at: { file, path: [...of, ...below] },
        text,
      })),
  );
}

/** A text and its place, whose path is only made when something is found: most texts have no variable. */
interface ShownText {
  readonly text: string;
  readonly of: PropertyPath;
  readonly below: PropertyPath;
}

function shownTexts({ title, queries, json, path: of }: Panel): ShownText[] {
  const { repeat, links, fieldConfig } = json as {
    readonly repeat?: unknown;
    readonly links?: unknown;
    readonly fieldConfig?: { readonly defaults?: { readonly links?: unknown } | null } | null;
  };
  return [
    { text: title, of, below: TITLE },
    ...(typeof repeat === 'string' ? [{ text: repeat, of, below: ['repeat'] }] : []),
    ...queries.flatMap(({ legend, language, hidden, at }) =>
      legend === undefined || language === 'unknown' || hidden
        ? []
        : [{ text: legend, of: at.path ?? [], below: LEGEND }],
    ),
    ...linkTexts(links, of, ['links']),
    ...linkTexts(fieldConfig?.defaults?.links, of, ['fieldConfig', 'defaults', 'links']),
  ];
}

const TITLE = ['title'];
const LEGEND = ['legendFormat'];

function linkTexts(links: unknown, of: PropertyPath, below: PropertyPath): ShownText[] {
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: { readonly url?: unknown } | null, index) =>
    typeof link?.url === 'string' ? [{ text: link.url, of, below: [...below, index, 'url'] }] : [],
  );
}

/** Variables of a text for people; `$USD`, `US$` and what stands in a legend's `{{…}}` are none. */
function namesShown(text: string, isName: boolean): Pick<VariableUse, 'name' | 'span'>[] {
  if (isName) return text === '' ? [] : [{ name: text, span: { start: 0, end: text.length } }];
  if (!mayHoldVariables(text)) return [];
  const plain = text.replace(/\{\{.*?\}\}/gs, (template) => ' '.repeat(template.length));
  return usedVariables(plain, 'unknown').filter(
    ({ span: { start, end } }) =>
      !/\w$/.test(plain.slice(0, start)) && !/^\$[A-Z]/.test(plain.slice(start, end)),
  );
}
