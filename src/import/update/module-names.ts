import { dirname, posix } from 'node:path';
import { type Names, newNames, useSdk } from '../code/names.ts';
import { type DefinitionSource, nodesOf } from './definition-source.ts';

/** An import that new code needs and the module does not have yet. */
export interface NewImport {
  readonly module: string;
  readonly name: string;
  readonly local: string;
}

/** Names for code that goes into a module: those it imports already, and new ones that nothing there has. */
export interface ModuleNames extends Names {
  /** What was asked for and is not imported yet. */
  readonly added: readonly NewImport[];
}

/** The names of a definition. */
export function moduleNames(source: DefinitionSource): ModuleNames {
  const fresh = newNames(identifiersOf(source));
  const added: NewImport[] = [];
  const known = new Map(
    [...source.imports].map(([local, { module, name }]) => [keyOf(source, module, name), local]),
  );
  const use: Names['use'] = (module, name, alias = name) => {
    const key = keyOf(source, module, name);
    const there = known.get(key);
    if (there !== undefined) return there;
    const local = fresh.define(alias);
    known.set(key, local);
    added.push({ module, name, local });
    return local;
  };
  return { ...fresh, use, useSdk: (sdkPackage, name) => useSdk(use, sdkPackage, name), added };
}

/** The same module, with or without an ending, is the same. */
function keyOf({ path }: DefinitionSource, module: string, name: string): string {
  const file = module.startsWith('.')
    ? posix.join(dirname(path), module).replace(/\.[cm]?[jt]s$/, '')
    : module;
  return `${file} ${name}`;
}

function identifiersOf({ file }: DefinitionSource): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of nodesOf(file.program)) if (node.type === 'Identifier') found.add(node.name);
  return found;
}
