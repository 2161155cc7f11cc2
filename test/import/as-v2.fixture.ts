import { type Json, objectOf, objectsOf } from '../../src/diff/json.ts';

const HIDE = ['dontHide', 'hideLabel', 'hideVariable'];
const REFRESH = ['never', 'onDashboardLoad', 'onTimeRangeChanged'];
const KINDS: Readonly<Record<string, string>> = {
  query: 'QueryVariable',
  custom: 'CustomVariable',
  textbox: 'TextVariable',
};

/** A classic dashboard as a resource of schema v2, as far as both schemas can say it. */
export function asV2(dashboard: Json): Json {
  const { uid, title, panels, templating, annotations, links, time, refresh, timezone, graphTooltip } =
    dashboard;
  const elements: Record<string, Json> = {};
  const itemOf = (top: number) => (panel: Json) => {
    const name = `panel-${panel.id}`;
    elements[name] = panelOf(panel);
    const { x, y, w, h } = objectOf(panel.gridPos) ?? {};
    const repeat = panel.repeat
      ? { mode: 'variable', value: panel.repeat, direction: panel.repeatDirection }
      : undefined;
    return {
      kind: 'GridLayoutItem',
      spec: {
        x,
        y: Number(y) - top,
        width: w,
        height: h,
        element: { kind: 'ElementReference', name },
        repeat,
      },
    };
  };
  const grid = (of: readonly Json[], top: number) => ({
    kind: 'GridLayout',
    spec: { items: of.map(itemOf(top)) },
  });
  const all = objectsOf(panels);
  const rows = all.filter(({ type }) => type === 'row');
  const loose = all.filter(({ type }) => type !== 'row');
  const layout =
    rows.length === 0
      ? grid(loose, 0)
      : {
          kind: 'RowsLayout',
          spec: {
            rows: [
              { kind: 'RowsLayoutRow', spec: { title: '', hideHeader: true, layout: grid(loose, 0) } },
              ...rows.map((row) => ({
                kind: 'RowsLayoutRow',
                spec: {
                  title: row.title,
                  collapse: true,
                  layout: grid(objectsOf(row.panels), Number(objectOf(row.gridPos)?.y) + 1),
                },
              })),
            ],
          },
        };
  const { from, to } = objectOf(time) ?? {};
  return {
    apiVersion: 'dashboard.grafana.app/v2',
    kind: 'Dashboard',
    metadata: { name: uid },
    spec: {
      title,
      links,
      layout,
      elements,
      cursorSync: ['Off', 'Crosshair', 'Tooltip'][Number(graphTooltip)],
      timeSettings: { from, to, timezone, autoRefresh: refresh },
      variables: objectsOf(objectOf(templating)?.list).map(variableOf),
      annotations: objectsOf(objectOf(annotations)?.list).map(annotationOf),
    },
  };
}

function dataQuery(datasource: unknown, spec: unknown): Json {
  const { type, uid } = objectOf(datasource) ?? {};
  return { kind: 'DataQuery', group: type, version: 'v0', datasource: { name: uid }, spec };
}

function panelOf({
  id,
  title,
  description,
  type,
  targets,
  options,
  fieldConfig,
  transparent,
  interval,
}: Json): Json {
  const queries = objectsOf(targets).map(({ refId, hide, datasource, ...spec }) => ({
    kind: 'PanelQuery',
    spec: { refId, hidden: hide === true, query: dataQuery(datasource, spec) },
  }));
  return {
    kind: 'Panel',
    spec: {
      id,
      title,
      description,
      transparent,
      data: { kind: 'QueryGroup', spec: { queries, transformations: [], queryOptions: { interval } } },
      vizConfig: { kind: 'VizConfig', group: type, version: '13.0.0', spec: { options, fieldConfig } },
    },
  };
}

function variableOf({ type, hide, refresh, query, datasource, ...same }: Json): Json {
  return {
    kind: KINDS[String(type)],
    spec: {
      ...same,
      hide: HIDE[Number(hide)],
      ...(type === 'query'
        ? { refresh: REFRESH[Number(refresh)], query: dataQuery(datasource, query) }
        : { query }),
    },
  };
}

function annotationOf({ datasource, target, ...same }: Json): Json {
  return { kind: 'AnnotationQuery', spec: { ...same, query: dataQuery(datasource, target) } };
}
