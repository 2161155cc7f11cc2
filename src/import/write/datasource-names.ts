import { objectOf } from '../../diff/json.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import { datasourceRef, findDatasource } from '../../model/datasource-uid.ts';
import { type Code, call, literal, text } from '../code/code.ts';
import { expressJson, type Writing } from '../code/express.ts';
import type { Names } from '../code/names.ts';
import { nameFrom } from './panel-key.ts';

/** The module in which a workspace names its datasources, and what it exports. */
export interface DatasourceModule {
  /** As the definition imports it: `./lib/datasources.ts`. */
  readonly specifier: string;
  /** Names of constants by `name type` of the datasource. */
  readonly constants: ReadonlyMap<string, string>;
}

/** Finds the constants that a module such as `dashboards/lib/datasources.ts` exports. */
export function datasourceConstants(source: string): ReadonlyMap<string, string> {
  const found = source.matchAll(
    /export const (\w+) = datasource\(\s*(['"])((?:(?!\2).)*)\2,\s*(['"])((?:(?!\4).)*)\4\s*,?\s*\)/g,
  );
  return new Map([...found].map(([, constant = '', , name, , type]) => [`${name} ${type}`, constant]));
}

/** A statement of the module that defines a name. */
export interface Definition {
  readonly name: string;
  readonly code: Code;
}

/**
 * Names for references to datasources. A provisioned one is a constant of the workspace, or a new one by its name and
 * type; any other reference, to a variable for example, is a constant that says what it is. `definitions` grows as names
 * are asked for.
 */
export function datasourceNames(
  names: Names,
  datasources: readonly ProvisionedDatasource[],
  module: DatasourceModule | undefined,
): { readonly definitions: readonly Definition[]; nameOf: Writing['datasource'] } {
  const definitions: Definition[] = [];
  const known = new Map<string, Code>();
  const define = (wanted: string, code: Code): Code => {
    const name = names.define(wanted);
    definitions.push({ name, code });
    return text(name);
  };
  const find = (ref: unknown): Code | undefined => {
    const reference = datasourceRef(ref);
    if (reference.kind === 'default' || reference.kind === 'name') return undefined;
    const { type, uid } = objectOf(ref) ?? {};
    const found = reference.kind === 'uid' ? findDatasource(datasources, reference.uid) : undefined;
    if (found?.type !== undefined && found.effectiveUid === uid && found.type === type) {
      const constant = module?.constants.get(`${found.name} ${found.type}`);
      if (module && constant !== undefined) return text(names.use(module.specifier, constant));
      const code = call(names.use('panelproof', 'datasource'), literal(found.name), literal(found.type));
      return define(nameFrom(found.name) || 'data', code);
    }
    const wanted =
      reference.kind === 'variable' ? reference.name : reference.kind === 'uid' ? '' : String(uid);
    return define(nameFrom(wanted) || nameFrom(type) || 'unknown', asJson(ref));
  };
  return {
    definitions,
    nameOf(ref) {
      const key = JSON.stringify(ref);
      const name = known.get(key) ?? find(ref);
      if (name) known.set(key, name);
      return name;
    },
  };
}

function asJson(ref: unknown): Code {
  const plain: Pick<Writing, 'datasource'> = { datasource: () => undefined };
  return expressJson(ref, plain as Writing);
}
