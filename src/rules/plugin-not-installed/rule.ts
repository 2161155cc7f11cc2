import { type GrafanaVersion, isAtLeast, printGrafanaVersion } from '../../model/grafana-version.ts';
import { nearest } from '../../model/nearest.ts';
import type { ReportedFinding, Rule } from '../../model/rule.ts';
import type { Location } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import { groupBy } from '../walked-dashboards.ts';
import { installFix } from './install-fix.ts';
import { ANGULAR_PLUGINS, CORE_DATASOURCES, CORE_PANELS, MIGRATED_PANELS } from './known-plugins.ts';

/** Places that are named with a finding; the rest is counted. */
const MAX_RELATED = 5;

/** A panel or a datasource of a plugin that this Grafana does not have, or cannot run. */
export const pluginNotInstalled: Rule = {
  id: 'plugin-not-installed',
  summary: 'A panel or a datasource is of a plugin that Grafana does not bring and nothing installs',
  severity: 'data',
  fix: 'unsafe',
  grafanaLogs: [
    'Panel plugin not found: …',
    'Plugin … not found',
    'plugin.notRegistered',
    'angular plugins are not supported',
  ],
  check(workspace, report) {
    for (const [plugin, uses] of groupBy(pluginUses(workspace), ({ id }) => id)) {
      const [first, ...others] = uses;
      const mistake = first && mistakeOf(workspace, first);
      if (!mistake) continue;
      const places = others.length > 0 ? ` (in ${uses.length} places)` : '';
      report({
        ...mistake,
        message: `${mistake.message}${places}`,
        at: first.at,
        related: others.slice(0, MAX_RELATED).map(({ at }) => ({ at, message: 'is of it too' })),
        grafanaLog:
          first.kind === 'panel' ? `Panel plugin not found: ${plugin}` : `Plugin ${plugin} not found`,
      });
    }
  },
};

interface PluginUse {
  readonly kind: 'panel' | 'datasource';
  readonly id: string;
  /** The place that names the plugin. */
  readonly at: Location;
}

/** What is of a plugin that Grafana does not bring. */
function pluginUses({ dashboards, datasources, grafana }: Workspace): PluginUse[] {
  const isBrought = (type: string) =>
    type === '' || CORE_PANELS.has(type) || (MIGRATED_PANELS.has(type) && isAtLeast(grafana.version, '11.0'));
  const ofPanels = dashboards
    .flatMap(({ panels }) => panels)
    // What a library panel is, its own model says.
    .filter(({ type, json }) => !isBrought(type) && !json.libraryPanel)
    .map(({ type, path, at }) => ({
      kind: 'panel' as const,
      id: type,
      at: { file: at.file, path: [...path, 'type'] },
    }));
  const ofDatasources = datasources.flatMap(({ type, at }) =>
    type === undefined || type.includes('$') || CORE_DATASOURCES.has(type)
      ? []
      : [{ kind: 'datasource' as const, id: type, at: { ...at, path: [...(at.path ?? []), 'type'] } }],
  );
  return [...ofDatasources, ...ofPanels];
}

function mistakeOf(workspace: Workspace, { kind, id }: PluginUse): Omit<ReportedFinding, 'at'> | undefined {
  const { version, plugins, name } = workspace.grafana;
  // Where the tree shows no Grafana, it can be an older one.
  const isKnown = plugins !== undefined || version.from !== 'newest';
  if (ANGULAR_PLUGINS.has(id) && isKnown && isAtLeast(version, '12.0'))
    return {
      message: `Dead ${kind} plugin ${id}: it is written in Angular, which Grafana ${printGrafanaVersion(version)} does not run`,
    };
  if (!plugins || isInstalled(plugins.ids, id)) return undefined;
  const near = nearest(id, [...(kind === 'panel' ? CORE_PANELS : CORE_DATASOURCES)]);
  if (near !== undefined)
    return { message: `Unknown ${kind} type "${id}": Grafana has none of that name, nearest is "${near}"` };
  const fix = ANGULAR_PLUGINS.has(id) ? undefined : installFix(workspace, id);
  return {
    message: `Missing ${kind} plugin ${id}: Grafana does not bring it, and ${name} does not install it`,
    // Somebody may have installed it by hand, where it stays.
    ...(plugins.canHoldOthers && { severity: 'drift' as const }),
    ...(fix ? { fix } : { suggestions: [`Install it: add ${id} to ${variableFor(version)} of Grafana.`] }),
  };
}

/** Also as a part of an app of the same maker: apps bring panels and datasources of their own. */
function isInstalled(ids: ReadonlySet<string>, id: string): boolean {
  const maker = id.split('-')[0];
  return ids.has(id) || [...ids].some((each) => each.endsWith('-app') && each.split('-')[0] === maker);
}

function variableFor(version: GrafanaVersion): string {
  return isAtLeast(version, '12.1') ? 'GF_PLUGINS_PREINSTALL_SYNC' : 'GF_INSTALL_PLUGINS';
}
