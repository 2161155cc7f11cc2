import { placeOf } from '../../model/grafana-instance.ts';
import type { Location, SourceFile } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';

/** Provisioning that is mounted, and where Grafana looks for it instead. */
export interface Elsewhere {
  readonly wanted: string;
  readonly found: string;
  /** It is all of it that is mounted there, not one of its folders. */
  readonly isWhole: boolean;
  /** Where it is mounted; undefined for copies of an image. */
  readonly at: Location | undefined;
}

/** Lists by which the files of the folders of provisioning are known. */
const LISTS = { datasources: 'datasources', dashboards: 'providers' } as const;
type Section = keyof typeof LISTS;

/** Where provisioning is mounted, or one of its folders, when Grafana looks at another place that has none. */
export function provisioningElsewhere(workspace: Workspace): Elsewhere | undefined {
  const { provisioningPath } = workspace.grafana;
  const sections = Object.keys(LISTS) as Section[];
  const lacking = sections.filter((section) => isLacking(workspace, `${provisioningPath}/${section}`));
  if (lacking.length === sections.length && isLacking(workspace, provisioningPath)) {
    const whole = filled(workspace).find(({ path }) =>
      sections.some((section) => yamlIn(workspace, path === '' ? section : `${path}/${section}`).length > 0),
    );
    if (whole) return { wanted: provisioningPath, found: whole.target, isWhole: true, at: whole.at };
  }
  for (const section of lacking) {
    const part = filled(workspace).find(({ path }) =>
      yamlIn(workspace, path).some((file) => isFor(file, section)),
    );
    if (part)
      return {
        wanted: wantedFor(part, `${provisioningPath}/${section}`),
        found: part.target,
        isWhole: false,
        at: part.at,
      };
  }
  return undefined;
}

/** Nothing is mounted there, nor above or below it. */
function isLacking({ grafana }: Workspace, path: string): boolean {
  return (
    placeOf(grafana, path).kind === 'unmounted' &&
    !grafana.mounts.some(({ target }) => target.startsWith(`${path}/`))
  );
}

interface Filled {
  readonly target: string;
  readonly path: string;
  readonly at: Location | undefined;
}

function filled({ grafana }: Workspace): Filled[] {
  return grafana.mounts.flatMap(({ target, source, at }) =>
    source.kind === 'bind' || source.kind === 'copy' ? [{ target, path: source.path, at }] : [],
  );
}

/** YAML files directly in a folder, or the one file. */
function yamlIn({ files }: Workspace, path: string): SourceFile[] {
  const names = files.kind(path) === 'file' ? [''] : files.list(path).map((name) => `/${name}`);
  return names.flatMap((name) => {
    const file = `${path}${name}`.replace(/^\//, '');
    return /\.ya?ml$/.test(file) ? (files.get(file) ?? []) : [];
  });
}

function isFor({ value }: SourceFile, section: Section): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const record = value as Readonly<Record<string, unknown>>;
  return record.apiVersion !== undefined && Array.isArray(record[LISTS[section]]);
}

/** A single file is mounted as one. */
function wantedFor({ target, path }: Filled, folder: string): string {
  return /\.ya?ml$/.test(path) ? `${folder}/${target.slice(target.lastIndexOf('/') + 1)}` : folder;
}
