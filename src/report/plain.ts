import type { Finding } from '../model/finding.ts';
import type { Workspace } from '../model/workspace.ts';
import { placeOf } from './place.ts';

/** One line a finding, `file:line:column severity rule: message`, for tests and for `grep`. Empty for none. */
export function printFindings(findings: readonly Finding[], workspaces: readonly Workspace[]): string {
  return findings
    .map((finding) => {
      const { file, line, column } = placeOf(finding.at, workspaces);
      return `${file}:${line}:${column} ${finding.severity} ${finding.rule}: ${finding.message}\n`;
    })
    .join('');
}
