import { type Finding, SEVERITIES, type Severity } from '../model/finding.ts';
import { type FileLookup, placeOf } from './place.ts';

/** What every command prints with `--format json` (or `--json`): the same shape, whoever made the findings. */
export interface JsonReport {
  /** Of this shape; grows only by new keys. */
  readonly version: 1;
  readonly findings: readonly JsonFinding[];
  /** Number of findings by severity. */
  readonly summary: { readonly [Name in Severity]: number };
}

/** One finding. Lines and columns begin at 1; columns count UTF-16 code units. */
export interface JsonFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Path below the workspace root, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** `fix` can mend it. */
  readonly fixable: boolean;
  /** The line that Grafana writes to its log for this. */
  readonly grafanaLog?: string;
  readonly related: readonly { readonly file: string; readonly line: number; readonly message: string }[];
  readonly suggestions?: readonly string[];
}

/** The findings as data for other programs. */
export function jsonReport(findings: readonly Finding[], files: FileLookup): JsonReport {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const [load, data, drift, style] = SEVERITIES.map(count) as [number, number, number, number];
  return {
    version: 1,
    findings: findings.map((finding) => jsonFinding(finding, files)),
    summary: { load, data, drift, style },
  };
}

function jsonFinding(finding: Finding, files: FileLookup): JsonFinding {
  const { rule, severity, message, grafanaLog, suggestions } = finding;
  return {
    rule,
    severity,
    message,
    ...placeOf(finding.at, files),
    fixable: finding.fix !== undefined,
    ...(grafanaLog === undefined ? {} : { grafanaLog }),
    related: finding.related.map((place) => ({
      file: place.at.file,
      line: placeOf(place.at, files).line,
      message: place.message,
    })),
    ...(suggestions === undefined ? {} : { suggestions }),
  };
}
