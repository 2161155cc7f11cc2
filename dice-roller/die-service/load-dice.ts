import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type DieServiceConfig, StartError } from '../common/config.ts';
import { type DieSpecification, dieSpecification } from '../common/die.ts';

/** Dice by name, in the order of their file. */
export type Dice = ReadonlyMap<string, DieSpecification>;

const diceFile = z.record(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), z.strictObject(dieSpecification.shape));

/**
 * Reads the dice of the configuration: `DICE_FILE` or the dice that ship with the service, and the extreme die when its
 * flag is set.
 *
 * @throws StartError that names the file and the place when it is missing, broken or without dice.
 */
export function loadDice({ DICE_FILE, EXTREME_DIE }: DieServiceConfig): Dice {
  // These paths are right for the source and for the bundle, which both lie one folder below the package.
  const files = [
    DICE_FILE ?? shipped('../dice.json'),
    ...(EXTREME_DIE ? [shipped('../dice-extreme.json')] : []),
  ];
  const dice = new Map(files.flatMap((file) => Object.entries(readDiceFile(file))));
  if (dice.size === 0) throw new StartError(`No die in ${DICE_FILE}: expected at least one`);
  return dice;
}

function shipped(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

function readDiceFile(file: string): Readonly<Record<string, DieSpecification>> {
  const result = diceFile.safeParse(parseJson(file));
  if (result.success) return result.data;
  const places = result.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(whole file)'}: ${issue.message}`,
  );
  throw new StartError(`Bad die specification in ${file}:\n${places.join('\n')}`);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartError(`Cannot read die specifications from ${file}: ${(error as Error).message}`);
  }
}
