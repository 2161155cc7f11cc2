import { idOf } from '../../definition/compile.ts';

/** What a name is made of. */
interface Titled {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly type?: unknown;
}

/**
 * Keys for panels, from their titles and each only once. When a part of the title has the panel's id for a hash, the
 * panel was defined with that key: it gets it back.
 */
export function panelKeys(panels: readonly Titled[]): readonly string[] {
  const taken = new Set<string>();
  return panels.map((panel) => {
    const words = wordsOf(panel.title);
    const own = candidates(words).find((key) => idOf(key) === panel.id && !taken.has(key));
    const wanted = own ?? (camelCase(words) || camelCase(wordsOf(panel.type)) || 'panel');
    let key = wanted;
    for (let count = 2; taken.has(key); count++) key = `${wanted}${count}`;
    taken.add(key);
    return key;
  });
}

/** A name of TypeScript from some text; `''` when no letter is in it. */
export function nameFrom(text: unknown): string {
  return camelCase(wordsOf(text));
}

function wordsOf(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  return text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
}

/** Every run of words. */
function candidates(words: readonly string[]): string[] {
  const few = words.slice(0, 8);
  return few.flatMap((_, from) =>
    few.slice(from).map((__, count) => camelCase(few.slice(from, from + count + 1))),
  );
}

function camelCase(words: readonly string[]): string {
  const name = words
    .slice(0, 6)
    .map((word, index) => {
      const small = word.toLowerCase();
      return index === 0 ? small : small.charAt(0).toUpperCase() + small.slice(1);
    })
    .join('')
    .slice(0, 40);
  return /^\d/.test(name) ? `n${name}` : name;
}
