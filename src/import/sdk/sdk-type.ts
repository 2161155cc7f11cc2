/** A type of the Foundation SDK's declarations, as far as values of JSON are concerned. */
export type SdkType =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'any' }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'array'; readonly of: SdkType }
  | { readonly kind: 'union'; readonly of: readonly SdkType[] }
  | { readonly kind: 'record'; readonly of: SdkType }
  | { readonly kind: 'object'; readonly fields: SdkFields }
  /** What `build()` of a builder gives. */
  | { readonly kind: 'builder'; readonly of: SdkType }
  /** An interface, alias or enum by name; `member` of an enum where only that one is allowed. */
  | {
      readonly kind: 'named';
      readonly package: string;
      readonly name: string;
      readonly member?: string | undefined;
    };

/** Properties of an object type by name. */
export type SdkFields = ReadonlyMap<string, { readonly type: SdkType; readonly optional: boolean }>;
