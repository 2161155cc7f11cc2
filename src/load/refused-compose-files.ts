import type { GrafanaInstance } from '../model/grafana-instance.ts';
import { NEWEST_GRAFANA } from '../model/grafana-version.ts';
import { isTemplate } from './compose/compose-file.ts';
import { invalidComposeFiles } from './compose/projects.ts';
import type { FileTree } from './file-tree.ts';
import { PROVISIONING_PATH } from './provisioning-folder.ts';
import { readText } from './tree-files.ts';

/**
 * Compose files that name Grafana and that Docker Compose refuses as a whole: each is an instance that never starts, of
 * which nothing else is known. Braces of a template are filled in by another tool first.
 */
export function refusedComposeFiles(tree: FileTree, files: readonly string[]): GrafanaInstance[] {
  return invalidComposeFiles(tree, files).flatMap((file) => {
    const text = readText(tree, file) ?? '';
    return /grafana/i.test(text) && !isTemplate(text) ? [neverStarted(file)] : [];
  });
}

function neverStarted(file: string): GrafanaInstance {
  return {
    name: file,
    version: NEWEST_GRAFANA,
    provisioningPath: PROVISIONING_PATH,
    mounts: [{ target: '/', source: { kind: 'unknown', why: `${file} does not parse` }, at: undefined }],
    persistsDatabase: false,
    environment: {},
    environmentIsOpen: true,
    at: { file },
    isRefused: true,
  };
}
