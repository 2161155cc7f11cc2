import { sdkPackage } from '../sdk/sdk-package.ts';
import type { SdkType } from '../sdk/sdk-type.ts';

const ANY: SdkType = { kind: 'any' };

/** The type of a property of a type; anything where the declarations say nothing. */
export function fieldOf(type: SdkType, key: string): SdkType {
  switch (type.kind) {
    case 'named': {
      const declared = sdkPackage(type.package)?.types.get(type.name);
      return declared ? fieldOf(declared, key) : ANY;
    }
    case 'object':
      return type.fields.get(key)?.type ?? ANY;
    case 'record':
      return type.of;
    case 'union':
      return type.of.map((one) => fieldOf(one, key)).find(({ kind }) => kind !== 'any') ?? ANY;
    default:
      return ANY;
  }
}

/** The type of the items of a list. */
export function itemOf(type: SdkType): SdkType {
  switch (type.kind) {
    case 'array':
      return type.of;
    case 'named': {
      const declared = sdkPackage(type.package)?.types.get(type.name);
      return declared ? itemOf(declared) : ANY;
    }
    case 'union':
      return type.of.map(itemOf).find(({ kind }) => kind !== 'any') ?? ANY;
    default:
      return ANY;
  }
}
