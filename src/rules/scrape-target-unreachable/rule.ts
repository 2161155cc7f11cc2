import type { Rule } from '../../model/rule.ts';
import type { PrometheusConfig, ScrapeTarget } from '../../model/scrape.ts';
import { unreachable } from '../unreachable.ts';

/** Prometheus does not reach what it is told to scrape, so that its queries find nothing. */
export const scrapeTargetUnreachable: Rule = {
  id: 'scrape-target-unreachable',
  summary: 'Prometheus does not reach a target that it is told to scrape',
  severity: 'data',
  fix: 'safe',
  related: ['datasource-url-unreachable', 'query-job-unknown'],
  check(workspace, report) {
    for (const config of workspace.prometheus)
      for (const { name, targets } of config.jobs)
        for (const target of targets) {
          const fault = faultOf(config, target);
          if (!fault) continue;
          const { why, instead, neighbour, severity, edits } = fault;
          const { network } = config;
          const { at, address } = target;
          report({
            ...(severity && { severity }),
            message: `Unreachable target "${address}" of job "${name}": ${why}`,
            at,
            related: [
              ...(network
                ? [{ at: network.at, message: `Prometheus runs as service "${network.service}"` }]
                : []),
              ...(neighbour ? [{ at: neighbour.at, message: `service "${neighbour.service}"` }] : []),
            ],
            ...(instead?.port !== undefined && {
              fix: {
                title: `Scrape ${instead.host}:${instead.port}`,
                safety: 'safe',
                edits: [
                  {
                    kind: 'set',
                    file: at.file,
                    path: at.path ?? [],
                    value: `${instead.host}:${instead.port}`,
                  },
                ],
              },
            }),
            ...(edits && {
              fix: { title: 'Let Docker tell it the address of the host', safety: 'safe', edits },
            }),
          });
        }
  },
};

function faultOf({ network }: PrometheusConfig, { address }: ScrapeTarget) {
  const [, host, port] = /^(\[[^\]]*\]|[^/:\s]+)(?::(\d+))?$/.exec(address) ?? [];
  if (!network || host === undefined) return undefined;
  const listens = network.neighbours.find(({ service }) => service === network.service)?.listens;
  return unreachable(
    { host, port: port === undefined ? undefined : Number(port) },
    { network, own: listens === undefined ? undefined : [listens] },
  );
}
