import type { Rule } from '../../model/rule.ts';

/** `MaxSecretSize`, for ConfigMaps too. https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
const MAX_BYTES = 1024 * 1024;

/** Kubernetes refuses a ConfigMap whose values have more than 1 MiB together. */
export const configmapTooLarge: Rule = {
  id: 'configmap-too-large',
  summary: 'A ConfigMap with dashboards is larger than Kubernetes takes',
  severity: 'load',
  fix: 'none',
  related: ['configmap-file-overwritten'],
  check({ grafana }, report) {
    for (const { kind, name, bytes, at, files } of grafana.kubernetes?.configMaps ?? []) {
      if (bytes <= MAX_BYTES) continue;
      report({
        message: `Too large a ${kind}: the values of "${name}" have ${bytes} bytes, Kubernetes takes at most ${MAX_BYTES}`,
        at,
        suggestions:
          files.size > 1
            ? [`Make a ${kind} of each dashboard: the sidecar and projected volumes put them together.`]
            : ['Store the dashboard without its indentation, or split it.'],
      });
    }
  },
};
