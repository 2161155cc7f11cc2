import type { Fix } from '../../model/finding.ts';
import type { PropertyPath } from '../../model/source-file.ts';
import { valueAt } from '../../model/value-at.ts';
import type { Workspace } from '../../model/workspace.ts';

/** Settings that install plugins, the ones that a Grafana reads first of all first. */
const SETTINGS = ['GF_PLUGINS_PREINSTALL_SYNC', 'GF_PLUGINS_PREINSTALL', 'GF_INSTALL_PLUGINS'];

/**
 * Adds a plugin to what the service of a compose file installs already. Grafana fetches it when it starts, which needs
 * the network, so that a human must agree. Undefined where the service installs nothing yet.
 */
export function installFix({ grafana, files }: Workspace, plugin: string): Fix | undefined {
  const { at } = grafana;
  if (at?.path?.[0] !== 'services') return undefined;
  const place = settingIn(files.get(at.file)?.value, [...at.path, 'environment']);
  if (!place) return undefined;
  return {
    title: `Let Grafana install ${plugin} when it starts`,
    safety: 'unsafe',
    edits: [{ kind: 'set', file: at.file, path: place.path, value: `${place.text},${plugin}` }],
  };
}

interface SettingPlace {
  readonly path: PropertyPath;
  readonly text: string;
}

/** `environment` as a mapping or as a list of `NAME=value`. */
function settingIn(root: unknown, path: PropertyPath): SettingPlace | undefined {
  const environment = valueAt(root, path);
  const entries: SettingPlace[] = Object.entries(Object(environment)).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [{ path: [...path, Array.isArray(environment) ? Number(key) : key], text: value }]
      : [],
  );
  return SETTINGS.flatMap((name) =>
    entries.filter(({ path: at, text }) =>
      Array.isArray(environment) ? text.startsWith(`${name}=`) : at.at(-1) === name,
    ),
  ).find(({ text }) => /^(?:\w+=)?[^$=]+$/.test(text));
}
