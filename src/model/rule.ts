import type { Finding, Severity } from './finding.ts';
import type { Workspace } from './workspace.ts';

/** One thing that can be wrong. Lives in `src/rules/<id>/` with its prose and its cases. */
export interface Rule {
  /** Thing + what is wrong, kebab-case. A public contract, as is the severity. */
  readonly id: string;
  /** One sentence for lists, without a full stop. */
  readonly summary: string;
  /** The highest severity of its findings. */
  readonly severity: Severity;
  /** Whether `fix` can mend it. */
  readonly fix: 'none' | 'safe' | 'unsafe';
  /** Ids of rules that a reader should know too. */
  readonly related?: readonly string[];
  /** Parts of Grafana's log lines that this mistake causes, `…` for anything; `explain` finds the rule by them. */
  readonly grafanaLogs?: readonly string[];
  /** Looks at one workspace; must neither touch the disk nor depend on the order of files. */
  readonly check: (workspace: Workspace, report: Report) => void;
}

/** Takes one finding; rule and (unless a lower one is given) severity are filled in by the engine. */
export type Report = (finding: ReportedFinding) => void;

/** What a rule says of one mistake. */
export type ReportedFinding = Omit<Finding, 'rule' | 'severity' | 'related'> & {
  readonly severity?: Severity;
  readonly related?: Finding['related'];
};
