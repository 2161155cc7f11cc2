import { readFileSync } from 'node:fs';
import { packageFile } from '../load/package-file.ts';
import { SEVERITIES } from '../model/finding.ts';
import { nearest } from '../model/nearest.ts';
import type { Rule } from '../model/rule.ts';
import { ALL_RULES } from '../rules/all-rules.ts';

/**
 * What is known of a rule (by id, a misspelt one too) or of a line of Grafana's log: the prose of each rule that fits.
 * Undefined when none does.
 */
export function explain(text: string): string | undefined {
  const wanted = text.trim();
  const byId = ALL_RULES.find(({ id }) => id === wanted);
  const byLog = byId ? [byId] : rulesCausing(wanted);
  const rules = byLog.length > 0 ? byLog : nearestRule(wanted);
  return rules.length === 0 ? undefined : rules.map(prose).join('\n');
}

/** The rules whose mistakes cause a line, best fit first: who knows most of it, weighs most, and has few other lines. */
function rulesCausing(line: string): readonly Rule[] {
  return ALL_RULES.map((rule) => ({ rule, known: knownOf(rule, line) }))
    .filter(({ known }) => known > 0)
    .sort(
      (a, b) =>
        b.known - a.known ||
        SEVERITIES.indexOf(a.rule.severity) - SEVERITIES.indexOf(b.rule.severity) ||
        logsOf(a.rule).length - logsOf(b.rule).length,
    )
    .map(({ rule }) => rule);
}

/** How many letters of a line a rule knows. Log lines quote and escape: what counts is that the words are all there. */
function knownOf(rule: Rule, line: string): number {
  const said = plain(line);
  const known = logsOf(rule)
    .map(plain)
    .filter(
      (part) =>
        part.split('…').every((piece) => said.includes(piece)) || (said.length >= 12 && part.includes(said)),
    );
  return known.join('').length;
}

function logsOf({ grafanaLogs = [] }: Rule): readonly string[] {
  return grafanaLogs;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\\?["'`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function nearestRule(wanted: string): readonly Rule[] {
  const id = /^[a-z-]+$/.test(wanted)
    ? nearest(
        wanted,
        ALL_RULES.map((rule) => rule.id),
      )
    : undefined;
  return ALL_RULES.filter((rule) => rule.id === id);
}

/** The rule's part of docs/rules.md, which is written from each rule's own prose and travels with the package. */
function prose({ id }: Rule): string {
  const page = readFileSync(packageFile('docs/rules.md'), 'utf8');
  const start = page.indexOf(`\n## ${id}\n`);
  if (start < 0) throw new Error(`docs/rules.md has no part on ${id}: run \`npm run docs\``);
  const end = page.indexOf('\n## ', start + 1);
  return page.slice(start + 1, end < 0 ? undefined : end + 1);
}
