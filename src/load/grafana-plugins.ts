import { posix } from 'node:path';
import { type InstalledPlugins, type Mount, mountAbove } from '../model/grafana-instance.ts';
import type { BuiltImage } from './dockerfile.ts';
import type { FileTree } from './file-tree.ts';
import { grafanaIni } from './grafana-ini.ts';
import { scriptText } from './grafana-layers.ts';
import { configText, type SettingSources } from './grafana-settings.ts';
import { asRecord, asText } from './record.ts';
import { readText } from './tree-files.ts';

/** What decides which plugins a Grafana has. */
export interface PluginSources extends SettingSources {
  readonly built: BuiltImage | undefined;
  /** Names of volumes that other containers mount, too. */
  readonly shared: ReadonlySet<string>;
}

/**
 * The plugins that a Grafana of the official image gets beside its own: by `GF_INSTALL_PLUGINS` and its successors, by
 * `plugins install` in the Dockerfile or the start command, by folders that are mounted. Undefined when the tree does
 * not show all of that.
 */
export function grafanaPlugins(tree: FileTree, sources: PluginSources): InstalledPlugins | undefined {
  const { image, environment, mounts } = sources;
  // Other images bring plugins of their own.
  if (image.kind !== 'official') return undefined;
  const folder = environment.has('GF_PATHS_PLUGINS')
    ? environment.get('GF_PATHS_PLUGINS')
    : '/var/lib/grafana/plugins';
  const configured = configuredPlugins(tree, sources);
  const installed = installedPlugins(tree, sources);
  if (folder === undefined || !configured || !installed) return undefined;
  const mounted = [folder, ...BUNDLED].flatMap((path) => mountedPlugins(tree, sources, path));
  if (!areKnown(mounted)) return undefined;
  return {
    ids: new Set([...configured, ...installed, ...mounted]),
    canHoldOthers: isKept(mountAbove({ mounts }, folder)),
  };
}

/** Folders of plugins that come with the image; what is mounted there is found, too. */
const BUNDLED = ['/usr/share/grafana/plugins-bundled', '/usr/share/grafana/data/plugins-bundled'];

const SETTINGS = ['GF_INSTALL_PLUGINS', 'GF_PLUGINS_PREINSTALL', 'GF_PLUGINS_PREINSTALL_SYNC'];

function configuredPlugins(tree: FileTree, sources: PluginSources): readonly string[] | undefined {
  const { environment } = sources;
  // The image reads the setting from a file then.
  if (SETTINGS.some((name) => environment.has(`${name}__FILE`))) return undefined;
  // Whoever allows a plugin without signature brings it.
  const lists = [...SETTINGS, 'GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS'].flatMap((name) =>
    environment.has(name) ? [environment.get(name)] : [],
  );
  const { preinstall } = grafanaIni(configText(tree, sources));
  const ids = [...lists, ...preinstall].flatMap((list) => (list === undefined ? [undefined] : idsIn(list)));
  return areKnown(ids) ? ids : undefined;
}

/** `id`, `id 1.0.1`, `id@1.0.1@url`, `url;id`, by commas; undefined for an address without an id, or a variable. */
function idsIn(list: string): (string | undefined)[] {
  return list
    .split(',')
    .map((entry) => entry.trim().replace(/^["']+|["']+$/g, ''))
    .filter((entry) => entry !== '')
    .map((entry) => {
      const id = entry
        .slice(entry.indexOf(';') + 1)
        .trim()
        .split(/[\s@]/)[0];
      return id && /^[\w-]+$/.test(id) ? id : undefined;
    });
}

/** What `grafana cli plugins install` is called with; undefined when plugins come in another way. */
function installedPlugins(
  tree: FileTree,
  { words, built, mounts }: PluginSources,
): readonly string[] | undefined {
  const started = words.length > 0 ? words : [built?.script ?? ''];
  if (started.flatMap(scriptsIn).some((path) => isElsewhere(mounts, path))) return undefined;
  const ids = [built?.runs ?? '', scriptText(tree, { words: started }, mounts)]
    .flatMap((text) => text.split(/\n|&&|;|\|\|/))
    .filter((command) => /\bplugins?\b/i.test(command))
    .map((command) => /\bplugins? install ["']?([\w-]+)(?=["'\s]|$)/.exec(command)?.[1]);
  return areKnown(ids) ? ids : undefined;
}

function scriptsIn(text: string): readonly string[] {
  return (text.match(/\/[\w./-]+\.sh\b/g) ?? []).filter((path) => path !== '/run.sh');
}

/** A script that the tree does not show may install anything. */
function isElsewhere(mounts: readonly Mount[], path: string): boolean {
  const kind = mountAbove({ mounts }, path)?.source.kind;
  return kind !== 'bind' && kind !== 'copy' && kind !== 'inline';
}

/** The plugins in a folder of plugins; `[undefined]` when something that is not known fills it. */
function mountedPlugins(
  tree: FileTree,
  { mounts, shared }: Pick<PluginSources, 'mounts' | 'shared'>,
  folder: string,
): readonly (string | undefined)[] {
  const above = mountAbove({ mounts }, folder);
  if (above?.source.kind === 'unknown') return [undefined];
  if (above?.source.kind === 'volume' && shared.has(above.source.name)) return [undefined];
  const below = mounts.filter(({ target }) => target.startsWith(`${folder}/`));
  const ofFolder =
    above && (above.source.kind === 'bind' || above.source.kind === 'copy')
      ? pluginsIn(tree, posix.join(above.source.path, posix.relative(above.target, folder)))
      : [];
  return [
    ...ofFolder,
    ...below.flatMap(({ target, source }) => [
      posix.relative(folder, target).split('/')[0] ?? '',
      ...(source.kind === 'bind' || source.kind === 'copy' ? pluginAt(tree, source.path) : []),
    ]),
  ];
}

function pluginsIn(tree: FileTree, folder: string): string[] {
  return tree
    .list(folder)
    .flatMap(({ name }) => [name, ...pluginAt(tree, folder === '' ? name : `${folder}/${name}`)]);
}

/** The id of a plugin by its `plugin.json`, and of those in it. */
function pluginAt(tree: FileTree, folder: string): string[] {
  return ['plugin.json', 'dist/plugin.json', 'src/plugin.json'].flatMap((name) => {
    try {
      const id = asText(asRecord(JSON.parse(readText(tree, `${folder}/${name}`) ?? ''))?.id);
      return id === undefined ? [] : [id];
    } catch {
      return [];
    }
  });
}

function isKept(mount: Mount | undefined): boolean {
  return mount?.source.kind === 'volume' || mount?.source.kind === 'bind';
}

function areKnown(ids: readonly (string | undefined)[]): ids is readonly string[] {
  return ids.every((id) => id !== undefined);
}
