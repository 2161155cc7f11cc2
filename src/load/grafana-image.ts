import { type GrafanaVersion, NEWEST_GRAFANA, parseGrafanaVersion } from '../model/grafana-version.ts';

/** Where an image has what decides about provisioning. Paths are absolute, inside the container. */
export interface GrafanaImage {
  readonly kind: 'official' | 'bitnami' | 'otel-lgtm' | 'custom';
  /** Grafana's working folder: relative paths start here. */
  readonly home: string;
  readonly provisioning: string;
  readonly configFile: string;
  /** Folders whose loss loses the database. */
  readonly data: readonly string[];
  /** The image sets `GF_PATHS_*` itself, so that `[paths]` of a configuration file has no effect. */
  readonly setsPaths: boolean;
  /** The image has provisioning files, or may have any, that the tree does not show. */
  readonly bringsFiles: string | undefined;
  readonly version: GrafanaVersion;
}

const OFFICIAL = {
  home: '/usr/share/grafana',
  provisioning: '/etc/grafana/provisioning',
  configFile: '/etc/grafana/grafana.ini',
  data: ['/var/lib/grafana'],
  setsPaths: true,
  bringsFiles: undefined,
};

/** What an image name tells; `custom` for one that is not known to be a Grafana (its tag then says nothing). */
export function grafanaImage(image: string): GrafanaImage {
  const { repository, tag } = splitImage(image);
  const version = versionOf(tag);
  if (/(^|\/)grafana\/grafana(-oss|-enterprise)?(-dev)?$/.test(repository))
    return { kind: 'official', ...OFFICIAL, version };
  if (/(^|\/)bitnami(legacy|secure)?\/grafana$/.test(repository))
    return {
      kind: 'bitnami',
      home: '/opt/bitnami/grafana',
      provisioning: '/opt/bitnami/grafana/conf/provisioning',
      configFile: '/opt/bitnami/grafana/conf/grafana.ini',
      data: ['/opt/bitnami/grafana/data', '/bitnami/grafana'],
      setsPaths: true,
      bringsFiles: undefined,
      version,
    };
  // Its own script starts Grafana in this folder; its tags count releases of the bundle.
  // https://github.com/grafana/docker-otel-lgtm
  if (/(^|\/)grafana\/otel-lgtm$/.test(repository))
    return {
      kind: 'otel-lgtm',
      home: '/otel-lgtm/grafana',
      provisioning: '/otel-lgtm/grafana/conf/provisioning',
      configFile: '/otel-lgtm/grafana/conf/custom.ini',
      data: ['/data/grafana', '/data/grafana/data'],
      setsPaths: false,
      bringsFiles: 'grafana/otel-lgtm has provisioning files of its own',
      version: NEWEST_GRAFANA,
    };
  return {
    kind: 'custom',
    ...OFFICIAL,
    setsPaths: false,
    bringsFiles: `what image ${image === '' ? 'without a name' : image} holds is not in the tree`,
    version: NEWEST_GRAFANA,
  };
}

/** An image name in its parts; the digest is dropped. `host:5000/a/b:1` is `host:5000/a/b` and `1`. */
export function splitImage(image: string): { readonly repository: string; readonly tag: string | undefined } {
  const name = image.trim().replace(/@.*$/, '');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  if (colon === -1) return { repository: name, tag: undefined };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}

/** `latest`, `main`, build numbers and no tag are the newest. */
function versionOf(tag: string | undefined): GrafanaVersion {
  const version = tag === undefined ? undefined : parseGrafanaVersion(tag, 'image');
  return version && version.major < 100 ? version : NEWEST_GRAFANA;
}
