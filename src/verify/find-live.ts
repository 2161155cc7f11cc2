import type { DatasourceRef } from '../model/datasource.ts';
import { findDatasource } from '../model/datasource-uid.ts';
import type { Workspace } from '../model/workspace.ts';
import type { VariableValues } from './interpolate.ts';
import { type LiveDatasource, liveDatasource, type Stack } from './stack.ts';

/**
 * The live datasource behind a reference; a text when there should be one and is none; undefined for those that have no
 * server behind them.
 */
export function findLive(
  ref: DatasourceRef,
  variables: VariableValues,
  workspace: Workspace,
  stack: Stack,
): LiveDatasource | string | undefined {
  const named = (name: string, type?: string) => {
    const ofTree = findDatasource(workspace.datasources, name);
    const live = ofTree
      ? liveDatasource(stack.datasources, ofTree)
      : stack.datasources.find(({ uid, name: other }) => uid === name || other === name);
    return live ?? missing(name, ofTree?.type ?? type, stack);
  };
  switch (ref.kind) {
    case 'uid':
      return named(ref.uid, ref.type);
    case 'name':
    case 'defined':
      return named(ref.name);
    case 'built-in':
      return undefined;
    case 'variable': {
      const [value] = variables.get(ref.name)?.values ?? [];
      if (value === undefined) return `the variable ${ref.name} stands for no datasource`;
      return value === 'default'
        ? findLive({ kind: 'default', type: ref.type }, variables, workspace, stack)
        : named(value, ref.type);
    }
    case 'default': {
      const ofType = stack.datasources.filter(({ type }) => ref.type === undefined || type === ref.type);
      const live =
        ofType.find(({ isDefault }) => isDefault) ?? (ref.type === undefined ? undefined : ofType[0]);
      return live ?? missing('default', ref.type, stack);
    }
    default:
      return ref satisfies never;
  }
}

function missing(name: string, type: string | undefined, { grafana, datasources }: Stack): string {
  if (grafana)
    return `there is no datasource "${name}"; there is ${datasources.map(({ uid }) => uid).join(', ')}`;
  const flag = type === 'prometheus' || type === 'loki' || type === 'tempo' ? `--${type}` : '--grafana';
  return `datasource "${name}" has no address: give ${flag} URL`;
}
