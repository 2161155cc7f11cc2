import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyOf, type FakeServer, serve } from './fake-server.ts';

interface PromAnswer {
  readonly data: { readonly result: readonly { metric: object; values: readonly [number, string][] }[] };
}

/**
 * A Grafana in front of a real Prometheus: the shapes are those of the recorded answers, the data is Prometheus' own. It
 * has the dashboard `provisioning/dashboards/general/lab.json` of a tree, and a proxy that lets GET pass only.
 */
export async function startGrafanaFacade(prometheusUrl: string, tree: string): Promise<FakeServer> {
  return serve(async (request, response) => {
    const url = request.url ?? '';
    const body = await bodyOf(request);
    const answer = (json: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    const proxied = url.split('/api/datasources/proxy/uid/prometheus')[1];
    if (url === '/api/health') answer({ database: 'ok', version: '12.2.0' });
    else if (url === '/api/datasources')
      answer([
        {
          uid: 'prometheus',
          name: 'Prometheus',
          type: 'prometheus',
          isDefault: true,
          jsonData: { timeInterval: '1s' },
        },
      ]);
    else if (url.endsWith('/health'))
      answer({ status: 'OK', message: 'Successfully queried the Prometheus API.' });
    else if (url === '/api/dashboards/uid/lab') {
      const text = readFileSync(join(tree, 'provisioning/dashboards/general/lab.json'), 'utf8');
      answer({
        meta: { folderTitle: 'General', folderUid: '' },
        dashboard: { ...JSON.parse(text), id: 1, version: 1 },
      });
    } else if (url === '/api/ds/query')
      answer({ results: { A: await query(prometheusUrl, JSON.parse(body)) } });
    else if (proxied !== undefined && request.method === 'GET') {
      const behind = await fetch(prometheusUrl + proxied);
      response.writeHead(behind.status).end(await behind.text());
    } else answer({ message: 'Not found' }, 404);
  });
}

async function query(
  prometheusUrl: string,
  body: { from: string; to: string; queries: { expr: string; intervalMs: number }[] },
) {
  const [{ expr, intervalMs } = { expr: '', intervalMs: 1000 }] = body.queries;
  const [start, end] = [body.from, body.to].map((time) => Number(time) / 1000);
  const parameters = { query: expr, start: String(start), end: String(end), step: String(intervalMs / 1000) };
  const response = await fetch(`${prometheusUrl}/api/v1/query_range?${new URLSearchParams(parameters)}`);
  const { data } = (await response.json()) as PromAnswer;
  const frames = data.result.map(({ metric, values }) => ({
    schema: {
      refId: 'A',
      fields: [
        { name: 'Time', type: 'time' },
        { name: 'Value', type: 'number', labels: metric },
      ],
    },
    data: { values: [values.map(([time]) => time * 1000), values.map(([, value]) => Number(value))] },
  }));
  return {
    status: 200,
    frames: frames.length > 0 ? frames : [{ schema: { refId: 'A', fields: [] }, data: { values: [] } }],
  };
}
