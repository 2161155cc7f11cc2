/** Node's resolver for any module; needs the flag `--experimental-import-meta-resolve`. */
export function nodeResolve(specifier: string, parent: string): string {
  return (import.meta.resolve as (specifier: string, parent: string) => string)(specifier, parent);
}
