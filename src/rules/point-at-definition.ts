import type { Finding } from '../model/finding.ts';
import type { Location } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';
import { onlyLiteral } from './only-literal.ts';
import { writtenValuePlace } from './written-value-place.ts';

/** Findings as `pointAtDefinition` gives them; what many generated files have from one place is said once. */
export function pointAtDefinitions(
  findings: readonly Finding[],
  workspaces: readonly Workspace[],
): Finding[] {
  const said = new Set<string>();
  return findings.flatMap((finding) => {
    const pointed = pointAtDefinition(finding, workspaces);
    if (pointed === finding) return [finding];
    const key = JSON.stringify([pointed.rule, pointed.message, pointed.at]);
    if (said.has(key) && pointed.at.range) return [];
    said.add(key);
    return [pointed];
  });
}

/**
 * The finding as its reader can act on it: one in a generated file points at the definition, at what is wrong or else at
 * the panel's title where the definition has it once, and names the panel. Others come back as they are.
 */
function pointAtDefinition(finding: Finding, workspaces: readonly Workspace[]): Finding {
  const at = definitionPlace(finding.at, workspaces);
  if (!at) return finding;
  // A module that many definitions import knows of no panel.
  const title = isDefinition(at.file, workspaces) ? panelTitle(finding.at, workspaces) : undefined;
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

function isDefinition(file: string, workspaces: readonly Workspace[]): boolean {
  return workspaces.some(({ dashboards }) =>
    dashboards.some(({ origin }) => origin.kind === 'definition' && origin.file === file),
  );
}

function definitionPlace(at: Location, workspaces: readonly Workspace[]): Location | undefined {
  const found = dashboardAt(at, workspaces);
  if (found?.dashboard.origin.kind !== 'definition') return undefined;
  const { file } = found.dashboard.origin;
  const written = writtenValuePlace(found.workspace.files, file, at);
  if (written) return written;
  const text = found.workspace.files.get(file)?.text ?? '';
  const isOfDashboard =
    at.path === undefined ||
    at.path.length === 0 ||
    typeof at.path[0] !== 'string' ||
    at.path[0] !== 'panels';
  const { uid, title } = found.dashboard;
  const ofDashboard = at.path?.[0] === 'uid' ? (uid ?? title) : title;
  const literal = isOfDashboard ? ofDashboard : panelTitle(at, workspaces);
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
