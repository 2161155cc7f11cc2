import type { Log } from 'sarif';
import type { Finding, Severity } from '../model/finding.ts';
import type { Location } from '../model/source-file.ts';
import { ALL_RULES } from '../rules/all-rules.ts';
import { type FileLookup, placeOf } from './place.ts';

const LEVELS = { load: 'error', data: 'error', drift: 'warning', style: 'note' } as const satisfies {
  readonly [Name in Severity]: string;
};

/** Findings as SARIF 2.1.0, for code scanning. Paths are relative to the root of the repository. */
export function sarifReport(findings: readonly Finding[], files: FileLookup): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'panelproof',
            rules: ALL_RULES.map(({ id, summary, severity }) => ({
              id,
              shortDescription: { text: summary },
              defaultConfiguration: { level: LEVELS[severity] },
              properties: { severity },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          level: LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [location(finding.at, files)],
          ...(finding.related.length === 0
            ? {}
            : {
                relatedLocations: finding.related.map(({ at, message }, id) => ({
                  id,
                  message: { text: message },
                  ...location(at, files),
                })),
              }),
          properties: { severity: finding.severity },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function location(at: Location, files: FileLookup) {
  const { file, line, column, endLine, endColumn } = placeOf(at, files);
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}
