import { IGNORE_FILE, type IgnoreEntry, type IgnoreFile } from '../load/ignore-file.ts';
import type { Finding } from '../model/finding.ts';
import type { TextRange } from '../model/source-file.ts';
import type { WorkspaceFiles } from '../model/workspace.ts';

/** A suppression without a reason is none: it says so instead of working. */
const SUPPRESSION_WITHOUT_REASON = 'suppression-without-reason';

const COMMENT = /#\s*panelproof-ignore\s+([a-z0-9-]+)\s*(?::\s*(.*\S))?\s*$/;

/**
 * Leaves out findings that the tree suppresses with a reason: `# panelproof-ignore rule: reason` at the end of the
 * finding's line, on the line above it, or in the first lines of a YAML file for all of it; and lines
 * `path/glob.json rule: reason` of `.panelproof-ignore` at the root, for JSON, which has no comments.
 */
export function suppress(
  findings: readonly Finding[],
  files: WorkspaceFiles,
  ignores: IgnoreFile,
): readonly Finding[] {
  const kept = findings.filter(
    (finding) => !isCommented(finding, files) && !isIgnored(finding, ignores.entries),
  );
  return [...ignores.invalid.map(withoutReason), ...kept];
}

function isCommented({ rule, at }: Finding, files: WorkspaceFiles): boolean {
  const file = files.get(at.file);
  if (file?.format !== 'yaml' || !file.text.includes('panelproof-ignore')) return false;
  const lines = file.text.split(/\r?\n/);
  const offset = at.range?.start ?? file.rangeOf(at.path ?? [], at.key).start;
  const line = file.text.slice(0, offset).split('\n').length - 1;
  const header = lines.findIndex((text) => !/^\s*(?:#|$)/.test(text));
  const places = [line, line - 1, ...Array.from({ length: Math.max(header, 0) }, (_, index) => index)];
  return places.some((index) => {
    const match = COMMENT.exec(lines[index] ?? '');
    return match?.[1] === rule && match[2] !== undefined;
  });
}

function isIgnored({ rule, at }: Finding, entries: readonly IgnoreEntry[]): boolean {
  return entries.some((entry) => (entry.rule === '*' || entry.rule === rule) && entry.matches(at.file));
}

/** A line that ignores nothing says so, instead of looking as if it did. */
function withoutReason(range: TextRange): Finding {
  return {
    rule: SUPPRESSION_WITHOUT_REASON,
    severity: 'drift',
    message: 'Expected `path rule: reason`; without a reason nothing is suppressed',
    at: { file: IGNORE_FILE, range },
    related: [],
  };
}
