import type { FileTree } from '../file-tree.ts';
import { folderOf, treePath } from '../tree-path.ts';
import { type ComposeReader, composeFile, composeReader } from './compose-file.ts';
import { DEFAULT_FILES, OVERRIDE_FILES } from './default-files.ts';
import { type ComposeProject, composeProject, projectVariables } from './project.ts';
import { mergeServices } from './service.ts';

const COMPOSE_FILE = /^[^/]*compose[^/]*\.ya?ml$/i;

/**
 * The compose projects of a tree, by file: in each folder the default file with its override (or the files that
 * `COMPOSE_FILE` of `.env` lists), and every other compose file on its own. A service that says neither image nor
 * build is laid over the service of that name in the default project of its folder, or left out. Files and services
 * that only serve others (`include`, `extends` from another file) are no projects of their own.
 */
export function composeProjects(tree: FileTree, files: readonly string[]): readonly ComposeProject[] {
  const read = composeReader(tree);
  const byFolder = new Map<string, string[]>();
  for (const path of composeFiles(files))
    byFolder.set(folderOf(path), [...(byFolder.get(folderOf(path)) ?? []), path]);
  const projects = [...byFolder].flatMap(([folder, paths]) => projectsOfFolder(tree, read, folder, paths));
  const included = new Set(projects.flatMap((project) => project.included));
  const extended = new Set(projects.flatMap((project) => project.extended));
  return projects
    .filter(({ file }) => !included.has(file))
    .map((project) => ({
      ...project,
      services: project.services.filter(({ name }) => !extended.has(`${project.file} ${name}`)),
    }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Compose files that Docker Compose would refuse as a whole, so that nothing is known of what they start. */
export function invalidComposeFiles(tree: FileTree, files: readonly string[]): readonly string[] {
  return composeFiles(files).filter((path) => composeFile(tree, path) === 'invalid');
}

function composeFiles(files: readonly string[]): string[] {
  return files.filter((path) => COMPOSE_FILE.test(path.slice(path.lastIndexOf('/') + 1)));
}

function projectsOfFolder(
  tree: FileTree,
  read: ComposeReader,
  folder: string,
  paths: readonly string[],
): ComposeProject[] {
  const main = mainFiles(tree, folder, paths);
  const mainProject = main.length === 0 ? undefined : composeProject(tree, read, main);
  const others = paths
    .filter((path) => !main.includes(path))
    .flatMap((path) => composeProject(tree, read, [path]) ?? [])
    .map((project) => overMain(project, mainProject));
  return mainProject ? [mainProject, ...others] : others;
}

function mainFiles(tree: FileTree, folder: string, paths: readonly string[]): string[] {
  const variables = projectVariables(tree, folder);
  const separator = variables.get('COMPOSE_PATH_SEPARATOR') || ':';
  const listed = (variables.get('COMPOSE_FILE') ?? '').split(separator).filter((name) => name !== '');
  const named = listed.map((name) => treePath(folder, name)).filter((path) => path !== undefined);
  if (named.length > 0 && named.every((path) => tree.kind(path) === 'file')) return named;
  const first = (names: readonly string[]) =>
    names.map((name) => treePath(folder, name)).find((path) => path !== undefined && paths.includes(path));
  const main = first(DEFAULT_FILES);
  const override = first(OVERRIDE_FILES);
  return main === undefined ? [] : override === undefined ? [main] : [main, override];
}

function overMain(project: ComposeProject, main: ComposeProject | undefined): ComposeProject {
  const services = project.services.flatMap((service) => {
    if (service.image || service.build) return [service];
    const base = main?.services.find(({ name }) => name === service.name);
    return base ? [mergeServices(base, service)] : [];
  });
  return { ...project, services };
}
