import { z } from 'zod';

/** A die: what it can show, and how likely a roll of it fails (0 to 1). */
export const dieSpecification = z.object({
  faces: z.array(z.int()).min(1).max(100),
  error_rate: z.number().min(0).max(1),
});

/** A die: what it can show, and how likely a roll of it fails (0 to 1). */
export type DieSpecification = Readonly<z.output<typeof dieSpecification>>;

/** die-service's answer to a question for one die. */
export const dieAnswer = z.object({ identifier: z.string(), specification: dieSpecification });

/** die-service's answer to a question for the list of dice. */
export const diceAnswer = z.object({ identifiers: z.array(z.string()).max(1000) });
