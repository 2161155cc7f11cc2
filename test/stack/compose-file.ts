import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../live/lab.ts';

/** A service of compose.yaml as it stands there, merge keys applied and variables untouched. */
export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly user?: string;
  readonly restart?: string;
  readonly hostname?: string;
  readonly mem_limit?: string;
  readonly security_opt?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
}

/** The text of compose.yaml. */
export const composeText = readRootFile('compose.yaml');

/** compose.yaml. */
export const compose = parse(composeText, { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, null>>;
};

/** The services with their names, for `it.each`. */
export const services: readonly (ComposeService & { readonly name: string })[] = Object.entries(
  compose.services,
).map(([name, service]) => ({ name, ...service }));

/** A file below the repository's root. */
export function readRootFile(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The parts of a mount such as `./stack:/etc/stack:ro`; a source without a dot or slash is a named volume. */
export function mountsOf(service: ComposeService): readonly Mount[] {
  return (service.volumes ?? []).map((text) => {
    const [source = '', target = '', mode] = text.split(':');
    return { source, target, isBind: /^[./]/.test(source), readOnly: mode === 'ro' };
  });
}

/** A mount of a service. */
export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly isBind: boolean;
  readonly readOnly: boolean;
}
