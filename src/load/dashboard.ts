import type {
  Dashboard,
  DashboardOrigin,
  GridPosition,
  Panel,
  PanelQuery,
  Variable,
} from '../model/dashboard.ts';
import type { DatasourceUse, ProvisionedDatasource } from '../model/datasource.ts';
import { datasourceRef } from '../model/datasource-uid.ts';
import type { Location, PropertyPath, SourceFile } from '../model/source-file.ts';
import { type DatasourceContext, effectiveRef, languageOf } from './query-datasource.ts';

type Json = Readonly<Record<string, unknown>>;

/** What is needed to tell which language a query is in. */
export interface DashboardContext {
  readonly datasources: readonly ProvisionedDatasource[];
  readonly originOf: (path: string) => DashboardOrigin;
  /** Grafana reads resources (`apiVersion`, `kind`, `spec`) from files. */
  readonly readsResources: boolean;
}

/**
 * Reads a classic dashboard, also inside a resource where this Grafana reads those; undefined when the file's value is
 * no JSON object. Takes whatever shape it meets.
 */
export function readDashboard(file: SourceFile, context: DashboardContext): Dashboard | undefined {
  const json = object(file.value);
  if (!json) return undefined;
  const { body, base, uid } = classicBody(json, context);
  const written = list(object(body.templating)?.list).flatMap((item, index) =>
    readVariable(item, { file: file.path, path: base.concat('templating', 'list', index) }),
  );
  // A variable's query can go to a datasource that another variable chooses.
  const variables = written.map((variable) => inLanguage(variable, { ...context, variables: written }));
  const reader: PanelReader = {
    file: file.path,
    base,
    target: { datasources: context.datasources, variables },
    panels: [],
    rows: [],
    uses: [],
  };
  readPanels(reader, body.panels, base.concat('panels'), false);
  // Dashboards before schema version 16 have rows of panels instead of a grid.
  for (const [index, row] of list(body.rows).entries())
    readPanels(reader, object(row)?.panels, base.concat('rows', index, 'panels'), false);
  readVariableUses(reader, body);
  readAnnotationUses(reader, body);
  return {
    file: file.path,
    uid: text(uid) || undefined,
    title: text(body.title) ?? '',
    schemaVersion: number(body.schemaVersion),
    panels: reader.panels,
    rows: reader.rows,
    variables,
    datasourceUses: reader.uses,
    origin: context.originOf(file.path),
    json,
  };
}

/** The dashboard itself: the root, or the `spec` of a v1 resource, whose name is the uid. */
function classicBody(
  json: Json,
  { readsResources }: DashboardContext,
): { readonly body: Json; readonly base: PropertyPath; readonly uid: unknown } {
  const spec = object(json.spec);
  const isResource =
    readsResources && spec && /^dashboard\.grafana\.app\/v[01]/.test(text(json.apiVersion) ?? '');
  return isResource
    ? { body: spec, base: ['spec'], uid: object(json.metadata)?.name }
    : { body: json, base: [], uid: json.uid };
}

interface PanelReader {
  readonly file: string;
  /** Where in the file the dashboard begins. */
  readonly base: PropertyPath;
  /** What decides where its queries go. */
  readonly target: DatasourceContext;
  readonly panels: Panel[];
  readonly rows: Panel[];
  readonly uses: DatasourceUse[];
}

function readPanels(reader: PanelReader, panels: unknown, path: PropertyPath, collapsed: boolean): void {
  for (const [index, item] of list(panels).entries()) {
    const json = object(item);
    if (!json) continue;
    const at = path.concat(index);
    const isRow = json.type === 'row';
    const panel = readPanel(reader, json, at, collapsed);
    if (isRow) reader.rows.push(panel);
    else reader.panels.push(panel);
    // A row's own datasource and targets are never queried; the panels folded into it are, once it is opened.
    if (isRow) readPanels(reader, json.panels, at.concat('panels'), true);
  }
}

function readPanel(reader: PanelReader, json: Json, path: PropertyPath, collapsed: boolean): Panel {
  const datasource = datasourceRef(json.datasource);
  const isRow = json.type === 'row';
  const isText = json.type === 'text';
  // A panel's datasource is only asked when there is something to ask it; text panels carry dead ones harmlessly.
  if (!isRow && !isText && json.datasource !== undefined && json.datasource !== null)
    reader.uses.push({
      ref: datasource,
      by: 'panel',
      at: { file: reader.file, path: path.concat('datasource') },
    });
  const queries = isRow
    ? []
    : list(json.targets).flatMap((item, index) => readQuery(reader, item, path, index, json));
  return {
    id: number(json.id),
    title: text(json.title) ?? '',
    type: text(json.type) ?? '',
    gridPos: gridPosition(json.gridPos),
    collapsed,
    datasource,
    queries,
    unit: text(object(object(json.fieldConfig)?.defaults)?.unit),
    path,
    at: { file: reader.file, path },
    json,
  };
}

function readQuery(
  reader: PanelReader,
  item: unknown,
  panelPath: PropertyPath,
  index: number,
  panel: Json,
): PanelQuery[] {
  const json = object(item);
  if (!json) return [];
  const path = panelPath.concat('targets', index);
  const datasource = effectiveRef(reader.target, panel.datasource, json.datasource);
  const says = json.datasource !== undefined && json.datasource !== null;
  if (says && datasource.own && panel.type !== 'text')
    reader.uses.push({
      ref: datasource.ref,
      by: 'query',
      at: { file: reader.file, path: path.concat('datasource') },
    });
  const exprKey = ['expr', 'query'].find((key) => typeof json[key] === 'string');
  return [
    {
      refId: text(json.refId),
      language: languageOf(reader.target, datasource.ref),
      expr: exprKey === undefined ? '' : String(json[exprKey]),
      legend: text(json.legendFormat),
      instant: json.instant === true && json.range !== true,
      hidden: json.hide === true,
      datasource: datasource.ref,
      at: { file: reader.file, path },
      exprAt: { file: reader.file, path: exprKey === undefined ? path : path.concat(exprKey) },
    },
  ];
}

function readVariable(item: unknown, at: Location): Variable[] {
  const json = object(item);
  if (!json) return [];
  const { path = [] } = at;
  const [query, queryPath] = variableQuery(json);
  return [
    {
      name: text(json.name) ?? '',
      type: text(json.type) ?? '',
      query,
      queryAt: { file: at.file, path: [...path, ...queryPath] },
      language: 'unknown',
      datasource: datasourceRef(json.datasource),
      regex: text(json.regex),
      options: list(json.options).flatMap((option) => text(object(option)?.value) ?? []),
      multi: json.multi === true,
      includeAll: json.includeAll === true,
      current: [object(json.current)?.value].flat().flatMap((value) => text(value) ?? []),
      at,
    },
  ];
}

/** The text of a variable's query, and where in the variable it stands. */
function variableQuery(json: Json): readonly [string | undefined, PropertyPath] {
  if (typeof json.query === 'string') return [json.query, ['query']];
  const inner = text(object(json.query)?.query);
  return inner === undefined ? [text(json.definition), ['definition']] : [inner, ['query', 'query']];
}

function inLanguage(variable: Variable, context: DatasourceContext): Variable {
  return variable.type === 'query'
    ? { ...variable, language: languageOf(context, variable.datasource) }
    : variable;
}

function readVariableUses(reader: PanelReader, json: Json): void {
  for (const [index, item] of list(object(json.templating)?.list).entries()) {
    const variable = object(item);
    if (variable?.type !== 'query' && variable?.type !== 'adhoc') continue;
    if (variable.datasource === undefined || variable.datasource === null) continue;
    reader.uses.push({
      ref: datasourceRef(variable.datasource),
      by: 'variable',
      at: { file: reader.file, path: reader.base.concat('templating', 'list', index, 'datasource') },
    });
  }
}

function readAnnotationUses(reader: PanelReader, json: Json): void {
  for (const [index, item] of list(object(json.annotations)?.list).entries()) {
    const annotation = object(item);
    if (!annotation || annotation.datasource === undefined || annotation.datasource === null) continue;
    reader.uses.push({
      ref: datasourceRef(annotation.datasource),
      by: 'annotation',
      at: { file: reader.file, path: reader.base.concat('annotations', 'list', index, 'datasource') },
    });
  }
}

function gridPosition(value: unknown): GridPosition | undefined {
  const json = object(value);
  const [x, y, w, h] = [number(json?.x), number(json?.y), number(json?.w), number(json?.h)];
  return x === undefined || y === undefined || w === undefined || h === undefined
    ? undefined
    : { x, y, w, h };
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
