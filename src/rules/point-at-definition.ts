import type { Finding } from '../model/finding.ts';
import type { Location } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';

/**
 * The finding as its reader can act on it: one in a generated file points at the definition, at the panel's title where
 * the definition has it once, and names the panel. Others come back as they are.
 */
export function pointAtDefinition(finding: Finding, workspaces: readonly Workspace[]): Finding {
  const at = definitionPlace(finding.at, workspaces);
  if (!at) return finding;
  const title = panelTitle(finding.at, workspaces);
  const needsTitle = title !== undefined && title !== '' && !finding.message.includes(`"${title}"`);
  // A fix of generated JSON would be gone at the next build.
  const { fix: _, ...rest } = finding;
  return {
    ...rest,
    message: needsTitle ? `${finding.message} (panel "${title}")` : finding.message,
    at,
    related: finding.related.map((place) => ({
      ...place,
      at: definitionPlace(place.at, workspaces) ?? place.at,
    })),
  };
}

function definitionPlace(at: Location, workspaces: readonly Workspace[]): Location | undefined {
  const found = dashboardAt(at, workspaces);
  if (found?.dashboard.origin.kind !== 'definition') return undefined;
  const { file } = found.dashboard.origin;
  const text = found.workspace.files.get(file)?.text ?? '';
  const isOfDashboard =
    at.path === undefined ||
    at.path.length === 0 ||
    typeof at.path[0] !== 'string' ||
    at.path[0] !== 'panels';
  const literal = isOfDashboard ? found.dashboard.title : panelTitle(at, workspaces);
  const range = literal ? onlyLiteral(text, literal) : undefined;
  return range ? { file, range } : { file };
}

function panelTitle(at: Location, workspaces: readonly Workspace[]): string | undefined {
  const path = at.path ?? [];
  if (path[0] !== 'panels') return undefined;
  const { dashboard } = dashboardAt(at, workspaces) ?? {};
  const panels = [...(dashboard?.panels ?? []), ...(dashboard?.rows ?? [])];
  const holding = panels.filter((panel) => panel.path.every((part, index) => path[index] === part));
  // A panel inside a row is more exact than the row.
  return holding.sort((a, b) => b.path.length - a.path.length)[0]?.title;
}

function dashboardAt(at: Location, workspaces: readonly Workspace[]) {
  for (const workspace of workspaces) {
    const dashboard = workspace.dashboards.find(({ file }) => file === at.file);
    if (dashboard) return { workspace, dashboard };
  }
  return undefined;
}

/** The span of a string literal when the text has it exactly once. */
function onlyLiteral(text: string, literal: string) {
  const spans = ["'", '"', '`'].flatMap((quote) => {
    const quoted = `${quote}${literal.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)}${quote}`;
    const first = text.indexOf(quoted);
    return first < 0 || text.indexOf(quoted, first + 1) >= 0
      ? []
      : [{ start: first, end: first + quoted.length }];
  });
  return spans.length === 1 ? spans[0] : undefined;
}
