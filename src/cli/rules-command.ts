import { Command } from 'commander';
import type { Rule } from '../model/rule.ts';
import { UsageError } from '../model/usage-error.ts';
import { EXIT } from './exit.ts';
import type { MakeCommand } from './terminal.ts';

/** `panelproof rules` */
export const rulesCommand: MakeCommand = (terminal, exit) =>
  new Command('rules')
    .description('List the rules: id, severity, whether fix can mend it, what it says')
    .option('--json', 'print one JSON array')
    .action(async ({ json }: { json?: boolean }) => {
      const { ALL_RULES } = await import('../rules/all-rules.ts');
      const text = json
        ? JSON.stringify(
            ALL_RULES.map(({ id, severity, fix, summary, related = [] }) => ({
              id,
              severity,
              fix,
              summary,
              related,
            })),
            undefined,
            2,
          )
        : ALL_RULES.map(ruleLine).join('\n');
      terminal.stdout.write(`${text}\n`);
      exit(EXIT.ok);
    });

/** `panelproof explain <rule or log line>` */
export const explainCommand: MakeCommand = (terminal, exit) =>
  new Command('explain')
    .description("Explain a rule, or a line of Grafana's log: cause, evidence, repair")
    .argument('<rule-or-log-line...>', 'the id of a rule, or text from the log')
    .action(async (words: string[]) => {
      const { explain } = await import('../doctor/explain.ts');
      const text = words.join(' ');
      const explained = explain(text);
      if (explained === undefined)
        throw new UsageError(
          `no rule and no known line of Grafana's log: ${JSON.stringify(text)} (\`panelproof rules\` lists the rules)`,
        );
      terminal.stdout.write(explained);
      exit(EXIT.ok);
    });

function ruleLine({ id, severity, fix, summary }: Rule): string {
  const mends = { none: '', safe: 'fix', unsafe: 'fix --unsafe' }[fix];
  return `${severity.padEnd(5)}  ${id.padEnd(32)}  ${mends.padEnd(12)}  ${summary}`;
}
