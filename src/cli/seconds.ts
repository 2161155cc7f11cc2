import { InvalidArgumentError, Option } from 'commander';

/** Reads a flag's number of seconds. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Expected a number of seconds above 0.');
  return value;
}

/** The flag of every command that runs definitions; their messages name it. */
export function definitionTimeout(): Option {
  return new Option('--timeout <seconds>', 'how long one definition may take').argParser(seconds).default(10);
}
