import * as z from 'zod/mini';

/** Where the build records what it wrote, below the provisioning folder. Grafana walks only `dashboards/`. */
export const LOCK_FILE = 'generated.lock';

const lockShape = z.object({
  lockVersion: z.literal(1),
  files: z.record(z.string(), z.object({ definition: z.string(), sha256: z.string() })),
});

/** What the build wrote: by path below the provisioning folder, the definition and the SHA-256 of the text. */
export type GeneratedLock = Readonly<
  Record<string, { readonly definition: string; readonly sha256: string }>
>;

/** Reads a lock file's text; undefined when it is not one (a merge conflict, a later version). */
export function readLock(text: string): GeneratedLock | undefined {
  try {
    const parsed = lockShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.files : undefined;
  } catch {
    return undefined;
  }
}

/** The lock file's text: sorted by path, so that two branches merge. */
export function printLock(lock: GeneratedLock): string {
  const files = Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ lockVersion: 1, writtenBy: 'panelproof build', files }, undefined, 2)}\n`;
}
