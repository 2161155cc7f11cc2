import type { Edit } from './edit.ts';
import type { Location } from './source-file.ts';

/**
 * What happens to the user.
 * - `load`: the dashboard, the datasource or Grafana itself does not come up
 * - `data`: it comes up and shows nothing, or the wrong thing
 * - `drift`: edits or identity get lost
 * - `style`: everything works; off unless asked for
 */
export type Severity = 'load' | 'data' | 'drift' | 'style';

/** From worst to mildest. */
export const SEVERITIES = ['load', 'data', 'drift', 'style'] as const satisfies readonly Severity[];

/** One thing that is wrong, at one place. Findings are data: a report prints them, `fix` acts on them. */
export interface Finding {
  /** Id of the rule, such as `datasource-uid-unknown`. */
  readonly rule: string;
  readonly severity: Severity;
  /** "Expected … to be …" when the repair is certain, otherwise an adjective first. One sentence or two, no line breaks. */
  readonly message: string;
  readonly at: Location;
  /** Other places that belong to the mistake. */
  readonly related: readonly RelatedPlace[];
  /** The line Grafana writes to its log for this, so that searching for it leads here. */
  readonly grafanaLog?: string;
  /** The repair, when there is exactly one right one. */
  readonly fix?: Fix;
  /** Several plausible repairs: printed, never written. */
  readonly suggestions?: readonly string[];
}

/** Another place and what it has to do with the finding. */
export interface RelatedPlace {
  readonly at: Location;
  readonly message: string;
}

/** A repair: all edits or none. */
export interface Fix {
  /** What it does, in one sentence without a full stop. */
  readonly title: string;
  /** `safe`: Grafana shows the same or strictly more. `unsafe`: a human must agree. */
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
}
