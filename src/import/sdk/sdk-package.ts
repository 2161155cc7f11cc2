import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { withGrafanaDefaults } from '../../definition/grafana-defaults.ts';
import { type DeclaredMethod, readDeclarations } from './read-declarations.ts';
import type { SdkType } from './sdk-type.ts';

/** Npm name of the SDK, with the `/` that its packages follow. */
export const SDK = '@grafana/grafana-foundation-sdk/';

/** A builder class of the SDK. */
export type BuilderClass = new (...args: unknown[]) => { build(): unknown };

/** One package of the Foundation SDK: what it exports and what its declarations say of that. */
export interface SdkPackage {
  /** Such as `timeseries`. */
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly types: ReadonlyMap<string, SdkType>;
  readonly classes: ReadonlyMap<string, readonly DeclaredMethod[]>;
}

const load = createRequire(import.meta.url);
const known = new Map<string, SdkPackage | undefined>();

/** A package by name; undefined when the SDK has none of that name. */
export function sdkPackage(name: string): SdkPackage | undefined {
  if (!known.has(name)) known.set(name, /^[a-z0-9]+$/.test(name) ? read(name) : undefined);
  return known.get(name);
}

/** The class that builds values of a type, by the SDK's naming. */
export function builderOf(type: SdkType): { package: SdkPackage; className: string } | undefined {
  if (type.kind !== 'named') return undefined;
  const found = sdkPackage(type.package);
  const className = `${type.name.charAt(0).toUpperCase()}${type.name.slice(1)}Builder`;
  return found?.classes.has(className) ? { package: found, className } : undefined;
}

function read(name: string): SdkPackage | undefined {
  const anchor = load.resolve(`${SDK}dashboard`);
  const folder = join(dirname(dirname(anchor)), name);
  if (!existsSync(join(folder, 'index.js'))) return undefined;
  const types = new Map<string, SdkType>();
  const classes = new Map<string, readonly DeclaredMethod[]>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.gen.d.ts')) continue;
    const declared = readDeclarations(readFileSync(join(folder, file), 'utf8'), name);
    for (const [key, type] of declared.types) types.set(key, type);
    for (const [key, methods] of declared.classes) classes.set(key, methods);
  }
  return { name, exports: withGrafanaDefaults(load(`${SDK}${name}`) as object), types, classes };
}
