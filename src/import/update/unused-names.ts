import { type DefinitionSource, lineAt, spanOf } from './definition-source.ts';
import { namesSpoken } from './names-spoken.ts';

/** A constant or function that nothing speaks of any more. */
export interface UnusedName {
  readonly name: string;
  readonly line: number;
}

/** What the old text used and the new one only declares: left for whoever reads the diff to decide on. */
export function unusedNames(before: DefinitionSource, after: DefinitionSource): readonly UnusedName[] {
  const [used, left] = [countsOf(before), countsOf(after)];
  return after.file.program.body.flatMap((statement) => {
    const line = lineAt(after.text, spanOf(statement).start);
    const names =
      statement.type === 'FunctionDeclaration' && statement.id
        ? [statement.id.name]
        : statement.type === 'VariableDeclaration'
          ? statement.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
          : [];
    return names
      .filter((name) => (used.get(name) ?? 0) > 1 && left.get(name) === 1)
      .map((name) => ({ name, line }));
  });
}

function countsOf(source: DefinitionSource): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of namesSpoken(source)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
