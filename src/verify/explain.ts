import type { QueryData } from './data.ts';
import { explainLogql } from './explain-logql.ts';
import { explainPromql } from './explain-promql.ts';
import type { Probe } from './probes.ts';
import type { ScrapeTarget } from './prometheus-client.ts';
import { tempoClient } from './tempo-client.ts';
import { Trouble } from './trouble.ts';

/** Says in one sentence why a query returned nothing. */
export async function explain(
  probe: Probe,
  data: QueryData,
  targets: readonly ScrapeTarget[],
): Promise<string> {
  try {
    switch (probe.query.language) {
      case 'promql':
        return await explainPromql(probe, data, targets);
      case 'logql':
        return await explainLogql(probe);
      case 'traceql':
        return await explainTraceql(probe);
      case 'unknown':
        return 'the answer has no values';
      default:
        return probe.query.language satisfies never;
    }
  } catch (error) {
    if (error instanceof Trouble) return `no data, and why cannot be found out: ${error.message}`;
    throw error;
  }
}

async function explainTraceql({ window, datasource }: Probe): Promise<string> {
  const tempo = tempoClient(datasource.ask);
  const { count } = await tempo.search('{}', { ...window, limit: 1 });
  if (count === 0) return 'Tempo has no traces in this window';
  const services = await tempo.services(window).catch(() => []);
  const known = services.length === 0 ? '' : `, of ${services.slice(0, 8).join(', ')}`;
  return `there are traces in this window${known}, but none matches`;
}
