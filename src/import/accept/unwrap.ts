import { type Json, objectOf, objectsOf, textOf } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';

/** A classic dashboard taken out of what it came in. */
export interface Unwrapped {
  readonly dashboard: Json;
  /** Title of its folder, when the wrapping says it. */
  readonly folder?: string;
  /** What was decided on the way, one sentence each. */
  readonly notes: readonly string[];
}

/** The sentence that says why something is no dashboard that can be imported. */
export interface NotAccepted {
  readonly why: string;
}

/**
 * Takes a classic dashboard out of what people have: the JSON itself, what Grafana's HTTP API answers, a Kubernetes-style
 * resource of version 0 or 1, or an export for sharing, whose inputs are filled in.
 */
export function unwrap(
  value: unknown,
  datasources: readonly ProvisionedDatasource[],
): Unwrapped | NotAccepted {
  const json = objectOf(value);
  if (!json) return { why: `expected a dashboard, found ${Array.isArray(value) ? 'a list' : typeof value}` };
  const spec = objectOf(json.spec);
  if (spec && typeof json.kind === 'string') return fromResource(json, spec, datasources);
  const inner = objectOf(json.dashboard);
  if (inner && !json.panels) {
    const { folderTitle } = objectOf(json.meta) ?? {};
    const notes = ['Taken out of an answer of the HTTP API.'];
    const folder = textOf(folderTitle);
    return withInputs(
      { dashboard: inner, notes, ...(folder && folder !== 'General' ? { folder } : {}) },
      datasources,
    );
  }
  if (objectOf(json.elements) && objectOf(json.layout)) return { why: SCHEMA_V2 };
  if (!Array.isArray(json.panels) && !Array.isArray(json.rows) && textOf(json.title) === undefined)
    return { why: 'expected a dashboard with `panels`, found none and no `title` either' };
  return withInputs({ dashboard: json, notes: [] }, datasources);
}

const SCHEMA_V2 =
  'schema v2 (`elements` and `layout`): save it as "V1 resource" or "Classic" in Grafana\'s export, then import that';

function fromResource(
  json: Json,
  spec: Json,
  datasources: readonly ProvisionedDatasource[],
): Unwrapped | NotAccepted {
  if (json.kind !== 'Dashboard') return { why: `expected a resource of kind Dashboard, found ${json.kind}` };
  if (/\/v2/.test(String(json.apiVersion)) || objectOf(spec.elements)) return { why: SCHEMA_V2 };
  const uid = textOf(objectOf(json.metadata)?.name) ?? textOf(spec.uid);
  const dashboard = uid === undefined ? spec : { ...spec, uid };
  return withInputs(
    { dashboard, notes: [`Taken out of a resource (${json.apiVersion}); its name is the uid.`] },
    datasources,
  );
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
