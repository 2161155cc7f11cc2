import type { Dashboard, Panel } from '../../model/dashboard.ts';
import type { Severity } from '../../model/finding.ts';
import type { Location, PropertyPath, TextRange } from '../../model/source-file.ts';
import { isLeftOut, usedVariables } from '../../query/used-variables.ts';

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

/** Every place whose variables are certain: queries in languages that are read, and texts that are shown. */
export function variableUses(dashboard: Dashboard): VariableUse[] {
  return [...queryUses(dashboard), ...shownUses(dashboard)];
}

function queryUses({ panels, variables }: Dashboard): VariableUse[] {
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
      : usedVariables(text, language).map((used) => ({
          ...used,
          severity: isLeftOut(text, used) ? ('style' as const) : ('data' as const),
          at,
          text,
        })),
  );
}

function shownUses({ file, panels, rows, json }: Dashboard): VariableUse[] {
  return [
    ...[...rows, ...panels].flatMap(shownTexts),
    ...linkTexts(json.links, ['links']).map((text) => ({ ...text, file })),
  ].flatMap(({ text, path }) =>
    namesShown(text, path.at(-1) === 'repeat').map((used) => ({
      ...used,
      severity: 'style' as const,
      at: { file, path },
      text,
    })),
  );
}

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
  return [
    { text: title, path: [...path, 'title'] },
    ...(typeof repeat === 'string' ? [{ text: repeat, path: [...path, 'repeat'] }] : []),
    ...queries.flatMap(({ legend, language, hidden, at }) =>
      legend === undefined || language === 'unknown' || hidden
        ? []
        : [{ text: legend, path: [...(at.path ?? []), 'legendFormat'] }],
    ),
    ...linkTexts(links, [...path, 'links']),
    ...linkTexts(fieldConfig?.defaults?.links, [...path, 'fieldConfig', 'defaults', 'links']),
  ];
}

function linkTexts(links: unknown, path: PropertyPath): ShownText[] {
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: { readonly url?: unknown } | null, index) =>
    typeof link?.url === 'string' ? [{ text: link.url, path: [...path, index, 'url'] }] : [],
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
