import { compileDashboard } from '../../definition/compile.ts';
import { DASHBOARD_DEFAULTS } from '../../diff/filled-in.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { LoadedCatalogue } from '../../model/workspace.ts';
import { type Code, call } from '../code/code.ts';
import { expressJson, type Writing } from '../code/express.ts';
import { type Names, newNames } from '../code/names.ts';
import { printAssigned, printCode } from '../code/print-code.ts';
import { byMeaning, residual, toTheLetter } from '../code/residual.ts';
import type { DashboardWriting } from './dashboard-writing.ts';
import { type DatasourceModule, type Definition, datasourceNames } from './datasource-names.ts';
import { outline } from './outline.ts';
import { shareCalls } from './share-calls.ts';
import { shareExpressions } from './share-expressions.ts';
import { shareMatchers } from './share-matchers.ts';
import { shareOverrides } from './share-overrides.ts';
import { shareQueries } from './share-queries.ts';
import { shareValues } from './share-values.ts';
import type { Shared, SharedFunction } from './shared.ts';
import { type TypedQueries, typedQueries } from './typed-queries.ts';
import { writeLayout } from './write-layout.ts';
import { writeAnnotation, writeLink, writeVariable } from './write-lists.ts';
import { type WrittenPanel, writePanel } from './write-panel.ts';

/** What a definition is written for. */
export interface DefinitionContext {
  readonly datasources: readonly ProvisionedDatasource[];
  readonly datasourceModule: DatasourceModule | undefined;
  /** Title of the Grafana folder; undefined is General. */
  readonly folder: string | undefined;
  /** Write every setting, also what Grafana fills in; keep the order of the file. For files that panelproof wrote. */
  readonly toTheLetter: boolean;
  /** Whose metrics get typed queries. */
  readonly catalogues: readonly LoadedCatalogue[];
}

/** The text of a definition that compiles to a prepared dashboard. */
export function writeDefinition(dashboard: Json, context: DefinitionContext): string {
  const names = newNames();
  const { definitions, nameOf } = datasourceNames(names, context.datasources, context.datasourceModule);
  const queries = typedQueries({ names }, context.catalogues);
  const writing: DashboardWriting = {
    names,
    likeness: context.toTheLetter ? toTheLetter : byMeaning,
    datasource: nameOf,
    datasources: context.datasources,
    promql: (expr) => queries.write(expr),
  };
  const outlined = outline(dashboard, context.toTheLetter ? 'file' : 'eye');
  const written = outlined.panels.map(({ key, json }) => writePanel(json, key, writing));
  const shared = share(written, names, queries);
  const lists: [string, Code][] = [
    ['variables', listOf(variablesOf(dashboard).map((json) => writeVariable(json, writing)))],
    ['annotations', listOf(annotationsOf(dashboard).map((json) => writeAnnotation(json, writing)))],
    ['links', listOf(objectsOf(dashboard.links).map((json) => writeLink(json, writing)))],
  ];
  const settings = writeSettings(dashboard, context.folder);
  const patch = writePatch(dashboard, settings, writing);
  const isEmpty = written.length === 0 && outlined.parts.length === 0;
  const options: Code = {
    kind: 'object',
    isOpen: true,
    entries: [
      ...settings.code,
      ...lists.filter(([, code]) => code.kind === 'list' && code.items.length > 0),
      ['panels', { kind: 'object', entries: shared.panels, isOpen: !isEmpty, isSpaced: true }],
      ...(isEmpty ? [] : [['layout', writeLayout(outlined, names)] as const]),
      ...(patch ? [['override', patch] as const] : []),
    ],
  };
  const body = printCode(call(names.use('panelproof', 'dashboard'), options), {
    column: 'export default '.length,
    indent: 0,
    after: 1,
  });
  const constants = [...definitions, ...queries.definitions, ...shared.values].map(printConstant).join('');
  const functions = shared.functions.map(printFunction).join('');
  return `${names.print()}\n${constants === '' ? '' : `${constants}\n`}export default ${body};\n${functions}`;
}

/** What comes up again gets a name: beginnings of panels and queries, then expressions, then looks. */
function share(written: readonly WrittenPanel[], names: Names, queries: TypedQueries): Shared {
  const called = shareQueries(shareCalls(written, names), names);
  const handles = queries.definitions.map(({ name }) => name);
  const asked = shareExpressions(shareMatchers(called, names), names, handles);
  return shareOverrides(shareValues(asked, names), names);
}

/** Variables of a dashboard. */
function variablesOf({ templating }: Json): readonly Json[] {
  return objectsOf(objectOf(templating)?.list);
}

/** Annotation queries of a dashboard. */
function annotationsOf({ annotations }: Json): readonly Json[] {
  return objectsOf(objectOf(annotations)?.list);
}

function listOf(items: readonly Code[]): Code {
  return { kind: 'list', items };
}

interface Settings {
  readonly code: readonly (readonly [string, Code])[];
  /** What a definition with these options and nothing else compiles to. */
  readonly made: Json;
}

/** The options of `dashboard({ … })` that are not lists, those left out that say what the compiler says. */
function writeSettings(dashboard: Json, folder: string | undefined): Settings {
  const { uid, title, description, tags, time, refresh, timezone, graphTooltip } = dashboard;
  const options = {
    uid: textOf(uid) ?? '',
    title: textOf(title) ?? '',
    ...(folder === undefined ? {} : { folder }),
    ...(typeof description === 'string' ? { description } : {}),
    ...(isTexts(tags) && tags.length > 0 ? { tags } : {}),
    ...timeOption(objectOf(time)),
    ...(textOf(refresh) ? { refresh: textOf(refresh) } : {}),
    ...(timezone === 'browser' ? {} : { timezone: typeof timezone === 'string' ? timezone : '' }),
    ...(graphTooltip === 1 || graphTooltip === 2 ? { graphTooltip } : {}),
  } as const;
  const plain = { datasource: () => undefined } as unknown as Writing;
  return {
    code: Object.entries(options).map(([key, value]) => [key, expressJson(value, plain)]),
    made: compileDashboard({ kind: 'panelproof dashboard', options: { ...options, panels: {} } as never })
      .json,
  };
}

function timeOption(time: Json | undefined): { time?: { from: string; to: string } } {
  const { from = 'now-6h', to = 'now' } = time ?? {};
  if (typeof from !== 'string' || typeof to !== 'string') return {};
  return from === 'now-15m' && to === 'now' ? {} : { time: { from, to } };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What no option says. */
function writePatch(dashboard: Json, { made }: Settings, writing: DashboardWriting): Code | undefined {
  const { panels, schemaVersion, templating, annotations, links, ...wanted } = dashboard;
  const { panels: _, schemaVersion: __, templating: ___, annotations: ____, links: _____, ...have } = made;
  const patch = residual(have, wanted, DASHBOARD_DEFAULTS, writing.likeness);
  return patch && expressJson(patch, writing);
}

function printConstant({ name, code }: Definition): string {
  const start = `const ${name} =`;
  return `${start}${printAssigned(code, { column: start.length, indent: 0, after: 1 })};\n`;
}

function printFunction({ name, parameter, type, body }: SharedFunction): string {
  const of = parameter === 'title' ? 'panels' : 'queries';
  return `
/** What ${of} of this kind have in common. */
function ${name}(${parameter}: string): ${type} {
  return ${printCode(body, { column: '  return '.length, indent: 2, after: 1 })};
}
`;
}
