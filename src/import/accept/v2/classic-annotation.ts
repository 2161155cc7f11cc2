import { type Json, objectOf } from '../../../diff/json.ts';
import type { V2Context } from './context.ts';
import { classicQuery } from './data-query.ts';

/** An annotation query in its classic form. */
export function classicAnnotation(annotation: Json, context: V2Context): Json {
  const { query, datasource: beside, builtIn, legacyOptions, ...same } = objectOf(annotation.spec) ?? {};
  const { datasource, spec } = classicQuery(query, beside, context);
  return {
    // What its query said at the top of a classic annotation.
    ...objectOf(legacyOptions),
    ...same,
    ...(builtIn === true ? { builtIn: 1, type: 'dashboard' } : {}),
    ...(datasource ? { datasource } : {}),
    ...(Object.keys(spec).length > 0 ? { target: spec } : {}),
  };
}
