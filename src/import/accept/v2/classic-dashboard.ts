import { type Json, objectOf, objectsOf } from '../../../diff/json.ts';
import type { ProvisionedDatasource } from '../../../model/datasource.ts';
import { newLosses } from '../losses.ts';
import { classicAnnotation } from './classic-annotation.ts';
import { classicLayout } from './classic-layout.ts';
import { classicVariable } from './classic-variable.ts';
import type { V2Context } from './context.ts';

/** A dashboard in its classic form, and what that form could not take. */
export interface Classic {
  readonly dashboard: Json;
  readonly losses: readonly string[];
  readonly notes: readonly string[];
}

const TOOLTIPS = ['Off', 'Crosshair', 'Tooltip'];

/** Brings a specification of schema v2 (v2alpha1 to v2) into the classic form, which is what file provisioning takes. */
export function classicDashboard(spec: Json, datasources: readonly ProvisionedDatasource[]): Classic {
  const context: V2Context = { datasources, losses: newLosses(), notes: new Set() };
  const { elements, layout, cursorSync, timeSettings, variables, annotations, links, preferences, ...same } =
    spec;
  context.losses.addRest({ preferences }, 'the dashboard');
  const dashboard = {
    ...same,
    graphTooltip: Math.max(TOOLTIPS.indexOf(String(cursorSync)), 0),
    ...timeOf(objectOf(timeSettings) ?? {}, context),
    links: objectsOf(links).map((link) => linkOf(link, context)),
    templating: { list: variablesOf(spec, context) },
    annotations: { list: objectsOf(annotations).map((one) => classicAnnotation(one, context)) },
    panels: classicLayout({ elements, layout }, context),
  };
  return { dashboard, losses: context.losses.list(), notes: [...context.notes] };
}

function timeOf(settings: Json, { losses }: V2Context): Json {
  const {
    from,
    to,
    timezone,
    autoRefresh,
    autoRefreshIntervals,
    quickRanges,
    hideTimepicker,
    nowDelay,
    ...rest
  } = settings;
  const { weekStart, fiscalYearStartMonth, ...left } = rest;
  losses.addRest(left, 'the time settings');
  const timepicker = {
    ...(isList(autoRefreshIntervals) && !isUsual(autoRefreshIntervals)
      ? { refresh_intervals: autoRefreshIntervals }
      : {}),
    ...(hideTimepicker === true ? { hidden: true } : {}),
    ...(nowDelay ? { nowDelay } : {}),
    ...(isList(quickRanges) ? { quick_ranges: quickRanges } : {}),
  };
  return {
    time: { from: from || 'now-6h', to: to || 'now' },
    timezone: timezone ?? 'browser',
    refresh: autoRefresh ?? '',
    ...(weekStart ? { weekStart } : {}),
    ...(fiscalYearStartMonth ? { fiscalYearStartMonth } : {}),
    ...(Object.keys(timepicker).length > 0 ? { timepicker } : {}),
  };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

/** What v2 writes out where nothing is said. */
function isUsual(intervals: readonly unknown[]): boolean {
  return intervals.join() === '5s,10s,30s,1m,5m,15m,30m,1h,2h,1d';
}

function linkOf({ origin, ...link }: Json, { losses }: V2Context): Json {
  losses.addRest({ origin }, `link "${String(link.title)}"`);
  return link;
}

/** The dashboard's variables; those of a row or a tab are its own now, where the name is free. */
function variablesOf({ variables, layout }: Json, context: V2Context): readonly Json[] {
  const found = objectsOf(variables).flatMap((one) => classicVariable(one, context));
  const taken = new Set(found.map(({ name }) => name));
  for (const { place, variable } of sectionVariables(layout)) {
    const name = objectOf(variable.spec)?.name;
    const what = `Variable "${String(name)}"`;
    if (taken.has(name)) context.losses.add(what, 'left out, as the dashboard has one of this name', place);
    else {
      context.losses.add(what, 'it is a variable of the whole dashboard', place);
      found.push(...classicVariable(variable, context));
      taken.add(name);
    }
  }
  return found;
}

function sectionVariables(layout: unknown): { readonly place: string; readonly variable: Json }[] {
  const { rows, tabs } = objectOf(objectOf(layout)?.spec) ?? {};
  const named = (of: string, parts: unknown) =>
    objectsOf(parts).flatMap((part) => {
      const { title, variables, layout: inner } = objectOf(part.spec) ?? {};
      const place = `${of} "${String(title ?? '')}"`;
      return [...objectsOf(variables).map((variable) => ({ place, variable })), ...sectionVariables(inner)];
    });
  return [...named('row', rows), ...named('tab', tabs)];
}
