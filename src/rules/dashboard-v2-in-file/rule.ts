import type { Fix } from '../../model/finding.ts';
import { type GrafanaVersion, printGrafanaVersion } from '../../model/grafana-version.ts';
import type { Rule } from '../../model/rule.ts';
import type { SourceFile } from '../../model/source-file.ts';
import { type FileFault, fileFault, identityOf } from '../file-fault.ts';
import { unwrapJson } from '../unwrap-json.ts';

/** A dashboard in the newer shapes, in a file of a Grafana that reads only the classic one there. */
export const dashboardV2InFile: Rule = {
  id: 'dashboard-v2-in-file',
  summary: 'A dashboard file has a resource or a v2 dashboard, which this Grafana does not read from files',
  severity: 'load',
  fix: 'safe',
  related: ['dashboard-wrapped'],
  grafanaLogs: [
    'Dashboard title cannot be empty',
    'dashboard appears to be in v2 format',
    'does not match provisioning provider folderUID',
    'no kind "Dashboard" is registered for version',
  ],
  check(workspace, report) {
    const { version } = workspace.grafana;
    for (const { provider, files } of workspace.walks)
      for (const walked of files) {
        const fault = fileFault(walked, provider, version);
        if (!fault) continue;
        const { file } = walked;
        const said = sentenceOf(fault, version);
        if (!said) continue;
        const fix = fixOf(fault, file, identityOf(walked).uid);
        report({
          severity: fault.loads ? 'data' : 'load',
          message: said.message,
          at: { file: file.path, path: [said.key], key: true },
          ...(said.log !== undefined && { grafanaLog: said.log }),
          ...(fix && { fix }),
        });
      }
  },
};

function sentenceOf(
  fault: FileFault,
  version: GrafanaVersion,
): { message: string; key: string; log?: string } | undefined {
  const grafana = `Grafana ${printGrafanaVersion(version)}`;
  switch (fault.kind) {
    case 'resource': {
      const outcome = fault.loads ? 'makes an empty dashboard of the outer title' : 'does not load it';
      const message = `Expected a classic dashboard, found a resource with \`spec\`: ${grafana} ${outcome}`;
      return fault.loads
        ? { message, key: 'spec' }
        : { message, key: 'spec', log: 'error="Dashboard title cannot be empty"' };
    }
    case 'v2-spec':
      return fault.loads
        ? {
            message: `Expected a classic dashboard with \`panels\`, found \`elements\` of a v2 one: ${grafana} takes the file and shows no panel`,
            key: 'elements',
          }
        : {
            message: `Expected a classic dashboard or a whole resource, found \`elements\` of a v2 one on their own: ${grafana} does not load it`,
            key: 'elements',
            log: 'error="dashboard appears to be in v2 format. Please use the /apis/dashboard.grafana.app/v2 API"',
          };
    case 'foreign-folder':
      return {
        message: `Foreign folder "${fault.folderUid}" in the annotations of the resource: ${grafana} takes only that of the provider`,
        key: 'metadata',
        log: 'does not match provisioning provider folderUID',
      };
    default:
      return undefined;
  }
}

/** Only a v1 resource holds a classic dashboard. */
function fixOf(fault: FileFault, file: SourceFile, uid: string | undefined): Fix | undefined {
  if (fault.kind !== 'resource' || fault.generation !== 1 || fault.loads) return undefined;
  const hasUid = /^\{\s*"uid"/.test(unwrapJson(file, 'spec') ?? '');
  const text = unwrapJson(file, 'spec', hasUid ? undefined : uid);
  return text === undefined
    ? undefined
    : {
        title: 'Keep the classic dashboard in `spec`, with the name of the resource as its uid',
        safety: 'safe',
        edits: [{ kind: 'text', file: file.path, text }],
      };
}
