import type { Finding, Severity } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import type { Location } from '../model/source-file.ts';
import type { Workspace } from '../model/workspace.ts';
import { ALL_RULES } from './all-rules.ts';

/** Which rules run and what of their findings is kept. */
export interface RuleOptions {
  /** Default: all. */
  readonly rules?: readonly Rule[];
  /** Ids of rules that do not run. */
  readonly disable?: readonly string[];
  /** Keep findings of severity style; default false. */
  readonly style?: boolean;
}

/**
 * Runs rules over workspaces. The same mistake seen from two workspaces is one finding; the result is sorted by place
 * and does not depend on the order of rules or workspaces.
 */
export function runRules(workspaces: readonly Workspace[], options: RuleOptions = {}): Finding[] {
  const { rules = ALL_RULES, disable = [], style = false } = options;
  const findings = new Map<string, Finding>();
  for (const workspace of workspaces)
    for (const rule of rules) {
      if (disable.includes(rule.id) || (rule.severity === 'style' && !style)) continue;
      rule.check(workspace, (reported) => {
        const severity: Severity = reported.severity ?? rule.severity;
        if (severity === 'style' && !style) return;
        const finding: Finding = { related: [], ...reported, rule: rule.id, severity };
        const key = `${rule.id} ${placeKey(finding.at)} ${finding.message}`;
        if (!findings.has(key)) findings.set(key, finding);
      });
    }
  return [...findings.values()].sort(byPlace(workspaces));
}

function placeKey(at: Location): string {
  return JSON.stringify([at.file, at.path, at.key, at.range]);
}

/** By file, then offset in it, then rule. */
function byPlace(workspaces: readonly Workspace[]): (a: Finding, b: Finding) => number {
  const files = workspaces[0]?.files;
  const offsets = new Map<Finding, number>();
  const offsetOf = (finding: Finding): number => {
    const { at } = finding;
    const offset =
      offsets.get(finding) ??
      at.range?.start ??
      (at.path ? files?.get(at.file)?.rangeOf(at.path, at.key).start : 0) ??
      0;
    offsets.set(finding, offset);
    return offset;
  };
  return (a, b) =>
    compare(a.at.file, b.at.file) ||
    offsetOf(a) - offsetOf(b) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
