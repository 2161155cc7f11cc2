import type { GrafanaInstance } from '../model/grafana-instance.ts';
import { type GrafanaVersion, NEWEST_GRAFANA } from '../model/grafana-version.ts';

/** Where Grafana's image has its provisioning. */
export const PROVISIONING_PATH = '/etc/grafana/provisioning';

/** A provisioning folder for itself: it is taken to be mounted where Grafana's image looks, all else is unknown. */
export function provisioningInstance(
  folder: string,
  version: GrafanaVersion = NEWEST_GRAFANA,
): GrafanaInstance {
  return {
    name: folder === '' ? 'this folder' : folder,
    version,
    provisioningPath: PROVISIONING_PATH,
    mounts: [
      {
        target: '/',
        source: { kind: 'unknown', why: 'no compose file or Dockerfile shows what is mounted there' },
        at: undefined,
      },
      { target: PROVISIONING_PATH, source: { kind: 'bind', path: folder }, at: undefined },
    ],
    persistsDatabase: false,
    environment: {},
    environmentIsOpen: true,
    at: undefined,
  };
}
