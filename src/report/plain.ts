import type { Finding } from '../model/finding.ts';
import { type FileLookup, placeOf } from './place.ts';
import { visibleLine } from './visible.ts';

/** One line a finding, `file:line:column severity rule: message`, for tests and for `grep`. Empty for none. */
export function printFindings(findings: readonly Finding[], files: FileLookup): string {
  return findings
    .map((finding) => {
      const { file, line, column } = placeOf(finding.at, files);
      const where = `${file}:${line}:${column}`;
      return `${visibleLine(`${where} ${finding.severity} ${finding.rule}: ${finding.message}`)}\n`;
    })
    .join('');
}
