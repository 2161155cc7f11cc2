import type { Rule } from '../../model/rule.ts';
import type { Workspace } from '../../model/workspace.ts';
import { type KeptOut, reportKeptOut } from '../kept-out.ts';

/** `MaxSecretSize`, for ConfigMaps too. https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
const MAX_BYTES = 1024 * 1024;

/** Kubernetes refuses a ConfigMap whose values have more than 1 MiB together. */
export const configmapTooLarge: Rule = {
  id: 'configmap-too-large',
  summary: 'A ConfigMap with dashboards is larger than Kubernetes takes',
  severity: 'load',
  fix: 'none',
  related: ['configmap-file-overwritten'],
  check: (workspace, report) => reportKeptOut(tooLargeConfigMaps(workspace), report),
};

/** Each of them, with all that it holds. */
export function tooLargeConfigMaps({ grafana }: Workspace): KeptOut[] {
  const tooLarge = (grafana.kubernetes?.configMaps ?? []).filter(({ bytes }) => bytes > MAX_BYTES);
  return tooLarge.map(({ kind, name, bytes, at, files }) => ({
    message: `Too large a ${kind}: the values of "${name}" have ${bytes} bytes, Kubernetes takes at most ${MAX_BYTES}`,
    at,
    suggestions:
      files.size > 1
        ? [`Make a ${kind} of each dashboard: the sidecar and projected volumes put them together.`]
        : ['Store the dashboard without its indentation, or split it.'],
    files: [...files.values()].filter((file) => file !== undefined),
  }));
}
