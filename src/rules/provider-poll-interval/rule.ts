import { isAtLeast, printGrafanaVersion } from '../../model/grafana-version.ts';
import type { Rule } from '../../model/rule.ts';
import { valueAt } from '../../model/value-at.ts';
import type { Workspace } from '../../model/workspace.ts';

/** From this interval on (seconds) Grafana 12.3 and later look at the files again and again. */
const POLLS_ABOVE = 10;

/** What the fix writes (seconds). */
const RIGHT_INTERVAL = 30;

/** Since 12.3 a short interval means waiting for the file system's events, which many mounts do not pass on. */
export const providerPollInterval: Rule = {
  id: 'provider-poll-interval',
  summary: 'A provider with an interval of 10 seconds or less misses changes of mounted files',
  severity: 'drift',
  fix: 'safe',
  check(workspace, report) {
    const { version } = workspace.grafana;
    if (!isAtLeast(version, '12.3')) return;
    for (const { provider, place, exists } of workspace.walks) {
      const { updateIntervalSeconds, type, at } = provider;
      if (updateIntervalSeconds > POLLS_ABOVE || updateIntervalSeconds < 0 || type !== 'file') continue;
      // Files of the image do not change, and of what is filled at run time nothing is known.
      if (exists !== true || place?.kind !== 'tree' || place.mount.source.kind !== 'bind') continue;
      const path = [...(at.path ?? []), 'updateIntervalSeconds'];
      if (isOfWrongKind(workspace, at.file, path)) continue;
      report({
        message: `Expected \`updateIntervalSeconds\` to be more than ${POLLS_ABOVE}, found ${updateIntervalSeconds}${isWritten(workspace, at.file, path) ? '' : ' by default'}: Grafana ${printGrafanaVersion(version)} then waits for events, which many mounts do not pass on`,
        at: { file: at.file, path },
        fix: {
          title: `Look every ${RIGHT_INTERVAL} seconds`,
          safety: 'safe',
          edits: [{ kind: 'set', file: at.file, path, value: RIGHT_INTERVAL, after: 'type' }],
        },
      });
    }
  },
};

/** Another rule's finding. */
function isOfWrongKind(
  { providerFiles }: Workspace,
  file: string,
  path: readonly (string | number)[],
): boolean {
  return providerFiles.some(({ shapeErrors }) =>
    shapeErrors.some(({ at }) => at.file === file && at.path?.join('.') === path.join('.')),
  );
}

function isWritten({ files }: Workspace, file: string, path: readonly (string | number)[]): boolean {
  const value = valueAt(files.get(file)?.value, path);
  return value !== undefined && value !== null && value !== 0;
}
