import { dirname, posix } from 'node:path';
import type { ObjectPattern } from '@babel/types';
import { objectOf } from '../../diff/json.ts';
import type { FileTree } from '../../load/file-tree.ts';
import { readText } from '../../load/tree-files.ts';
import { datasourceRef, findDatasource } from '../../model/datasource-uid.ts';
import type { Workspace } from '../../model/workspace.ts';
import { text } from '../code/code.ts';
import { byMeaning } from '../code/residual.ts';
import type { DashboardWriting } from '../write/dashboard-writing.ts';
import { type DatasourceModule, datasourceConstants, datasourceNames } from '../write/datasource-names.ts';
import { type KnownMetrics, typedQueries } from '../write/typed-queries.ts';
import type { NewNames } from './assemble.ts';
import { styleOf } from './code-style.ts';
import { bare, type DefinitionSource, isCallOf, stringOf } from './definition-source.ts';
import type { Editing } from './editing.ts';
import { moduleNames } from './module-names.ts';

/** What new code in a definition is written with: the names that are there, the datasources, the catalogues. */
export function editingOf(
  source: DefinitionSource,
  tree: FileTree,
  { datasources, catalogues }: Workspace,
): { readonly editing: Editing; readonly newNames: NewNames } {
  const style = styleOf(source);
  const names = moduleNames(source);
  const known = namedDatasources(source, tree);
  const others = datasourceNames(names, datasources, sharedModule(tree));
  const queries = typedQueries(
    { names },
    catalogues,
    metricsIn(
      source,
      catalogues.map(({ file }) => file),
    ),
  );
  const writing: DashboardWriting = {
    names,
    likeness: byMeaning,
    datasource(ref) {
      const reference = datasourceRef(ref);
      const found = reference.kind === 'uid' ? findDatasource(datasources, reference.uid) : undefined;
      const local =
        found && objectOf(ref)?.type === found.type ? known.get(`${found.name} ${found.type}`) : undefined;
      return local === undefined ? others.nameOf(ref) : text(local);
    },
    datasources,
    promql: (expr) => queries.write(expr),
  };
  return {
    editing: { source, style, writing },
    newNames: { names, style, definitions: () => [...others.definitions, ...queries.definitions] },
  };
}

/** Constants for datasources that the definition has or imports, by `name type` of the datasource. */
function namedDatasources(source: DefinitionSource, tree: FileTree): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const [local, { module, name }] of source.imports) {
    if (!module.startsWith('.')) continue;
    const path = posix.join(dirname(source.path), module);
    const exported = readText(tree, path) ?? readText(tree, `${path}.ts`) ?? '';
    for (const [key, constant] of datasourceConstants(exported)) if (constant === name) known.set(key, local);
  }
  for (const [local, value] of source.constants) {
    const call = bare(value);
    if (!isCallOf(source, call, 'datasource')) continue;
    const [name, type] = call.arguments.map((argument) => stringOf(source, argument));
    if (name !== undefined && type !== undefined) known.set(`${name} ${type}`, local);
  }
  return known;
}

function sharedModule(tree: FileTree): DatasourceModule | undefined {
  const found = readText(tree, 'dashboards/lib/datasources.ts');
  return found === undefined
    ? undefined
    : { specifier: './lib/datasources.ts', constants: datasourceConstants(found) };
}

/** `const m = metrics(catalogue)` and `const { up } = metrics(catalogue)`, by the file of the catalogue. */
function metricsIn(source: DefinitionSource, files: readonly string[]): ReadonlyMap<string, KnownMetrics> {
  const found = new Map<string, KnownMetrics>();
  for (const { id, init } of source.declared) {
    const call = bare(init);
    if (!isCallOf(source, call, 'metrics')) continue;
    const [argument] = call.arguments;
    const imported = argument?.type === 'Identifier' ? source.imports.get(argument.name) : undefined;
    const path = imported && posix.join(dirname(source.path), imported.module);
    const file = files.find((one) => one === path || one === `${path}.ts`);
    if (file === undefined) continue;
    const { all, each } = found.get(file) ?? { all: undefined, each: new Map<string, string>() };
    found.set(file, {
      all: id.type === 'Identifier' ? id.name : all,
      each: new Map([...each, ...(id.type === 'ObjectPattern' ? namesIn(id) : [])]),
    });
  }
  return found;
}

function namesIn({ properties }: ObjectPattern): readonly (readonly [string, string])[] {
  return properties.flatMap((one) => {
    if (one.type !== 'ObjectProperty' || one.computed || one.value.type !== 'Identifier') return [];
    const name = one.key.type === 'Identifier' ? one.key.name : undefined;
    return name === undefined ? [] : [[name, one.value.name] as const];
  });
}
