/** The part of package `ini` that is used; it has no types of its own. */
declare module 'ini' {
  /** Sections become mappings; never throws. */
  export function parse(text: string): unknown;
}
