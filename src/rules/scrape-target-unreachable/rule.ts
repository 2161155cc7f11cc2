import type { ContainerNetwork } from '../../model/container-network.ts';
import type { Rule } from '../../model/rule.ts';
import { fixOf, placesOf, type Unreachable, unreachable } from '../unreachable.ts';

/** Prometheus does not reach what it is told to scrape, so that its queries find nothing. */
export const scrapeTargetUnreachable: Rule = {
  id: 'scrape-target-unreachable',
  summary: 'Prometheus does not reach a target that it is told to scrape',
  severity: 'data',
  fix: 'safe',
  related: ['datasource-url-unreachable', 'query-job-unknown'],
  check(workspace, report) {
    for (const config of workspace.prometheus) {
      const { network } = config;
      if (!network) continue;
      // One repair is for all that ask so.
      let asksHost = false;
      for (const { name, targets } of config.jobs)
        for (const { at, address } of targets) {
          const fault = faultOf(network, address);
          if (!fault || (fault.edits && asksHost)) continue;
          if (fault.edits) asksHost = true;
          report({
            ...(fault.severity && { severity: fault.severity }),
            message: `Unreachable target "${address}" of job "${name}": ${fault.why}`,
            at,
            related: placesOf(fault, network, 'Prometheus'),
            ...fixOf(fault, ({ host, port }) =>
              port === undefined
                ? undefined
                : {
                    title: `Scrape ${host}:${port}`,
                    safety: 'safe',
                    edits: [{ kind: 'set', file: at.file, path: at.path ?? [], value: `${host}:${port}` }],
                  },
            ),
          });
        }
    }
  },
};

function faultOf(network: ContainerNetwork, address: string): Unreachable | undefined {
  const [, host, port] = /^(\[[^\]]*\]|[^/:\s]+)(?::(\d+))?$/.exec(address) ?? [];
  if (host === undefined) return undefined;
  const listens = network.neighbours.find(({ service }) => service === network.service)?.listens;
  return unreachable(
    { host, port: port === undefined ? undefined : Number(port) },
    { network, own: listens === undefined ? undefined : [listens] },
  );
}
