/**
 * A query with each of Grafana's variables and macros (`$name`, `${name:format}`, `[[name]]`, `$__rate_interval`)
 * replaced by text of the same length that the grammar reads, so that positions stay. What a variable holds is never
 * guessed: `variables` lists the spans, and whoever looks at a masked part must take it for anything.
 */
export interface MaskedQuery {
  readonly text: string;
  readonly variables: readonly MaskedVariable[];
}

/** One variable and where it stands. */
export interface MaskedVariable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const VARIABLE = /\$(\w+)|\$\{(\w+)(?:\.[^:}]+)?(?::[^}]+)?\}|\[\[(\w+)(?:[.:][^\]]+)?\]\]/g;

/** Masks the variables of a PromQL or LogQL query. */
export function maskVariables(query: string): MaskedQuery {
  const variables: MaskedVariable[] = [];
  const text = query.replace(VARIABLE, (variable, plain, braced, square, at: number) => {
    variables.push({ name: plain ?? braced ?? square, start: at, end: at + variable.length });
    return standIn(query, at, variable.length);
  });
  return { text, variables };
}

/** A duration where the grammar wants one, a number where it wants one, otherwise a name. */
function standIn(query: string, at: number, length: number): string {
  const before = query.slice(0, at).trimEnd();
  const after = query.slice(at + length);
  const isInString = (before.match(/(?<!\\)["`]/g) ?? []).length % 2 === 1;
  if (isInString) return 'v'.repeat(length);
  const isDuration = /[[:]$/.test(before.replace(/[\w$]+$/, '')) || /\boffset(\s*-)?$/.test(before);
  if (isDuration) return /^[a-z]/.test(after) ? '1'.repeat(length) : `${'1'.repeat(length - 1)}s`;
  return 'v'.repeat(length);
}
