import type { Rule } from '../../model/rule.ts';
import { fileFault, MAX_UID_LENGTH } from '../file-fault.ts';
import { stableUid } from '../stable-uid.ts';

/** Grafana refuses a dashboard whose uid is longer than 40 characters or has others than `[A-Za-z0-9_-]`. */
export const dashboardUidInvalid: Rule = {
  id: 'dashboard-uid-invalid',
  summary: 'A dashboard uid is too long or has characters that Grafana refuses',
  severity: 'load',
  fix: 'unsafe',
  related: ['dashboard-uid-missing'],
  grafanaLogs: ['uid too long, max 40 characters', 'uid contains illegal characters'],
  check(workspace, report) {
    for (const { provider, files } of workspace.walks)
      for (const walked of files) {
        const fault = fileFault(walked, provider, workspace.grafana.version);
        if (fault?.kind !== 'uid-illegal' && fault?.kind !== 'uid-too-long') continue;
        const { path } = walked.file;
        const uid = walked.dashboard?.uid?.trim() ?? '';
        const isIllegal = fault.kind === 'uid-illegal';
        report({
          message: isIllegal
            ? `Illegal character ${JSON.stringify(fault.character)} in the dashboard uid "${uid}", allowed are letters, digits, - and _`
            : `Too long a dashboard uid: ${uid.length} characters, at most ${MAX_UID_LENGTH} are allowed`,
          at: { file: path, path: ['uid'] },
          grafanaLog: isIllegal
            ? 'error="uid contains illegal characters"'
            : 'error="uid too long, max 40 characters"',
          fix: {
            title: 'Give the dashboard a legal uid made of the old one',
            safety: 'unsafe',
            edits: [{ kind: 'set', file: path, path: ['uid'], value: stableUid(uid) }],
          },
        });
      }
  },
};
