import { openTree } from '../load/file-tree.ts';
import { commitOf, gitFolder, gitTree } from '../load/git-tree.ts';
import { loadWorkspaces } from '../load/workspaces.ts';
import type { Dashboard } from '../model/dashboard.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Workspace } from '../model/workspace.ts';
import { element } from './draw/svg.ts';
import { FONT_FAMILY, textAt } from './draw/text.ts';
import { THEMES } from './draw/theme.ts';
import { drawDashboard } from './draw-dashboard.ts';
import {
  askDashboard,
  type Picture,
  type PreviewOptions,
  rangeOf,
  sampleSource,
  uniqueDashboards,
} from './preview.ts';

/** Height of the words above each side. */
const TOP = 40;
const GAP = 16;

/**
 * Draws each dashboard that differs from a revision: as it was on the left, as it is on the right, with the panels that
 * differ marked. Both sides are asked the same time range.
 *
 * @throws UsageError when the folder is in no git repository, or has no such revision
 */
export async function previewDiff(
  options: PreviewOptions & { readonly root: string },
  revision: string,
): Promise<Picture[]> {
  const present = loadWorkspaces(openTree(options.root), { kubernetes: false }).workspaces;
  const past = loadWorkspaces(treeOf(options.root, revision), { kubernetes: false }).workspaces;
  const [before, after] = [byUid(past), byUid(present)];
  const wanted = options.dashboards ?? [];
  const pictures: Picture[] = [];
  for (const uid of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    if (wanted.length > 0 && !wanted.includes(uid)) continue;
    const sides = [before.get(uid), after.get(uid)] as const;
    const dashboard = sides[1] ?? sides[0];
    if (!dashboard || JSON.stringify(sides[0]?.json) === JSON.stringify(sides[1]?.json)) continue;
    for (const theme of options.themes ?? ['dark', 'light']) {
      const drawn = [
        sides[0] && (await drawSide(sides[0], sides[1], past, { ...options, themes: [theme] })),
        sides[1] && (await drawSide(sides[1], sides[0], present, { ...options, themes: [theme] })),
      ] as const;
      const svg = beside(drawn[0], drawn[1], `${revision}: ${dashboard.title}`, options.width ?? 1400, theme);
      pictures.push({ name: `${uid.replace(/[^A-Za-z0-9_-]+/g, '-')}-diff-${theme}`, dashboard, theme, svg });
    }
  }
  return pictures;
}

function treeOf(root: string, revision: string) {
  const folder = gitFolder(root);
  const commit = commitOf(folder, revision);
  if (commit === undefined) throw new UsageError(`git knows no revision ${revision}`);
  return gitTree(folder, commit);
}

function byUid(workspaces: readonly Workspace[]): Map<string, Dashboard> {
  const dashboards = uniqueDashboards(workspaces.flatMap((workspace) => workspace.dashboards));
  return new Map(dashboards.map((dashboard) => [dashboard.uid ?? dashboard.file, dashboard]));
}

async function drawSide(
  dashboard: Dashboard,
  other: Dashboard | undefined,
  workspaces: readonly Workspace[],
  options: PreviewOptions,
): Promise<string> {
  const source = options.data ?? sampleSource(workspaces[0]?.catalogues ?? []);
  const range = rangeOf(dashboard, options, source);
  const data = await askDashboard(dashboard, range, options, source);
  const theirs = new Map(other?.panels.map((panel) => [panelKey(panel.json), JSON.stringify(panel.json)]));
  const changed = new Set(
    dashboard.panels
      .filter(({ json }) => theirs.get(panelKey(json)) !== JSON.stringify(json))
      .map(({ path }) => path.join('/')),
  );
  return drawDashboard(dashboard, (path) => data.get(path) ?? { kind: 'none' }, {
    width: options.width ?? 1400,
    theme: options.themes?.[0] ?? 'dark',
    range,
    source: source.name,
    isMarked: (path) => changed.has(path),
  });
}

/** A panel is the same one while its id is, otherwise while its title is. */
function panelKey({ id, title }: Readonly<Record<string, unknown>>): string {
  return typeof id === 'number' ? `#${id}` : String(title);
}

function beside(
  before: string | undefined,
  after: string | undefined,
  title: string,
  width: number,
  themeName: 'dark' | 'light',
): string {
  const theme = THEMES[themeName];
  const heights = [before, after].map((svg) => Number(/ height="([\d.]+)"/.exec(svg ?? '')?.[1] ?? 0));
  const height = Math.max(200, ...heights) + TOP;
  const side = (svg: string | undefined, x: number, word: string, prefix: string) => [
    textAt(word, x + 16, TOP / 2, { size: 16, color: theme.secondary, weight: 500 }),
    svg === undefined
      ? textAt(`No dashboard ${word.toLowerCase()}`, x + width / 2, TOP + 80, {
          size: 16,
          color: theme.secondary,
          anchor: 'middle',
        })
      : // Both sides have the same ids, and an id counts in the whole document.
        `<g transform="translate(${x} ${TOP})">${inner(svg).replace(/(\bid="|url\(#)p/g, `$1${prefix}p`)}</g>`,
  ];
  const content = [
    element('title', {}, title.replace(/[&<>]/g, ' ')),
    element('rect', { width: 2 * width + GAP, height, fill: theme.canvas }),
    ...side(before, 0, 'Before', 'b'),
    ...side(after, width + GAP, 'After', 'a'),
  ];
  const size = { width: 2 * width + GAP, height };
  return `${element('svg', { xmlns: 'http://www.w3.org/2000/svg', 'xmlns:xlink': 'http://www.w3.org/1999/xlink', ...size, viewBox: `0 0 ${size.width} ${size.height}`, 'font-family': FONT_FAMILY }, content.join('\n'))}\n`;
}

function inner(svg: string): string {
  return svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
}
