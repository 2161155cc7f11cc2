import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyOf, bodyText, type FakeServer, type RecordedAnswer, serve } from './fake-server.ts';

/** The versions whose answers were recorded. */
export const VERSIONS = ['9.5', '12.2'] as const;
export type Version = (typeof VERSIONS)[number];

/** The login that a fake Grafana lets in. */
export const LOGIN = { user: 'admin', password: 'correct horse' };

/** Which file holds which answer, by request; queries by datasource and expression. */
const FILES = {
  '9.5': {
    'GET /api/health': 'health',
    'GET /api/datasources': 'datasources',
    'GET /api/dashboards/uid/stage4-async-rolling': 'dashboard-by-uid',
    'GET /api/dashboards/uid/': 'dashboard-missing',
    'GET /api/datasources/uid/': 'datasource-health-ok',
    'query prometheus up': 'query-range-ok',
    'query prometheus up instant': 'query-instant-ok',
    'query prometheus sum(up': 'query-parse-error',
    'query prometheus ': 'query-empty',
    'query broken ': 'query-datasource-down',
    'query ': 'query-datasource-missing',
    401: 'search-wrong-password',
  },
  '12.2': {
    'GET /api/health': 'health',
    'GET /api/datasources': 'datasources',
    'GET /api/dashboards/uid/u1': 'dashboard-u1',
    'GET /api/dashboards/uid/': 'dashboard-404',
    'GET /api/datasources/uid/prometheus/health': 'ds-health-prometheus',
    'GET /api/datasources/uid/prom-down/health': 'ds-health-prom-down',
    'GET /api/datasources/uid/loki-down/health': 'ds-health-loki-down',
    'GET /api/datasources/uid/tempo-down/health': 'ds-health-tempo-down',
    'GET /api/datasources/uid/nope/health': 'ds-health-nope',
    'GET /api/datasources/proxy/uid/prometheus/api/v1/query?query=up': 'proxy-query',
    'query prometheus up': 'query-good',
    'query prometheus up instant': 'query-good-instant',
    'query prometheus sum(up': 'query-broken',
    'query prometheus ': 'query-empty',
    'query prom-down ': 'query-down-ds',
    'query ': 'query-unknown-ds',
    401: '401-datasources-badpass',
  },
} as const satisfies { readonly [Name in Version]: Readonly<Record<string, string>> };

/** A Grafana that answers over HTTP what a real one of that version answered; it knows one login. */
export async function startFakeGrafana(version: Version): Promise<FakeServer> {
  const login = `Basic ${Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')}`;
  return serve(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const isOpen = url === '/api/health';
    const key = method === 'POST' ? queryKey(await bodyOf(request)) : `${method} ${url}`;
    const answer =
      isOpen || headers.authorization === login
        ? answerTo(version, key)
        : recorded(version, FILES[version][401]);
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(bodyText(answer));
  });
}

function queryKey(body: string): string {
  const [query] = JSON.parse(body).queries;
  return `query ${query.datasource.uid} ${query.expr}${query.instant && !query.range ? ' instant' : ''}`;
}

/** The file whose request is equal, or else the longest beginning of it. */
function answerTo(version: Version, key: string): RecordedAnswer {
  const known = Object.entries(FILES[version]).filter(
    ([request]) => key === request || /[ /]$/.test(request),
  );
  const [best] = known.filter(([request]) => key.startsWith(request)).sort(([a], [b]) => b.length - a.length);
  return best
    ? recorded(version, best[1])
    : { status: 404, contentType: 'application/json', body: { message: 'Not found' } };
}

/** One recorded answer. */
export function recorded(version: Version, name: string): RecordedAnswer {
  const file = join(import.meta.dirname, '../fixtures/grafana-answers', version, `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as RecordedAnswer;
}
