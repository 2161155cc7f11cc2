import type { FileTree } from '../file-tree.ts';
import { asList, asRecord, asText } from '../record.ts';
import { readText } from '../tree-files.ts';
import { folderOf, treePath } from '../tree-path.ts';
import type { ComposeFile, ComposeReader } from './compose-file.ts';
import { envFile } from './env-file.ts';
import { interpolate, type Variables } from './interpolate.ts';
import { type ComposeContext, type ComposeService, composeService, mergeServices } from './service.ts';

/** What `docker compose up` would start from one list of files. */
export interface ComposeProject {
  /** The first of its files. */
  readonly file: string;
  readonly services: readonly ComposeService[];
  /** Its networks by key, those that it defines. */
  readonly networks: ReadonlyMap<string, ComposeNetwork>;
  /** All that it includes is in the tree. */
  readonly isWhole: boolean;
  /** Files that it reads apart from its own list: those under `include`. */
  readonly included: readonly string[];
  /** Services of other files that its services extend, as `file service`. */
  readonly extended: readonly string[];
}

/** One item of `networks:`. */
export interface ComposeNetwork {
  /** What Docker calls it; undefined when that is set outside the tree. */
  readonly name: string | undefined;
  /** Made by somebody else, who may have joined it with anything. */
  readonly isExternal: boolean;
}

/** How a project is read. */
export interface ProjectOptions {
  /** Folder that relative paths and `.env` start from; by default that of the first file. */
  readonly folder?: string;
  /** Variables from around the project, which win over its `.env`. */
  readonly outer?: Variables;
  /** Files of `env_file` under `include`, in the place of `.env`. */
  readonly envFiles?: readonly string[];
  /** Files that are being read already, so that circles end. */
  readonly within?: readonly string[];
  /** How many more includes are followed. */
  readonly budget?: { left: number };
}

/** Nobody includes or extends this deep; a circle does. */
const MAX_DEPTH = 20;
/** Includes that a project may follow in all: files that include each other twice double at each step. */
const MAX_INCLUDES = 1000;

/** Reads a project from the files that are merged into it. Files that do not parse are left out; none left is undefined. */
export function composeProject(
  tree: FileTree,
  read: ComposeReader,
  paths: readonly string[],
  options: ProjectOptions = {},
): ComposeProject | undefined {
  const files = paths.map(read).filter((file) => typeof file !== 'string');
  const [first] = files;
  if (!first) return undefined;
  const folder = options.folder ?? folderOf(first.path);
  const variables = projectVariables(tree, folder, options);
  const services = new Map<string, ComposeService>();
  const networks = new Map<string, ComposeNetwork>();
  let isWhole = true;
  const included: string[] = [];
  const extended: string[] = [];
  const within = [...(options.within ?? []), ...paths];
  const budget = options.budget ?? { left: MAX_INCLUDES };
  for (const file of files) {
    const context = { tree, read, file, files, folder, variables };
    const inners = [...includedProjects(context, within, budget)];
    if (inners.length < asList(file.root.include).length) isWhole = false;
    for (const inner of inners) {
      if (!inner.project.isWhole) isWhole = false;
      included.push(...inner.paths, ...inner.project.included);
      extended.push(...inner.project.extended);
      for (const service of inner.project.services) services.set(service.name, service);
      for (const [key, network] of inner.project.networks) networks.set(key, network);
    }
    for (const [key, raw] of Object.entries(asRecord(file.root.networks) ?? {}))
      networks.set(key, composeNetwork(key, asRecord(raw) ?? {}, context));
    for (const name of Object.keys(asRecord(file.root.services) ?? {})) {
      const service = withExtension(context, name, extended, []);
      const base = services.get(name);
      services.set(name, base ? mergeServices(base, service) : service);
    }
  }
  return { file: first.path, services: [...services.values()], networks, isWhole, included, extended };
}

function composeNetwork(
  key: string,
  raw: Readonly<Record<string, unknown>>,
  { folder, variables }: ComposeContext,
): ComposeNetwork {
  const isExternal = raw.external !== undefined && raw.external !== false;
  // `external: { name: x }` is the older way.
  const said = asText(raw.name) ?? asText(asRecord(raw.external)?.name);
  const { text, missing } = interpolate(said ?? (isExternal ? key : `${folder} ${key}`), variables);
  return { name: missing.length > 0 ? undefined : text, isExternal };
}

/** What `.env` (or the given files) and the outside set. */
export function projectVariables(
  tree: FileTree,
  folder: string,
  { outer = new Map(), envFiles = [treePath(folder, '.env') ?? '.env'] }: ProjectOptions = {},
): Variables {
  const variables = new Map<string, string | undefined>();
  for (const path of envFiles)
    for (const [name, value] of envFile(readText(tree, path) ?? '', outer)) variables.set(name, value);
  for (const [name, value] of outer) if (value !== undefined) variables.set(name, value);
  return variables;
}

function withExtension(
  context: ComposeContext,
  name: string,
  extended: string[],
  within: readonly string[],
): ComposeService {
  const service = composeService(context, name);
  const raw = asRecord(asRecord(context.file.root.services)?.[name])?.extends;
  const from = asText(asRecord(raw)?.service) ?? asText(raw);
  const id = `${context.file.path} ${name}`;
  if (from === undefined || within.includes(id) || within.length > MAX_DEPTH) return service;
  const source = extensionSource(context, asText(asRecord(raw)?.file));
  if (!source || !asRecord(asRecord(source.file.root.services)?.[from])) return extendingUnknown(service);
  if (source !== context) extended.push(`${source.file.path} ${from}`);
  return mergeServices(withExtension(source, from, extended, [...within, id]), service);
}

/** What it extends is not in the tree, and can put it into any network. */
function extendingUnknown(service: ComposeService): ComposeService {
  return { ...service, networking: { ...service.networking, mode: 'unknown' } };
}

/** Where an extended service stands; its relative paths start from the folder of its own file. */
function extensionSource(context: ComposeContext, source: string | undefined): ComposeContext | undefined {
  if (source === undefined) return context;
  const { tree, read, folder, variables } = context;
  const { text, missing } = interpolate(source, variables);
  const path = missing.length > 0 ? undefined : treePath(folder, text);
  const file: ComposeFile | string = path === undefined ? 'missing' : read(path);
  if (typeof file === 'string') return undefined;
  return { tree, read, file, files: [file], folder: folderOf(file.path), variables };
}

function* includedProjects(context: ComposeContext, within: readonly string[], budget: { left: number }) {
  if (within.length > MAX_DEPTH) return;
  const { tree, read, folder, variables } = context;
  const below = (value: unknown) => {
    const { text, missing } = interpolate(asText(value) ?? '', variables);
    return text === '' || missing.length > 0 ? undefined : treePath(folder, text);
  };
  for (const item of asList(context.file.root.include)) {
    const long = asRecord(item);
    const paths = asList(long?.path ?? item).map(below);
    const known = paths.filter((path) => path !== undefined && !within.includes(path)) as string[];
    const [first] = known;
    if (first === undefined || known.length < paths.length || budget.left-- <= 0) continue;
    const project = composeProject(tree, read, known, {
      folder: below(long?.project_directory) ?? folderOf(first),
      outer: variables,
      ...(long?.env_file === undefined
        ? {}
        : { envFiles: asList(long.env_file).flatMap((path) => below(path) ?? []) }),
      within,
      budget,
    });
    if (project) yield { paths: known, project };
  }
}
