import { type GrafanaInstance, type Mount, normalise, placeOf } from '../model/grafana-instance.ts';
import type { Variables } from './compose/interpolate.ts';
import type { FileTree } from './file-tree.ts';
import type { GrafanaImage } from './grafana-image.ts';
import { grafanaIni, isDatabaseServer } from './grafana-ini.ts';
import { byDepth } from './grafana-layers.ts';
import { readText } from './tree-files.ts';

/** What Grafana's settings are read from. */
export interface SettingSources {
  readonly image: GrafanaImage;
  readonly environment: Variables;
  readonly mounts: readonly Mount[];
  /** Words of the start command: `cfg:paths.provisioning=…` wins over all else. */
  readonly words: readonly string[];
}

/** Where Grafana keeps things. */
export interface GrafanaSettings {
  /** The provisioning path, and the mounts: nothing of them is known when the path is set outside the tree. */
  readonly paths: Pick<GrafanaInstance, 'provisioningPath' | 'mounts'>;
  /** Folders of the database. */
  readonly data: readonly string[];
  readonly hasDatabaseServer: boolean;
}

/**
 * Grafana's settings in its own order: command line, `GF_*`, configuration file, image. The official image sets
 * `GF_PATHS_*`, so that `[paths]` of a mounted `grafana.ini` has no effect there.
 */
export function grafanaSettings(tree: FileTree, sources: SettingSources): GrafanaSettings {
  const { image, environment, mounts, words } = sources;
  const ini = grafanaIni(configText(tree, sources));
  const setting = (section: string, key: string, fromFile: string | undefined) => {
    const argument = words.join(' ').match(new RegExp(`\\bcfg:${section}\\.${key}=["']?([^\\s"']+)`))?.[1];
    const variable = `GF_${section}_${key}`.toUpperCase();
    if (argument !== undefined) return { value: argument };
    if (environment.has(variable))
      return { value: environment.get(variable), why: `${variable} is set outside the tree` };
    return { value: fromFile };
  };
  const inFile = (value: string | undefined) => (image.setsPaths ? undefined : value);
  const absolute = (path: string) => normalise(path.startsWith('/') ? path : `${image.home}/${path}`);
  const provisioning = setting('paths', 'provisioning', inFile(ini.provisioning));
  const data = setting('paths', 'data', inFile(ini.data)).value;
  const isHidden =
    (provisioning.value === undefined && provisioning.why) || provisioning.value?.includes('$');
  return {
    paths: isHidden
      ? {
          provisioningPath: image.provisioning,
          mounts: nothingKnown(provisioning.why ?? 'the provisioning path holds a variable'),
        }
      : { provisioningPath: absolute(provisioning.value || image.provisioning), mounts: byDepth(mounts) },
    data: data ? [absolute(data)] : image.data,
    hasDatabaseServer:
      isDatabaseServer(environment.get('GF_DATABASE_TYPE'), environment.get('GF_DATABASE_URL')) ||
      ini.hasDatabaseServer,
  };
}

/** Text of Grafana's configuration file; `''` where the tree does not show it. */
export function configText(tree: FileTree, { image, environment, mounts, words }: SettingSources): string {
  const argument = words.join(' ').match(/--config[= ]["']?([^\s"']+)/)?.[1];
  const path = argument ?? environment.get('GF_PATHS_CONFIG') ?? image.configFile;
  const place = placeOf({ mounts }, path);
  if (place.kind === 'inline') return place.text;
  return place.kind === 'tree' ? (readText(tree, place.path) ?? '') : '';
}

function nothingKnown(why: string): Mount[] {
  return [{ target: '/', source: { kind: 'unknown', why }, at: undefined }];
}
