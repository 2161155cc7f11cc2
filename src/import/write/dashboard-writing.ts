import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { Code } from '../code/code.ts';
import type { Writing } from '../code/express.ts';

/** What the parts of one definition share while they are written. */
export interface DashboardWriting extends Writing {
  readonly datasources: readonly ProvisionedDatasource[];
  /** A typed expression that prints exactly this PromQL; undefined when there is none. */
  promql(expr: string): Code | undefined;
}
