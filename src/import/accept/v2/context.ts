import type { ProvisionedDatasource } from '../../../model/datasource.ts';
import type { Losses } from '../losses.ts';

/** What the parts of one dashboard share while they are brought into the classic form. */
export interface V2Context {
  readonly datasources: readonly ProvisionedDatasource[];
  readonly losses: Losses;
  /** What was decided, one sentence each. */
  readonly notes: Set<string>;
}
