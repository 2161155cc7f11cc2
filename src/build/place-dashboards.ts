import { fileReader, type ParsedFiles, workspaceFiles } from '../load/file-reader.ts';
import type { FileTree } from '../load/file-tree.ts';
import { provisioningInstance } from '../load/provisioning-folder.ts';
import { loadWorkspace } from '../load/workspace.ts';
import type { Finding } from '../model/finding.ts';
import type { Location } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';
import { onlyLiteral } from '../rules/only-literal.ts';
import { definitionError } from './definition-error.ts';
import { outputFolder } from './output-folder.ts';
import type { GeneratedFile } from './plan-build.ts';
import { resolveDatasources } from './resolve-datasources.ts';
import type { DefinedDashboard } from './run-definitions.ts';

/** Dashboards by whether there is a place for them. */
export interface Placed {
  readonly generated: readonly GeneratedFile[];
  /** Those whose folder has no provider, as if one walked the folder of the provider files. */
  readonly unplaced: readonly GeneratedFile[];
  readonly errors: readonly Finding[];
}

/**
 * The text of each dashboard with its datasources put in, and where it goes: the folder that its provider walks. Two
 * dashboards for one place, and a folder without a provider, are errors.
 *
 * @param workspace datasources and providers
 */
export function placeDashboards(
  tree: FileTree,
  provisioning: string,
  workspace: Workspace,
  dashboards: readonly DefinedDashboard[],
): Placed {
  const generated = new Map<string, GeneratedFile>();
  const unplaced: GeneratedFile[] = [];
  const errors: Finding[] = [];
  for (const { definition, folder, uid, text: named } of dashboards) {
    const place = outputFolder(workspace, provisioning, folder);
    const text = resolveDatasources(named, workspace.datasources);
    if ('lacking' in place) {
      errors.push(definitionError('folder-without-provider', place.lacking, { file: definition }));
      const path = [provisioning, 'dashboards', `${fileName(uid)}.json`].filter(Boolean).join('/');
      unplaced.push({ path, text, definition });
      continue;
    }
    const path = `${place.path}/${fileName(uid)}.json`;
    // Not every disk tells upper from lower case.
    const twin = generated.get(path.toLowerCase());
    if (twin) {
      const where = twin.definition === definition ? 'twice there' : `by ${twin.definition} too`;
      const same = twin.path === path ? '' : ', letter case aside';
      const message = `Duplicate dashboard uid "${uid}"${same}: it is defined ${where}, and both would be ${path}`;
      errors.push(definitionError('dashboard-uid-duplicate', message, uidPlace(tree, definition, uid)));
    } else generated.set(path.toLowerCase(), { path, text, definition });
  }
  return { generated: [...generated.values()], unplaced, errors };
}

function uidPlace(tree: FileTree, definition: string, uid: string): Location {
  const bytes = tree.read(definition);
  const range = typeof bytes === 'string' ? undefined : onlyLiteral(bytes.toString('utf8'), uid);
  return range ? { file: definition, range } : { file: definition };
}

/** Datasources and providers; what the providers walk is read once it is what it will be. */
export function provisionedParts(tree: FileTree, provisioning: string, parsed?: ParsedFiles): Workspace {
  const bare: FileTree = {
    ...tree,
    list: (path) => tree.list(path).filter(({ name }) => !/\.json$/i.test(name)),
  };
  const read = fileReader(tree, parsed);
  const nothing = { prometheus: [], catalogues: [], logLabels: new Set<string>() };
  const files = workspaceFiles(tree, read);
  return loadWorkspace(bare, provisioningInstance(provisioning), { ...nothing, read, files });
}

/** The uid is checked by a rule, which needs a file to look at: whatever it is, the name stays in its folder. */
function fileName(uid: string): string {
  return uid.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 100) || 'unnamed';
}
