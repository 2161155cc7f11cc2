import { SEVERITIES, type Severity } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';

const MEANING = {
  load: 'the dashboard, the datasource or Grafana itself does not come up',
  data: 'it comes up and shows nothing, or the wrong thing',
  drift: 'edits or identity get lost',
  style: 'everything works; reported only when asked for',
} as const satisfies { readonly [Name in Severity]: string };

/** The page docs/rules.md: a table of all rules by severity, then each rule's own prose. */
export function rulesPage(rules: readonly Rule[], proseOf: (id: string) => string): string {
  const tables = SEVERITIES.map((severity) => {
    const rows = rules.filter((rule) => rule.severity === severity).map(tableRow);
    return [
      `**${severity}**: ${MEANING[severity]}.`,
      '',
      '| rule | what is wrong | fix |',
      '|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return [
    '<!-- Written by `npm run docs` from src/rules/*/rule.ts and rule.md. -->',
    '# Rules',
    `${rules.length} rules. \`panelproof rules\` lists them, \`panelproof explain <rule or a line of Grafana's log>\` shows one.`,
    ...tables,
    ...rules.map((rule) => rulePart(rule, proseOf(rule.id))),
  ]
    .join('\n\n')
    .concat('\n');
}

function tableRow({ id, summary, fix }: Rule): string {
  return `| [${id}](#${id}) | ${summary} | ${fix === 'none' ? '' : fix} |`;
}

/** The prose one heading level down, with the facts of the rule above and below it. */
function rulePart(
  { id, severity, fix, summary, related = [], grafanaLogs = [] }: Rule,
  prose: string,
): string {
  const body = prose
    .replace(/^# .*\n+/, '')
    .replace(/^## /gm, '### ')
    .trim();
  const logs =
    grafanaLogs.length === 0
      ? []
      : ['### What Grafana logs', grafanaLogs.map((log) => `- \`${log}\``).join('\n')];
  const see =
    related.length === 0 ? [] : [`See also: ${related.map((other) => `[${other}](#${other})`).join(', ')}.`];
  return [`## ${id}`, `${summary}. Severity: ${severity}. Fix: ${fix}.`, body, ...logs, ...see].join('\n\n');
}
