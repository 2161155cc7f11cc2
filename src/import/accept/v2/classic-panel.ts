import { type Json, objectOf, objectsOf, textOf } from '../../../diff/json.ts';
import type { V2Context } from './context.ts';
import { classicQuery, textOrQuery } from './data-query.ts';

/** An element of a dashboard as a panel without its place; undefined for a kind that has no classic form. */
export function classicPanel(name: string, element: Json, context: V2Context): Json | undefined {
  const spec = objectOf(element.spec) ?? {};
  switch (element.kind) {
    case 'Panel':
      return panelOf(name, spec, context);
    case 'LibraryPanel': {
      const { id, title, libraryPanel, ...rest } = spec;
      context.losses.addRest(rest, `library panel "${textOf(title) ?? name}"`);
      return { id, title, type: 'library-panel-ref', libraryPanel };
    }
    default:
      context.losses.add(`Kind ${String(element.kind)}`, 'left out', `element "${name}"`);
      return undefined;
  }
}

/** How a panel is spoken of. */
export function panelName(name: string, element: Json | undefined): string {
  return `panel "${textOf(objectOf(element?.spec)?.title) ?? name}"`;
}

function panelOf(name: string, spec: Json, context: V2Context): Json {
  const { id, title, description, links, data, vizConfig, transparent, ...rest } = spec;
  const place = panelName(name, { spec });
  context.losses.addRest(rest, place);
  const { kind, group, spec: look } = objectOf(vizConfig) ?? {};
  const { options, fieldConfig } = objectOf(look) ?? {};
  return {
    id,
    title,
    // The kind was the type in v2alpha1.
    type: textOf(group) ?? textOf(kind),
    ...given({ description, transparent, links, options, fieldConfig }),
    ...dataOf(objectOf(objectOf(data)?.spec) ?? {}, place, context),
  };
}

function dataOf(data: Json, place: string, context: V2Context): Json {
  const { queries, transformations, queryOptions, ...rest } = data;
  context.losses.addRest(rest, place);
  // Reserved in the schema, and heeded nowhere.
  const { timeTo: _, ...options } = objectOf(queryOptions) ?? {};
  const targets = objectsOf(queries).map((query) => targetOf(objectOf(query.spec) ?? {}, place, context));
  const refs = new Map(
    targets.flatMap(({ datasource }) => (datasource ? [[JSON.stringify(datasource), datasource]] : [])),
  );
  const datasource = refs.size > 1 ? { type: 'datasource', uid: '-- Mixed --' } : [...refs.values()][0];
  return {
    ...options,
    ...given({ datasource }),
    ...(targets.length > 0 ? { targets } : {}),
    ...(Array.isArray(transformations) && transformations.length > 0
      ? { transformations: objectsOf(transformations).map(transformationOf) }
      : {}),
  };
}

function targetOf(
  { query, datasource: beside, refId, hidden, ...rest }: Json,
  place: string,
  context: V2Context,
): Json {
  context.losses.addRest(rest, `a query of ${place}`);
  const { datasource, spec } = classicQuery(query, beside, context);
  const text = textOrQuery(spec);
  return {
    ...(typeof text === 'string' ? { query: text } : spec),
    refId,
    ...(hidden === true ? { hide: true } : {}),
    ...given({ datasource }),
  };
}

/** The transformation's id is its group, before v2 it stood in the spec. */
function transformationOf({ kind, group, spec }: Json): Json {
  const { id, ...options } = objectOf(spec) ?? {};
  return { id: textOf(id) ?? textOf(group) ?? kind, ...options };
}

/** Only what is there. */
function given(json: Json): Json {
  return Object.fromEntries(
    Object.entries(json).filter(([, value]) => value !== undefined && value !== null),
  );
}
