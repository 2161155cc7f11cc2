import { PROMETHEUS_IMAGE } from '../../load/compose/listening-port.ts';
import type { ContainerNetwork } from '../../model/container-network.ts';
import type { ProvisionedDatasource } from '../../model/datasource.ts';
import type { Rule } from '../../model/rule.ts';
import type { Location } from '../../model/source-file.ts';
import type { Workspace } from '../../model/workspace.ts';
import { type Address, fixOf, placesOf, type Unreachable, unreachable } from '../unreachable.ts';
import { writtenEntry } from '../written-entry.ts';

/** The URL of a datasource leads nowhere from Grafana's container. */
export const datasourceUrlUnreachable: Rule = {
  id: 'datasource-url-unreachable',
  summary: 'Grafana does not reach the URL of a datasource from its container',
  severity: 'data',
  fix: 'safe',
  related: ['scrape-target-unreachable', 'provisioning-dollar-unescaped'],
  grafanaLogs: ['no such host', 'connect: connection refused', 'unsupported protocol scheme'],
  check(workspace, report) {
    for (const datasource of workspace.datasources) {
      const entry = writtenEntry(workspace, datasource);
      // The browser asks then, from wherever it is.
      if (entry.access === 'direct' || entry.access === 'browser') continue;
      const { url = '', type = '' } = datasource;
      const at: Location = { file: datasource.at.file, path: [...(datasource.at.path ?? []), 'url'] };
      if (url.includes('$') || url.includes('{')) continue;
      if (url === '') {
        if (NEEDS_SCHEME.has(type) && entry.url === undefined)
          report({
            message: `Missing \`url\` of "${datasource.name}": its queries fail`,
            at: datasource.at,
          });
        continue;
      }
      if (NEEDS_SCHEME.has(type) && /^[\w.-]+(:\d+)?(\/.*)?$/.test(url)) {
        report({
          message: `Expected the URL "${url}" of "${datasource.name}" to begin with http://`,
          at,
          grafanaLog: 'unsupported protocol scheme',
          ...(entry.url === url && { fix: setUrl(at, `http://${url}`, 'Ask it by http') }),
        });
        continue;
      }
      const { network } = workspace.grafana;
      const fault = network && faultOf(network, workspace, datasource);
      if (!fault) continue;
      report({
        ...(fault.severity && { severity: fault.severity }),
        message: `Unreachable URL "${withoutPassword(url)}" of "${datasource.name}": ${fault.why}`,
        at,
        related: placesOf(fault, network, 'Grafana'),
        grafanaLog: fault.log,
        ...fixOf(fault, (address) => {
          const better = withAddress(url, address);
          return entry.url === url ? setUrl(at, better, `Ask ${withoutPassword(better)}`) : undefined;
        }),
      });
    }
  },
};

function faultOf(
  network: ContainerNetwork,
  { grafana: { environment }, datasources }: Workspace,
  { url = '', type = '' }: ProvisionedDatasource,
): Unreachable | undefined {
  // Of several, another may be the one for the service beside Grafana.
  const isOnly = datasources.filter((other) => other.type === type).length === 1;
  const [, host, port] = ADDRESS.exec(url) ?? [];
  if (host === undefined) return undefined;
  return unreachable(
    { host, port: port === undefined ? defaultPort(url) : Number(port) },
    {
      network,
      own: [Number(environment.GF_SERVER_HTTP_PORT ?? 3000)],
      images: isOnly ? IMAGES.get(type) : undefined,
    },
  );
}

/** Scheme, user and password, host, port. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#@\s]+)(?::(\d+))?(?=[/?#]|$)/i;

function defaultPort(url: string): number | undefined {
  if (/^http:/i.test(url)) return 80;
  return /^https:/i.test(url) ? 443 : undefined;
}

function withAddress(url: string, { host, port }: Address): string {
  const match = ADDRESS.exec(url);
  const [whole = '', old = '', oldPort] = match ?? [];
  const end = whole.length - (oldPort === undefined ? 0 : oldPort.length + 1);
  const isDefault = oldPort === undefined && port === defaultPort(url);
  return `${url.slice(0, end - old.length)}${host}${port === undefined || isDefault ? '' : `:${port}`}${url.slice(whole.length)}`;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//…@');
}

function setUrl({ file, path = [] }: Location, value: string, title: string) {
  return { title, safety: 'safe', edits: [{ kind: 'set', file, path, value }] } as const;
}

/** Datasources that send their requests to the URL as it is. */
const NEEDS_SCHEME = new Set(['prometheus', 'loki']);

/** Images that answer as a datasource of a type. */
const IMAGES = new Map([
  ['prometheus', PROMETHEUS_IMAGE],
  ['loki', /(^|\/)grafana\/loki$/],
  ['tempo', /(^|\/)grafana\/tempo$/],
  ['grafana-pyroscope-datasource', /(^|\/)grafana\/pyroscope$/],
  ['jaeger', /(^|\/)jaegertracing\/(all-in-one|jaeger)$/],
  ['alertmanager', /(^|\/)(prom|prometheus)\/alertmanager$/],
  ['influxdb', /(^|\/)influxdb$/],
]);
