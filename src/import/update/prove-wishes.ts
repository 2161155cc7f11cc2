import type { Json } from '../../diff/json.ts';
import type { Splice } from '../../edit/splice.ts';
import { assemble, type NewNames } from './assemble.ts';
import type { DefinitionSource } from './definition-source.ts';
import { type Difference, differences } from './differences.ts';
import type { Way } from './editing.ts';
import type { WishGroup } from './plan-wishes.ts';
import type { Tried } from './try-definitions.ts';

/** What wishes are proved with. */
export interface Proof {
  readonly source: DefinitionSource;
  /** What the definition compiles to. */
  readonly before: Json;
  /** What it is to compile to. */
  readonly after: Json;
  readonly newNames: NewNames;
  trial(texts: readonly string[]): Promise<readonly Tried[]>;
  /** The dashboard in what was tried; undefined when that is wrong in any other way. */
  compiled(tried: Tried): Json | undefined;
}

/** What was proved: the text with it, the differences that are gone, and those that are left. */
export interface Proved {
  readonly text: string;
  readonly made: readonly Difference[];
  readonly left: readonly Difference[];
}

/**
 * Tries each way of each wish by itself, then what holds together. A way holds when the definition with it compiles, at
 * least one difference is gone, and nothing else has become different.
 */
export async function proveWishes(groups: readonly WishGroup[], proof: Proof): Promise<Proved> {
  const all = differences(proof.before, proof.after);
  const judge = judgeOf(all, proof);
  const tries = groups.flatMap(({ wishes }, group) =>
    wishes.flatMap((ways, wish) => ways.map((way) => ({ group, wish, way }))),
  );
  const verdicts = await judge(tries.map(({ way }) => way));
  const chosen = new Map<string, Way>();
  for (const [index, { group, wish, way }] of tries.entries()) {
    const key = `${group} ${wish}`;
    if (verdicts[index] && !chosen.has(key)) chosen.set(key, way);
  }
  // Some changes of a panel only make sense together, such as two queries that go elsewhere.
  const together = groups.flatMap(({ wishes }, group) => {
    const ways = wishes.map((some, wish) => chosen.get(`${group} ${wish}`) ?? some[0] ?? []);
    const isOpen = wishes.some((_, wish) => !chosen.has(`${group} ${wish}`));
    return wishes.length > 1 && isOpen ? [{ group, ways }] : [];
  });
  const joint = await judge(together.map(({ ways }) => ways.flat()));
  for (const [index, { group, ways }] of together.entries())
    if (joint[index]) for (const [wish, way] of ways.entries()) chosen.set(`${group} ${wish}`, way);
  const held = await combine([...chosen.values()], judge, proof.source.text);
  const left = held.left ?? all;
  const signs = new Set(left.map(({ sign }) => sign));
  return { text: held.text, left, made: all.filter(({ sign }) => !signs.has(sign)) };
}

/** What is left when a text holds. */
type Verdict = { readonly text: string; readonly left: readonly Difference[] } | undefined;

type Judge = (ways: readonly Way[]) => Promise<readonly Verdict[]>;

function judgeOf(
  all: readonly Difference[],
  { source, before, after, newNames, trial, compiled }: Proof,
): Judge {
  const wanted = new Set(all.map(({ sign }) => sign));
  const isWanted = ({ sign }: Difference) => wanted.has(sign);
  const verdicts = new Map<string, Verdict>();
  const verdictOf = (text: string, tried: Tried | undefined): Verdict => {
    const json = tried && compiled(tried);
    if (!json) return undefined;
    const left = differences(json, after);
    const holds =
      left.length < all.length && left.every(isWanted) && differences(before, json).every(isWanted);
    return holds ? { text, left } : undefined;
  };
  return async (ways) => {
    const texts = ways.map((way) => assemble(source, way, newNames));
    const untried = [...new Set(texts)].filter((text) => text !== undefined && !verdicts.has(text));
    const asked = untried.flatMap((text) => text ?? []);
    const tried = asked.length === 0 ? [] : await trial(asked);
    for (const [index, text] of asked.entries()) verdicts.set(text, verdictOf(text, tried[index]));
    return texts.map((text) => (text === undefined ? undefined : verdicts.get(text)));
  };
}

/** All of them at once; when that does not hold, one after the other as far as each still brings something. */
async function combine(
  ways: readonly Way[],
  judge: Judge,
  text: string,
): Promise<{ readonly text: string; readonly left?: readonly Difference[] }> {
  if (ways.length === 0) return { text };
  const [all] = await judge([ways.flat()]);
  if (all) return all;
  let made: { text: string; left?: readonly Difference[] } = { text };
  let kept: readonly Splice[] = [];
  for (const way of ways) {
    const [next] = await judge([[...kept, ...way]]);
    if (!next || (made.left && next.left.length >= made.left.length)) continue;
    made = next;
    kept = [...kept, ...way];
  }
  return made;
}
