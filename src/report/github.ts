import type { Finding, Severity } from '../model/finding.ts';
import { type FileLookup, placeOf } from './place.ts';
import { visible } from './visible.ts';

const LEVELS = { load: 'error', data: 'error', drift: 'warning', style: 'notice' } as const satisfies {
  readonly [Name in Severity]: string;
};

/** Findings as workflow commands of GitHub Actions: annotations beside the changed lines. */
export function githubReport(findings: readonly Finding[], files: FileLookup): string {
  return findings
    .map((finding) => {
      const { file, line, column, endLine, endColumn } = placeOf(finding.at, files);
      const end = endLine === line ? `,endLine=${endLine},endColumn=${endColumn}` : `,endLine=${endLine}`;
      const where = `file=${property(file)},line=${line},col=${column}${end},title=${property(`panelproof ${finding.rule}`)}`;
      return `::${LEVELS[finding.severity]} ${where}::${data(finding.message)}\n`;
    })
    .join('');
}

/** Characters that would end a command or a property are written as their codes; the log is a terminal, too. */
function data(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
