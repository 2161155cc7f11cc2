import { type Json, objectOf, objectsOf, textOf } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { classicDashboard } from './v2/classic-dashboard.ts';
import { shapeFault } from './v2/shape-fault.ts';

/** A classic dashboard taken out of what it came in. */
export interface Unwrapped {
  readonly dashboard: Json;
  /** Title of its folder, when the wrapping says it. */
  readonly folder?: string;
  /** What was decided on the way, one sentence each. */
  readonly notes: readonly string[];
  /** What it had that the classic form has not, and what stands there instead. */
  readonly losses?: readonly string[];
}

/** The sentence that says why something is no dashboard that can be imported. */
export interface NotAccepted {
  readonly why: string;
}

/**
 * Takes a classic dashboard out of what people have: the JSON itself, what Grafana's HTTP API answers, a Kubernetes-style
 * resource, or an export for sharing, whose inputs are filled in. One of schema v2 is brought into the classic form.
 */
export function unwrap(
  value: unknown,
  datasources: readonly ProvisionedDatasource[],
): Unwrapped | NotAccepted {
  const json = objectOf(value);
  if (!json) return { why: `expected a dashboard, found ${Array.isArray(value) ? 'a list' : typeof value}` };
  const spec = objectOf(json.spec);
  if (spec && typeof json.kind === 'string') return fromResource(json, spec, datasources);
  if (isV2(json)) return fromV2(json, [], datasources);
  const inner = objectOf(json.dashboard);
  if (inner && !json.panels) {
    const { folderTitle } = objectOf(json.meta) ?? {};
    const notes = ['Taken out of an answer of the HTTP API.'];
    const folder = textOf(folderTitle);
    if (isV2(inner)) return fromV2(inner, notes, datasources);
    return withInputs(
      { dashboard: inner, notes, ...(folder && folder !== 'General' ? { folder } : {}) },
      datasources,
    );
  }
  if (!Array.isArray(json.panels) && !Array.isArray(json.rows) && textOf(json.title) === undefined)
    return { why: 'expected a dashboard with `panels`, found none and no `title` either' };
  return withInputs({ dashboard: json, notes: [] }, datasources);
}

/** Schema v2 keeps its panels as elements, and their places in a layout. */
function isV2(json: Json): boolean {
  if (Array.isArray(json.panels) || Array.isArray(json.rows)) return false;
  return [json.elements, json.layout].some((part) => typeof part === 'object' && part !== null);
}

function fromV2(
  spec: Json,
  notes: readonly string[],
  datasources: readonly ProvisionedDatasource[],
): Unwrapped | NotAccepted {
  const why = shapeFault(spec);
  if (why !== undefined) return { why };
  const classic = classicDashboard(spec, datasources);
  return { ...classic, notes: [...notes, ...classic.notes] };
}

function fromResource(
  json: Json,
  spec: Json,
  datasources: readonly ProvisionedDatasource[],
): Unwrapped | NotAccepted {
  // With what a user may do, the API answers the second.
  if (json.kind !== 'Dashboard' && json.kind !== 'DashboardWithAccessInfo')
    return { why: `expected a resource of kind Dashboard, found ${json.kind}` };
  const { conversion } = objectOf(json.status) ?? {};
  const { failed, storedVersion, error } = objectOf(conversion) ?? {};
  if (failed === true && !Array.isArray(spec.panels) && !objectOf(spec.elements))
    return {
      why: `Grafana could not convert it to ${json.apiVersion} (${error}): ask for ${storedVersion}, as which it is stored`,
    };
  if (/\/v2/.test(String(json.apiVersion)) && !isV2(spec))
    return { why: `expected ${json.apiVersion} to have \`elements\` and a \`layout\`, found neither` };
  const uid = textOf(objectOf(json.metadata)?.name) ?? textOf(spec.uid);
  const dashboard = uid === undefined ? spec : { ...spec, uid };
  const notes = [`Taken out of a resource (${json.apiVersion}); its name is the uid.`];
  return isV2(spec) ? fromV2(dashboard, notes, datasources) : withInputs({ dashboard, notes }, datasources);
}

/** Puts provisioned datasources and constants in the places of an export's inputs, and library panels where they stand. */
function withInputs(unwrapped: Unwrapped, datasources: readonly ProvisionedDatasource[]): Unwrapped {
  const { __inputs: inputs, __elements: elements, __requires: _, ...dashboard } = unwrapped.dashboard;
  const notes = [...unwrapped.notes];
  const values = new Map<string, string>();
  for (const { name, type, pluginId, value } of objectsOf(inputs)) {
    if (typeof name !== 'string') continue;
    if (type === 'constant' && typeof value === 'string') values.set(name, value);
    if (type !== 'datasource') continue;
    const ofType = datasources.filter((datasource) => datasource.type === pluginId);
    const chosen = ofType.find(({ isDefault }) => isDefault) ?? ofType[0];
    if (chosen) {
      values.set(name, chosen.effectiveUid);
      notes.push(
        `Input \${${name}} is the datasource ${chosen.name}${ofType.length > 1 ? `, one of ${ofType.length} of type ${pluginId}` : ''}.`,
      );
    } else notes.push(`Input \${${name}} stays: the provisioning has no datasource of type ${pluginId}.`);
  }
  const library = new Map(Object.entries(objectOf(elements) ?? {}));
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/\$\{(\w+)\}/g, (all, name: string) => values.get(name) ?? all);
    if (Array.isArray(value)) return value.map(fill);
    const object = objectOf(value);
    if (!object) return value;
    const model = objectOf(objectOf(library.get(String(objectOf(object.libraryPanel)?.uid)))?.model);
    const whole =
      model && Array.isArray(object.targets) === false ? { ...model, ...withoutLibrary(object) } : object;
    return Object.fromEntries(Object.entries(whole).map(([key, inner]) => [key, fill(inner)]));
  };
  if (library.size > 0)
    notes.push('Library panels of the export stand in the dashboard as panels of its own.');
  const isExport = values.size > 0 || library.size > 0;
  return { ...unwrapped, notes, dashboard: isExport ? (fill(dashboard) as Json) : dashboard };
}

function withoutLibrary({ libraryPanel: _, ...panel }: Json): Json {
  return panel;
}
