import type { Dashboard, Panel } from '../../model/dashboard.ts';
import type { JsonValue } from '../../model/edit.ts';
import type { Fix } from '../../model/finding.ts';
import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';

/** A library panel lives in Grafana's database, and files cannot bring it there. */
export const libraryPanelMissing: Rule = {
  id: 'library-panel-missing',
  summary: 'A panel refers to a library panel, which files cannot bring into Grafana',
  severity: 'data',
  fix: 'safe',
  grafanaLogs: ['Unable to load library panel', 'library element could not be found'],
  check(workspace, report) {
    for (const dashboard of workspace.dashboards)
      for (const panel of dashboard.panels) {
        const library = libraryOf(panel);
        if (!library) continue;
        const model = elementModel(dashboard, library.uid);
        const fix = model ? inlineFix(workspace, panel, model) : unlinkFix(workspace, panel);
        const name = library.name || library.uid;
        report({
          severity: isCertain(workspace, model !== undefined) ? 'data' : 'drift',
          message: model
            ? `Expected library panel "${name}" to be written out: it stands in \`__elements\`, which only importing by hand reads`
            : `Missing library panel "${name}": nothing in the tree brings it into Grafana's database${fix ? ', and the panel is written out beside it' : ''}`,
          at: { file: panel.at.file, path: [...panel.path, 'libraryPanel'] },
          grafanaLog: `Unable to load library panel: ${library.uid}`,
          ...(fix
            ? { fix }
            : {
                suggestions: ['Unlink it in Grafana, which writes it out, and export the dashboard again.'],
              }),
        });
      }
  },
};

type Json = Readonly<Record<string, JsonValue>>;

function libraryOf({ json }: Panel): { readonly uid: string; readonly name: string } | undefined {
  const { uid, name } = objectOf(json.libraryPanel) ?? {};
  return typeof uid === 'string' && uid !== ''
    ? { uid, name: typeof name === 'string' ? name : '' }
    : undefined;
}

/** What an export for sharing says of a library panel: by uid or, in older ones, in a list. */
function elementModel({ json }: Dashboard, uid: string): Json | undefined {
  const elements = Object.values(objectOf(json.__elements) ?? json.__elements ?? []);
  const element = elements.map(objectOf).find((each) => each?.uid === uid);
  return objectOf(element?.model);
}

/**
 * A database that is kept can have the panel: somebody made it there. A tree that shows no Grafana does not tell whether
 * it is kept, but an export says that it comes from elsewhere.
 */
function isCertain({ grafana }: Workspace, isExport: boolean): boolean {
  return !grafana.persistsDatabase && (isExport || grafana.at?.path?.[0] === 'services');
}

/** Grafana lays the library panel's model over the panel, all but its id and its place. */
function inlineFix(workspace: Workspace, { path, at: { file }, json }: Panel, model: Json): Fix {
  const { libraryPanel: _, ...own } = json as Json;
  const { libraryPanel: __, id: _id, gridPos: _gridPos, ...shown } = model;
  return {
    title: 'Write the library panel out in its place',
    safety: safetyIn(workspace),
    edits: [{ kind: 'set', file, path, value: { ...own, ...shown } }],
  };
}

/** Older Grafanas wrote a copy of the library panel beside the reference, which no Grafana looks at. */
function unlinkFix(workspace: Workspace, { path, at: { file }, type, queries }: Panel): Fix | undefined {
  if (type === '' || queries.length === 0) return undefined;
  return {
    title: 'Show the panel as it is written, without the library',
    safety: safetyIn(workspace),
    edits: [{ kind: 'delete', file, path: [...path, 'libraryPanel'] }],
  };
}

/** In place of a panel that the database has, changes of the library would no longer come. */
function safetyIn({ grafana }: Workspace): Fix['safety'] {
  return grafana.persistsDatabase ? 'unsafe' : 'safe';
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
