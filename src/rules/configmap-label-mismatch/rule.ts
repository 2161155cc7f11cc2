import { distance } from 'fastest-levenshtein';
import { DASHBOARD_LABEL } from '../../load/kubernetes/sidecar.ts';
import type { AppliedConfigMap, Sidecar } from '../../model/kubernetes.ts';
import type { ReportedFinding, Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { type KeptOut, reportKeptOut } from '../kept-out.ts';

/** A label that is nearly the one by which the sidecar finds dashboards. */
export const configmapLabelMismatch: Rule = {
  id: 'configmap-label-mismatch',
  summary: 'A ConfigMap with dashboards has a label that the sidecar does not look for',
  severity: 'load',
  fix: 'none',
  related: ['configmap-file-overwritten'],
  check: (workspace, report) => reportKeptOut(passedOverConfigMaps(workspace), report),
};

/** Each that no sidecar finds although it looks meant for one. */
export function passedOverConfigMaps(workspace: Workspace): KeptOut[] {
  const { configMaps = [], sidecars = [] } = workspace.grafana.kubernetes ?? {};
  return configMaps.flatMap((configMap) => {
    const mismatch = wrongValue(configMap, sidecars) ?? nearMiss(configMap, configMaps, sidecars);
    const files = mismatch ? dashboardsIn(workspace, configMap) : [];
    return mismatch && files.length > 0 ? [{ ...mismatch, at: configMap.at, files }] : [];
  });
}

type Mismatch = Pick<ReportedFinding, 'message' | 'related'>;

/** Every sidecar of the tree that looks for the label wants another value. */
function wrongValue(
  { name, labels, namespace }: AppliedConfigMap,
  sidecars: readonly Sidecar[],
): Mismatch | undefined {
  const reading = sidecars.filter(
    (sidecar) => labels[sidecar.label] !== undefined && looksIn(sidecar, namespace),
  );
  const [sidecar] = reading;
  if (!sidecar || reading.some(({ label, value }) => value === undefined || value === labels[label]))
    return undefined;
  const { label, value, at } = sidecar;
  return {
    message: `Expected the label \`${label}\` of "${name}" to be "${value}", found "${labels[label]}": the sidecar passes over it`,
    related: [{ at, message: `looks for \`${label}=${value}\`` }],
  };
}

/** What lies in a namespace that it does not look in may be for the sidecar of another Grafana. */
function looksIn(sidecar: Sidecar, namespace: string | undefined): boolean {
  return sidecar.namespace === undefined || namespace === undefined || sidecar.namespace === namespace;
}

/** The only one with its label, where at least two others have the one that it nearly is. */
function nearMiss(
  { name, labels, namespace }: AppliedConfigMap,
  configMaps: readonly AppliedConfigMap[],
  sidecars: readonly Sidecar[],
): Mismatch | undefined {
  const places = (label: string, among = configMaps) =>
    new Set(among.filter((other) => other.labels[label] !== undefined).map(({ at }) => JSON.stringify(at)))
      .size;
  // The Grafana of another namespace may look for another label.
  const beside = configMaps.filter(
    (other) => namespace === undefined || other.namespace === undefined || other.namespace === namespace,
  );
  const isWanted = sidecars.some(({ label }) => labels[label] !== undefined);
  if (labels[DASHBOARD_LABEL] !== undefined || isWanted || places(DASHBOARD_LABEL, beside) < 2)
    return undefined;
  const found = Object.keys(labels).find(
    (label) => distance(label, DASHBOARD_LABEL) <= 2 && places(label) === 1,
  );
  return found === undefined
    ? undefined
    : {
        message: `Expected the label \`${DASHBOARD_LABEL}\` of "${name}" as on all others, found \`${found}\`: the sidecar passes over it`,
      };
}

function dashboardsIn({ files }: Workspace, configMap: AppliedConfigMap): string[] {
  return [...configMap.files].flatMap(([key, path]) => {
    if (!key.endsWith('.json') || path === undefined) return [];
    const value = files.get(path)?.value as { title?: unknown; panels?: unknown } | null | undefined;
    return typeof value?.title === 'string' && Array.isArray(value.panels) ? [path] : [];
  });
}
