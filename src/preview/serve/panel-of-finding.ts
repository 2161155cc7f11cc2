import type { Dashboard, Panel } from '../../model/dashboard.ts';
import type { Finding } from '../../model/finding.ts';

/**
 * The panel of a dashboard that a finding is about: the one its path leads to, its message names, or in whose lines of
 * the definition it stands. Undefined when it is about none, or about another dashboard.
 */
export function panelOfFinding(
  { at, message }: Finding,
  dashboard: Dashboard,
  textOf: (file: string) => string,
): Panel | undefined {
  if (at.file === dashboard.file) {
    const { path = [] } = at;
    return dashboard.panels.find((panel) => panel.path.every((part, index) => path[index] === part));
  }
  if (dashboard.origin.kind !== 'definition' || dashboard.origin.file !== at.file) return undefined;
  const named = dashboard.panels.filter(({ title }) => title !== '' && message.includes(`panel "${title}"`));
  if (named.length === 1) return named[0];
  return at.range ? panelBefore(at.range.start, dashboard.panels, textOf(at.file)) : undefined;
}

/** The panel whose title stands last before a place of the definition, or around it. */
function panelBefore(offset: number, panels: readonly Panel[], text: string): Panel | undefined {
  let best: { readonly panel: Panel; readonly at: number } | undefined;
  for (const panel of panels) {
    if (panel.title === '') continue;
    for (const quote of ["'", '"', '`']) {
      const at = text.lastIndexOf(`${quote}${panel.title}${quote}`, offset);
      if (at >= 0 && (!best || at > best.at)) best = { panel, at };
    }
  }
  return best?.panel;
}
