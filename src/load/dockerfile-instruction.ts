import type { Instruction } from 'dockerfile-ast';

/** `NAME=value` pairs of `ARG` and `ENV`. */
export function propertiesOf(instruction: Instruction): (readonly [string, string | undefined])[] {
  const { getProperties } = instruction as Instruction & {
    getProperties?: () => { getName(): string; getValue(): string | null }[];
  };
  return (getProperties?.call(instruction) ?? []).map((property) => [
    property.getName(),
    property.getValue() ?? undefined,
  ]);
}

/** The value of a flag such as `--from=`. */
export function flagOf(instruction: Instruction, name: string): string | undefined {
  const { getFlags } = instruction as Instruction & {
    getFlags?: () => { getName(): string; getValue(): string | null }[];
  };
  return (
    getFlags
      ?.call(instruction)
      .find((flag) => flag.getName() === name)
      ?.getValue() ?? undefined
  );
}

/** The words behind the keyword. */
export function wordsOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}

/** What stands behind the keyword, continued lines as one. */
export function rawArguments(instruction: Instruction): string {
  return (instruction.getRawArgumentsContent() ?? '').replace(/\\\r?\n/g, ' ');
}

/** The words of the JSON form; undefined for the shell form. */
export function jsonWords(text: string): string[] | undefined {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined;
  }
}
