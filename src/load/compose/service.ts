import type { Mount } from '../../model/grafana-instance.ts';
import type { Location } from '../../model/source-file.ts';
import type { FileTree } from '../file-tree.ts';
import { asList, asRecord, asText } from '../record.ts';
import { treePath } from '../tree-path.ts';
import type { ComposeFile, ComposeReader } from './compose-file.ts';
import { fileEnvironment, inlineEnvironment } from './environment.ts';
import { type Interpolated, interpolate, type Variables } from './interpolate.ts';
import { mergeNetworking, type Networking, networkingOf } from './networking.ts';
import { serviceMounts } from './service-mounts.ts';

/** One service of a compose project, as far as panelproof looks at services. */
export interface ComposeService {
  readonly name: string;
  readonly at: Location;
  readonly image: Interpolated | undefined;
  readonly build: ComposeBuild | undefined;
  /** From `environment`; undefined values are set outside the tree. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** From `env_file`; what `environment` says wins. */
  readonly fileEnvironment: ReadonlyMap<string, string | undefined>;
  /** An `env_file` is not in the tree, so any variable can be set. */
  readonly environmentIsOpen: boolean;
  /** Volumes, configs and tmpfs, one a target. */
  readonly mounts: readonly ServiceMount[];
  readonly entrypoint: Script | undefined;
  readonly command: Script | undefined;
  /** Names by which other services reach it, apart from its own: container name, hostname, network aliases. */
  readonly aliases: readonly string[];
  readonly networking: Networking;
  /** Sections that drop what they are merged over (`!reset`, `!override`). */
  readonly replaces: ReadonlySet<Section>;
}

/** A mount, and whether what is written there outlives the container. */
export interface ServiceMount extends Mount {
  readonly keeps: boolean;
}

/** How an image is built. */
export interface ComposeBuild {
  /** Folder below the root, `elsewhere` when it is a URL or outside the tree; undefined when not said: the project's. */
  readonly context: { readonly folder: string } | 'elsewhere' | undefined;
  /** Relative to the context; `Dockerfile` when not said. */
  readonly dockerfile: string | undefined;
  readonly inline: string | undefined;
  readonly target: string | undefined;
  readonly args: ReadonlyMap<string, string | undefined>;
  readonly at: Location;
}

/** Words of a command, or the one text of it. */
export interface Script {
  readonly words: readonly string[];
  readonly at: Location;
}

/** What a file's services are read against. */
export interface ComposeContext {
  readonly tree: FileTree;
  readonly read: ComposeReader;
  readonly file: ComposeFile;
  /** All files that are merged into one project, later ones over earlier ones. */
  readonly files: readonly ComposeFile[];
  /** The folder that relative paths of the file start from. */
  readonly folder: string;
  readonly variables: Variables;
}

const SECTIONS = ['image', 'build', 'environment', 'env_file', 'volumes', 'configs', 'tmpfs'] as const;
type Section = (typeof SECTIONS)[number];

/** Reads one service of one file, without what it extends or is merged with. */
export function composeService(context: ComposeContext, name: string): ComposeService {
  const { file, variables } = context;
  const path = ['services', name];
  const raw = asRecord(asRecord(file.root.services)?.[name]) ?? {};
  const section = (key: string) => (file.tagAt([...path, key]) === 'reset' ? undefined : raw[key]);
  const text = (key: string) => asText(section(key));
  const files = fileEnvironment(context, section('env_file'));
  const image = text('image');
  return {
    name,
    at: { file: file.path, path, key: true },
    image: image === undefined ? undefined : interpolate(image, variables),
    build: buildOf(context, section('build'), name),
    environment: inlineEnvironment(section('environment'), variables),
    fileEnvironment: files.values,
    environmentIsOpen: files.isOpen,
    mounts: serviceMounts(context, name, section),
    entrypoint: scriptOf(context, name, 'entrypoint', section('entrypoint')),
    command: scriptOf(context, name, 'command', section('command')),
    aliases: [text('container_name'), text('hostname'), ...networkAliases(raw.networks)].flatMap((alias) =>
      alias === undefined ? [] : [interpolate(alias, variables).text],
    ),
    networking: {
      ...networkingOf(section, variables),
      // The mode of the file below does not come through.
      ...(file.tagAt([...path, 'network_mode']) === 'reset' && { mode: '' }),
    },
    replaces: new Set(SECTIONS.filter((key) => file.tagAt([...path, key]) !== undefined)),
  };
}

/** Lays one service over another as Docker Compose does: an override file over its base, an extension over its source. */
export function mergeServices(base: ComposeService, over: ComposeService): ComposeService {
  const kept = <T>(key: Section, value: T, empty: T) => (over.replaces.has(key) ? empty : value);
  const targets = new Set(over.mounts.map(({ target }) => target));
  const dropsMounts = over.replaces.has('volumes') || over.replaces.has('configs');
  return {
    name: over.name,
    at: over.at,
    image: over.image ?? kept('image', base.image, undefined),
    build: mergeBuilds(kept('build', base.build, undefined), over.build),
    environment: new Map([...kept('environment', base.environment, new Map()), ...over.environment]),
    fileEnvironment: new Map([...kept('env_file', base.fileEnvironment, new Map()), ...over.fileEnvironment]),
    environmentIsOpen: kept('env_file', base.environmentIsOpen, false) || over.environmentIsOpen,
    mounts: [...base.mounts.filter(({ target }) => !dropsMounts && !targets.has(target)), ...over.mounts],
    entrypoint: over.entrypoint ?? base.entrypoint,
    // Another entrypoint does not keep the command of the image, but it does keep the one of the other file.
    command: over.command ?? base.command,
    aliases: [...new Set([...base.aliases, ...over.aliases])],
    networking: mergeNetworking(base.networking, over.networking),
    replaces: base.replaces,
  };
}

/** A service's environment: `env_file` below `environment`. */
export function environmentOf(service: ComposeService): Map<string, string | undefined> {
  return new Map([...service.fileEnvironment, ...service.environment]);
}

function mergeBuilds(
  base: ComposeBuild | undefined,
  over: ComposeBuild | undefined,
): ComposeBuild | undefined {
  if (!base || !over) return over ?? base;
  return {
    context: over.context ?? base.context,
    dockerfile: over.dockerfile ?? base.dockerfile,
    inline: over.inline ?? base.inline,
    target: over.target ?? base.target,
    args: new Map([...base.args, ...over.args]),
    at: over.at,
  };
}

function buildOf(context: ComposeContext, value: unknown, name: string): ComposeBuild | undefined {
  const raw = asRecord(value) ?? (asText(value) === undefined ? undefined : { context: value });
  if (!raw) return undefined;
  const { variables } = context;
  const text = (key: string) => {
    const source = asText(raw[key]);
    return source === undefined ? undefined : interpolate(source, variables);
  };
  const folder = text('context');
  const isRemote =
    folder && (folder.missing.length > 0 || /^([a-z+]+:\/\/|git@|github\.com\/)/.test(folder.text));
  const below = folder && !isRemote ? treePath(context.folder, folder.text) : undefined;
  return {
    context: folder && (below === undefined ? 'elsewhere' : { folder: below }),
    dockerfile: text('dockerfile')?.text,
    inline: text('dockerfile_inline')?.text,
    target: text('target')?.text,
    args: inlineEnvironment(raw.args, variables),
    at: { file: context.file.path, path: ['services', name, 'build'] },
  };
}

function scriptOf(context: ComposeContext, name: string, key: string, value: unknown): Script | undefined {
  const words = asList(value).flatMap((word) => {
    const text = asText(word);
    return text === undefined ? [] : [interpolate(text, context.variables).text];
  });
  if (words.length === 0) return undefined;
  return { words, at: { file: context.file.path, path: ['services', name, key] } };
}

function networkAliases(value: unknown): (string | undefined)[] {
  return Object.values(asRecord(value) ?? {}).flatMap((network) =>
    asList(asRecord(network)?.aliases).map(asText),
  );
}
