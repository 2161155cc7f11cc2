import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';

const REPOSITORY = join(import.meta.dirname, '../..');

/** A step of an action or of a job. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a step that ran came to. */
export interface StepResult {
  readonly exitCode: number | undefined;
  readonly output: string;
}

/** A YAML file of this repository. */
export function readYaml<T>(path: string): T {
  return parse(readFileSync(join(REPOSITORY, path), 'utf8')) as T;
}

/**
 * Runs a step as GitHub does: its own script in its own shell, with the expressions of its environment filled in.
 *
 * @throws Error for an expression that `values` does not have: a test must not run something else
 */
export async function runStep(
  step: Step,
  cwd: string,
  values: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Promise<StepResult> {
  if (step.shell !== 'bash' || step.run === undefined) throw new Error(`not a step of bash: ${step.name}`);
  const env = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, text]) => [
      name,
      String(text).replace(/\$\{\{ *([^}]*?) *\}\}/g, (_, expression: string) => {
        const value = values[expression];
        if (value === undefined) throw new Error(`no value for ${expression}`);
        return value;
      }),
    ]),
  );
  const { exitCode, all } = await execa(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run],
    { cwd, env: { ...environment, ...env, NO_COLOR: '1' }, all: true, reject: false },
  );
  return { exitCode, output: all };
}
