import { idOf, panelVersion } from '../../definition/compile.ts';
import { type Json, objectOf, objectsOf, textOf } from '../../diff/json.ts';
import { panelDefaults } from '../../diff/panel-defaults.ts';
import { chooseCalls, plain } from '../code/build-chain.ts';
import { type ChainCall, type Code, call, construct, literal } from '../code/code.ts';
import { expressJson } from '../code/express.ts';
import { residual } from '../code/residual.ts';
import { neutralPanel } from '../prove/neutral.ts';
import { type BuilderClass, type SdkPackage, sdkPackage } from '../sdk/sdk-package.ts';
import type { DashboardWriting } from './dashboard-writing.ts';
import { writeQuery } from './write-query.ts';

/** A panel in pieces, so that what panels share can be written once. */
export interface WrittenPanel {
  readonly key: string;
  /** Package of the builder, such as `timeseries`. */
  readonly package: string;
  /** `new TimeSeries()`. */
  readonly head: Code;
  readonly calls: readonly ChainCall[];
  /** Puts around the chain what the panel has beyond its builder. */
  wrap(chain: Code): Code;
}

const PACKAGES: Readonly<Record<string, string>> = { dashlist: 'dashboardlist', annolist: 'annotationslist' };

/** Written by the layout, by the key, or below in another way. */
export const PANEL_BUILDER_APART = new Set([
  'id',
  'gridPos',
  'height',
  'span',
  'targets',
  'withTarget',
  'datasource',
]);

/** What the compiler gives a panel without thresholds. */
const GREEN: Json = { mode: 'absolute', steps: [{ color: 'green', value: null }] };

/** Writes one panel of a prepared dashboard. */
export function writePanel(panel: Json, key: string, writing: DashboardWriting): WrittenPanel {
  const { package: sdk, builder } = panelBuilder(textOf(panel.type) ?? '');
  const live = builder.build() as LivePanel;
  live.fieldConfig ??= {};
  live.fieldConfig.defaults ??= {};
  // From here the builder's panel is what the compiler would make of it.
  live.fieldConfig.defaults.thresholds ??= GREEN;
  live.fieldConfig.overrides ??= [];
  if (live.transparent === false) delete live.transparent;
  const version = panelVersion(panel.type);
  Object.assign(live, version);
  const { panelproof, ...wanted }: Json = { ...version, ...panel };
  const defaults = panelDefaults(textOf(panel.type) ?? '');
  const head = construct(writing.names.useSdk(sdk.name, 'PanelBuilder'));
  const chosen = chooseCalls({
    package: sdk,
    className: 'PanelBuilder',
    wanted,
    defaults,
    writing,
    without: PANEL_BUILDER_APART,
    start: { code: head, builder },
  });
  const queries = writeQueries(panel, writing);
  const own: ChainCall[] = [];
  if (panel.id !== undefined && panel.id !== idOf(key))
    own.push({ name: 'id', args: [literal(panel.id as number)] });
  const ref = panel.datasource;
  if (ref !== undefined && JSON.stringify(ref) !== JSON.stringify(shared(queries.built)))
    own.push({ name: 'datasource', args: [writing.datasource(ref) ?? expressJson(ref, writing)] });
  const made = finished(chosen.built, panel, queries.built);
  const patch = residual(neutralPanel(made), neutralPanel(wanted), defaults, writing.likeness);
  return {
    key,
    package: sdk.name,
    head,
    calls: [...inReadingOrder([...own, ...chosen.calls]), ...queries.calls],
    wrap: (chain) => {
      const patched = patch
        ? call(writing.names.use('panelproof', 'override'), chain, expressJson(patch, writing))
        : chain;
      const reason = textOf(objectOf(panelproof)?.emptyInHealth);
      return reason === undefined
        ? patched
        : call(writing.names.use('panelproof', 'emptyInHealth'), literal(reason), patched);
    },
  };
}

interface LivePanel {
  fieldConfig?: { defaults?: Record<string, unknown>; overrides?: unknown };
  transparent?: unknown;
}

/** The builder for panels of a type; the general one for a type that the SDK does not know. */
export function panelBuilder(type: string): { package: SdkPackage; builder: { build(): unknown } } {
  const name =
    (Object.hasOwn(PACKAGES, type) ? PACKAGES[type] : undefined) ?? type.toLowerCase().replace(/-/g, '');
  const own = sdkPackage(name);
  if (own?.classes.has('PanelBuilder')) {
    const builder = new (own.exports.PanelBuilder as BuilderClass)();
    if ((builder.build() as Json).type === type) return { package: own, builder };
  }
  const any = sdkPackage('dashboard');
  if (!any) throw new Error('The Foundation SDK has no package "dashboard"');
  return { package: any, builder: new (any.exports.PanelBuilder as BuilderClass)() };
}

function writeQueries(panel: Json, writing: DashboardWriting) {
  const targets = objectsOf(panel.targets);
  const isLettered = targets.every(({ refId }, index) => refId === letter(index));
  const written = targets.map((target) => {
    const { refId, ...rest } = target;
    return writeQuery(isLettered ? rest : target, writing);
  });
  return {
    calls: written.map(({ code }) => ({ name: 'withTarget', args: [code] })),
    built: written.map(({ built }) => built),
  };
}

/** As the compiler gives them; past Z they are written out. */
function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : '';
}

/** The datasource that the compiler gives a panel from its queries. */
function shared(queries: readonly Json[]): unknown {
  const distinct = new Map(
    queries.flatMap(({ datasource }) => (datasource ? [[JSON.stringify(datasource), datasource]] : [])),
  );
  return distinct.size > 1 ? { type: 'datasource', uid: '-- Mixed --' } : [...distinct.values()][0];
}

/** What the compiler will make of it; place, id and queries are another's to prove. */
function finished(built: Json, panel: Json, queries: readonly Json[]): Json {
  const { transparent, repeatDirection, ...made } = plain(built);
  const fieldConfig = objectOf(made.fieldConfig);
  return {
    ...made,
    ...(transparent ? { transparent } : {}),
    ...(made.repeat === undefined || repeatDirection === undefined ? {} : { repeatDirection }),
    fieldConfig: { ...fieldConfig, overrides: fieldConfig?.overrides ?? [] },
    ...pick(panel, ['id', 'gridPos', 'datasource']),
    ...(queries.length === 0 ? {} : { targets: panel.targets }),
  };
}

function pick(json: Json, keys: readonly string[]): Json {
  return Object.fromEntries(keys.flatMap((key) => (json[key] === undefined ? [] : [[key, json[key]]])));
}

const FIRST = ['type', 'title', 'id', 'description'];
const LAST = ['transformations', 'withTransformation', 'overrides', 'withOverride'];

/** What it is first, how it looks next, exceptions last. */
function inReadingOrder(calls: readonly ChainCall[]): ChainCall[] {
  const rank = ({ name }: ChainCall) =>
    FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length + 1 + LAST.indexOf(name);
  return calls.toSorted((a, b) => rank(a) - rank(b));
}
