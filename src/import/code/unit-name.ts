import { sdkPackage } from '../sdk/sdk-package.ts';

let known: ReadonlyMap<unknown, string> | undefined;

/** The SDK's constant for a unit's id, such as `Seconds` for `s`; undefined when it has none. */
export function unitName(unit: string): string | undefined {
  known ??= new Map(
    Object.entries(sdkPackage('units')?.exports ?? {})
      // The first constant of an id is taken; two are named like globals of JavaScript.
      .filter(([name]) => name !== 'Number' && name !== 'String')
      .reverse()
      .map(([name, id]) => [id, name]),
  );
  return known.get(unit);
}
