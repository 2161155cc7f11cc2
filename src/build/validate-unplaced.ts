import type { ParsedFiles } from '../load/file-reader.ts';
import { type FileTree, overlayTree } from '../load/file-tree.ts';
import { printLock } from '../load/generated-lock.ts';
import type { Finding } from '../model/finding.ts';
import { sha256 } from './cache/observe.ts';
import { type GeneratedFile, lockFile } from './plan-build.ts';
import { validate } from './validate.ts';

/**
 * What the rules say of dashboards that have no place yet, as no provider has their folder: they are looked at as if one
 * walked them, and nothing else, so that all their mistakes are told at once. Left out is what was `said` of the others:
 * a module that they share.
 *
 * @param unplaced their paths are names in the folder of the providers
 */
export function validateUnplaced(
  tree: FileTree,
  provisioning: string,
  unplaced: readonly GeneratedFile[],
  { said, parsed }: { readonly said: readonly Finding[]; readonly parsed?: ParsedFiles },
): readonly Finding[] {
  if (unplaced.length === 0) return [];
  const prefix = provisioning === '' ? '' : `${provisioning}/`;
  const folder = `${prefix}dashboards`;
  const texts = new Map([
    [`${folder}/stand-in.yaml`, PROVIDER],
    [lockFile(provisioning), lockOf(prefix, unplaced)],
    ...unplaced.map(({ path, text }) => [path, text] as const),
  ]);
  const emptied: FileTree = { ...tree, list: (path) => (path === folder ? [] : tree.list(path)) };
  const { findings } = validate(overlayTree(emptied, texts), provisioning, parsed);
  // Those of generated files point at definitions; the rest is told of the tree as it is.
  const keys = new Set(said.map(keyOf));
  return findings.filter(
    (finding) =>
      !finding.at.file.startsWith(prefix) && !texts.has(finding.at.file) && !keys.has(keyOf(finding)),
  );
}

function keyOf({ rule, message, at }: Finding): string {
  return JSON.stringify([rule, message, at]);
}

const PROVIDER = `apiVersion: 1
providers:
  - name: stand-in
    type: file
    updateIntervalSeconds: 30
    options:
      path: /etc/grafana/provisioning/dashboards
`;

function lockOf(prefix: string, files: readonly GeneratedFile[]): string {
  return printLock(
    Object.fromEntries(
      files.map(({ path, text, definition }) => [
        path.slice(prefix.length),
        { definition, sha256: sha256(text) },
      ]),
    ),
  );
}
