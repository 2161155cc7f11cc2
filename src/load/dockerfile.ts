import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { type Mount, normalise } from '../model/grafana-instance.ts';
import type { Location, TextRange } from '../model/source-file.ts';
import { interpolate, type Variables } from './compose/interpolate.ts';
import { flagOf, jsonWords, propertiesOf, rawArguments, wordsOf } from './dockerfile-instruction.ts';
import type { FileTree } from './file-tree.ts';
import { type CopyInstruction, copyInto } from './image-copies.ts';
import { writtenPaths } from './written-paths.ts';

/** What a Dockerfile makes of the image it begins with. */
export interface BuiltImage {
  /** Name of the image that the last stage (or the wanted one) rests on; undefined when variables hide it. */
  readonly base: string | undefined;
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** What is copied in, and (unknown) what other instructions may write. */
  readonly copies: readonly Mount[];
  /** Text of `ENTRYPOINT` and `CMD`. */
  readonly script: string;
  /** Text of all `RUN`, a line each. */
  readonly runs: string;
  readonly at: Location;
}

/** How an image is built. */
export interface BuildOptions {
  /** Folder of the tree that `COPY` takes from; undefined when the tree does not show it. */
  readonly context: string | undefined;
  /** Name (or number) of the stage to build; by default the last. */
  readonly target?: string | undefined;
  readonly args?: Variables;
  /** What the Dockerfile stands in. */
  readonly at: Location;
}

interface Stage {
  readonly name: string | undefined;
  readonly from: Instruction;
  readonly instructions: readonly Instruction[];
}

/** Beyond that it is no Dockerfile that somebody wrote, and reading it takes long. */
const MAX_LENGTH = 256 * 1024;
const MAX_INSTRUCTIONS = 1000;

/** Reads a Dockerfile; undefined when it has no (such) stage or is huge. Nothing is run. */
export function builtImage(tree: FileTree, text: string, options: BuildOptions): BuiltImage | undefined {
  const { args = new Map(), target } = options;
  if (text.length > MAX_LENGTH) return undefined;
  const instructions = DockerfileParser.parse(text).getInstructions();
  if (instructions.length > MAX_INSTRUCTIONS) return undefined;
  const globals = globalArguments(instructions, args);
  const stages = stagesOf(instructions, globals);
  const last = target
    ? stages.findIndex(({ name }, at) => name === target || String(at) === target)
    : stages.length - 1;
  const chain = stageChain(stages, last, globals);
  if (!chain) return undefined;
  const state = {
    folder: '/usr/share/grafana',
    environment: new Map<string, string | undefined>(),
    script: '',
    runs: '',
  };
  let copies: Mount[] = [];
  for (const stage of chain.stages) {
    const variables = new Map<string, string | undefined>(state.environment);
    for (const instruction of stage.instructions) {
      const at = placeOfInstruction(options.at, text, instruction);
      const put = (word: string) => interpolate(word, variables);
      switch (instruction.getKeyword()) {
        case 'ARG':
          for (const [name, value] of propertiesOf(instruction))
            variables.set(
              name,
              args.get(name) ?? (value === undefined ? globals.get(name) : put(value).text),
            );
          break;
        case 'ENV':
          for (const [name, value] of propertiesOf(instruction)) {
            const { text: known, missing } = put(value ?? '');
            state.environment.set(name, missing.length > 0 ? undefined : known);
            variables.set(name, missing.length > 0 ? undefined : known);
          }
          break;
        case 'WORKDIR':
          state.folder = absolute(state.folder, put(wordsOf(instruction)[0] ?? '').text);
          break;
        case 'COPY':
        case 'ADD':
          copies = copyInto(
            tree,
            copies,
            copyInstruction(instruction, text, state.folder, put),
            options.context,
            at,
          );
          break;
        case 'RUN':
          state.runs += `${rawArguments(instruction)}\n`;
          for (const path of writtenPaths(rawArguments(instruction)))
            copies.push({
              target: path,
              source: { kind: 'unknown', why: 'a RUN of the Dockerfile writes there' },
              at,
            });
          break;
        case 'ENTRYPOINT':
        case 'CMD':
          state.script += `${rawArguments(instruction)}\n`;
          break;
      }
    }
  }
  const { environment, script, runs } = state;
  return { base: chain.base, environment, copies, script, runs, at: options.at };
}

function globalArguments(instructions: readonly Instruction[], args: Variables): Variables {
  const globals = new Map<string, string | undefined>();
  for (const instruction of instructions) {
    if (instruction.getKeyword() === 'FROM') break;
    if (instruction.getKeyword() !== 'ARG') continue;
    for (const [name, value] of propertiesOf(instruction))
      globals.set(
        name,
        args.get(name) ?? (value === undefined ? undefined : interpolate(value, globals).text),
      );
  }
  return globals;
}

function stagesOf(instructions: readonly Instruction[], globals: Variables): Stage[] {
  const stages: { name: string | undefined; from: Instruction; instructions: Instruction[] }[] = [];
  for (const instruction of instructions) {
    if (instruction.getKeyword() === 'FROM') {
      const words = wordsOf(instruction).filter((word) => !word.startsWith('--'));
      const name = /^as$/i.test(words[1] ?? '') ? interpolate(words[2] ?? '', globals).text : undefined;
      stages.push({ name, from: instruction, instructions: [] });
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** The stages that a stage rests on, lowest first, and the image below them all. */
function stageChain(stages: readonly Stage[], last: number, globals: Variables) {
  const chain: Stage[] = [];
  let at = last;
  for (;;) {
    const stage = stages[at];
    if (!stage) return undefined;
    chain.unshift(stage);
    const words = wordsOf(stage.from).filter((word) => !word.startsWith('--'));
    const image = interpolate(words[0] ?? '', globals);
    const below = stages.findIndex(
      ({ name }, index) => index < at && name !== undefined && name === image.text,
    );
    // A tag or registry that is not known leaves the name readable: `grafana/grafana:`.
    if (below === -1) return { stages: chain, base: image.text === '' ? undefined : image.text };
    at = below;
  }
}

function copyInstruction(
  instruction: Instruction,
  text: string,
  folder: string,
  put: (word: string) => { text: string; missing: readonly string[] },
): CopyInstruction {
  const raw = rawArguments(instruction);
  const words = jsonWords(raw) ?? wordsOf(instruction);
  const heredocs = heredocTexts(instruction, text);
  const known = (heredocs.length > 0 ? words.slice(0, heredocs.length + 1) : words).map(put);
  const target = known.at(-1);
  const isUnclear = known.some(({ missing }) => missing.length > 0);
  return {
    from: flagOf(instruction, 'from'),
    isAdd: instruction.getKeyword() === 'ADD',
    heredocs,
    sources: heredocs.length > 0 ? [] : known.slice(0, -1).map((word) => word.text),
    target: absolute(folder, target?.text ?? ''),
    intoFolder: /\/$|(^|\/)\.$/.test(target?.text ?? ''),
    isUnclear,
  };
}

/** What here-documents of `COPY <<EOF /path` say; undefined when variables are put into it as the image is built. */
function heredocTexts(instruction: Instruction, text: string): (string | undefined)[] {
  const { getHeredocs } = instruction as Instruction & {
    getHeredocs?: () => { getContentRange(): Span | null }[];
  };
  const isLiteral = /<<-?["']/.test(instruction.getTextContent());
  return (getHeredocs?.call(instruction) ?? []).map((heredoc) => {
    const range = heredoc.getContentRange();
    const lines = range ? text.split(/\r?\n/).slice(range.start.line, range.end.line + 1) : [];
    const content = lines.map((line) => `${line}\n`).join('');
    return isLiteral || !content.includes('$') ? content : undefined;
  });
}

type Span = { readonly start: { readonly line: number }; readonly end: { readonly line: number } };

function absolute(folder: string, path: string): string {
  return normalise(path.startsWith('/') ? path : `${folder}/${path}`);
}

function placeOfInstruction(at: Location, text: string, instruction: Instruction): Location {
  if (at.path !== undefined) return at;
  const { start, end } = instruction.getRange();
  const range: TextRange = { start: offsetOf(text, start), end: offsetOf(text, end) };
  return { file: at.file, range };
}

function offsetOf(text: string, { line, character }: { line: number; character: number }): number {
  let offset = 0;
  for (let skipped = 0; skipped < line; skipped++) offset = text.indexOf('\n', offset) + 1;
  return offset + character;
}
