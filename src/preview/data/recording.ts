import { UsageError } from '../../model/usage-error.ts';
import { list, number, object, text } from '../field/json.ts';
import type { Answer, Ask, Question, RawSeries } from './question.ts';

/** Answers of a server, kept so that the same pictures can be drawn without it. */
export interface Recording {
  /** Milliseconds since 1970 that `now` meant. */
  readonly now: number;
  readonly answers: ReadonlyMap<string, Answer>;
}

/** Asks somebody else and keeps what they answer. */
export function recordAnswers(ask: Ask): {
  readonly ask: Ask;
  readonly answers: ReadonlyMap<string, Answer>;
} {
  const answers = new Map<string, Answer>();
  return {
    answers,
    ask: async (question) => {
      const answer = await ask(question);
      answers.set(keyOf(question), answer);
      return answer;
    },
  };
}

/** Answers from a recording. A question that was not recorded has no answer. */
export function askRecording({ answers }: Recording): Ask {
  return async (question) =>
    answers.get(keyOf(question)) ?? { kind: 'unknown', note: 'Not in the recording' };
}

/** Which question it is: the dashboard's time range and the panel's width are part of it. */
function keyOf({ expr, range, step, query }: Question): string {
  return JSON.stringify([expr, range.from, range.to, step, query.instant]);
}

/** The recording as text: JSON with one answer a line, in an order that does not depend on who answered first. */
export function printRecording({ now, answers }: Recording): string {
  const lines = [...answers]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, answer]) => `    [${JSON.stringify(key)}, ${JSON.stringify(answer, numbersAsText)}]`);
  return `{\n  "panelproofRecording": 1,\n  "now": ${now},\n  "answers": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** JSON has no NaN and no infinities. */
function numbersAsText(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/**
 * Reads what `printRecording` wrote.
 *
 * @throws UsageError when the text is something else
 */
export function readRecording(content: string, file: string): Recording {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new UsageError(`expected ${file} to be a recording of \`preview --record\`; it is no JSON`);
  }
  const { panelproofRecording, now, answers } = object(json);
  const moment = number(now);
  if (panelproofRecording !== 1 || moment === undefined)
    throw new UsageError(`expected ${file} to be a recording of \`preview --record\``);
  return {
    now: moment,
    answers: new Map(
      list(answers).flatMap((entry) => {
        const [key, answer] = list(entry);
        const read = readAnswer(object(answer));
        return typeof key === 'string' && read ? [[key, read] as const] : [];
      }),
    ),
  };
}

function readAnswer(answer: Readonly<Record<string, unknown>>): Answer | undefined {
  switch (answer.kind) {
    case 'series': {
      const note = text(answer.note);
      const series = list(answer.series).map(readSeries);
      return { kind: 'series', series, ...(note === undefined ? {} : { note }) };
    }
    case 'unknown':
      return { kind: 'unknown', note: text(answer.note) ?? '' };
    case 'error':
      return { kind: 'error', message: text(answer.message) ?? '' };
    default:
      return undefined;
  }
}

function readSeries(item: unknown): RawSeries {
  const { labels, times, values } = object(item);
  const numbers = list(values);
  const moments = list(times).map((time) => number(time) ?? 0);
  return {
    labels: Object.fromEntries(Object.entries(object(labels)).map(([name, value]) => [name, String(value)])),
    times: moments,
    values: moments.map((_, index) => {
      const value = numbers[index];
      return value === null || value === undefined ? null : Number(value);
    }),
  };
}
