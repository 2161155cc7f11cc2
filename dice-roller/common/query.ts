import { HttpError, type ParameterProblem } from './http-error.ts';

/** A parsed query string: a parameter that is given more than once is an array. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A parameter's value, or what is wrong with it. */
type Parsed<T> = { readonly value: T } | { readonly problem: ParameterProblem };

/** Names of dice: what may stand in a URL, a log line and a label without harm. */
const diePattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Bound of what an answer repeats of its request. */
const echoLength = 100;

/** Reads `die`. @throws HttpError 422 that names the parameter. */
export function readDie(query: Query): string {
  return required(parseDie(query));
}

/** Reads `die` and `times`. @throws HttpError 422 that names every bad parameter. */
export function readBatch(query: Query): { readonly die: string; readonly times: number } {
  const die = parseDie(query);
  const times = parseTimes(query, 1, 20);
  const problems = [die, times].flatMap((parsed) => ('problem' in parsed ? [parsed.problem] : []));
  if (problems.length > 0) throw new HttpError(422, problems);
  return { die: required(die), times: required(times) };
}

/** Reads an optional parameter. @throws HttpError 422 when it is given more than once. */
export function readOptional(query: Query, name: string): string | undefined {
  return query[name] === undefined ? undefined : required(parseSingle(query, name));
}

function required<T>(parsed: Parsed<T>): T {
  if ('problem' in parsed) throw new HttpError(422, [parsed.problem]);
  return parsed.value;
}

function parseDie(query: Query): Parsed<string> {
  const die = parseSingle(query, 'die');
  if ('problem' in die || diePattern.test(die.value)) return die;
  return problem(
    'die',
    'string_pattern_mismatch',
    "String should match pattern '^[A-Za-z0-9_-]{1,64}$'",
    die.value,
  );
}

function parseTimes(query: Query, min: number, max: number): Parsed<number> {
  const times = parseSingle(query, 'times');
  if ('problem' in times) return times;
  if (!/^[+-]?\d+$/.test(times.value)) {
    return problem('times', 'int_parsing', 'Input should be a valid integer', times.value);
  }
  const value = Number(times.value);
  if (value < min) {
    const msg = `Input should be greater than or equal to ${min}`;
    return problem('times', 'greater_than_equal', msg, times.value);
  }
  if (value > max) {
    return problem('times', 'less_than_equal', `Input should be less than or equal to ${max}`, times.value);
  }
  return { value };
}

function parseSingle(query: Query, name: string): Parsed<string> {
  const value = query[name];
  if (value === undefined) return problem(name, 'missing', 'Field required', null);
  if (typeof value === 'string') return { value };
  return problem(name, 'repeated', 'Field should be given once', value.slice(0, 2).join('&'));
}

function problem(
  name: string,
  type: string,
  msg: string,
  input: string | null,
): { problem: ParameterProblem } {
  return { problem: { type, loc: ['query', name], msg, input: input?.slice(0, echoLength) ?? null } };
}
