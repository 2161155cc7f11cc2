import { placeOf } from '../../model/grafana-instance.ts';
import type { Workspace } from '../../model/workspace.ts';

/** Where provisioning is mounted when Grafana looks at another place that has none. */
export function provisioningElsewhere({ grafana, files }: Workspace): string | undefined {
  const { provisioningPath, mounts } = grafana;
  const isThere = ['', '/datasources', '/dashboards'].some(
    (section) => placeOf(grafana, provisioningPath + section).kind !== 'unmounted',
  );
  const isBelow = mounts.some(({ target }) => target.startsWith(`${provisioningPath}/`));
  if (isThere || isBelow) return undefined;
  return mounts.find(
    ({ source }) =>
      (source.kind === 'bind' || source.kind === 'copy') &&
      ['datasources', 'dashboards'].some((section) => {
        const folder = source.path === '' ? section : `${source.path}/${section}`;
        return files.list(folder).some((name) => /\.ya?ml$/.test(name));
      }),
  )?.target;
}
