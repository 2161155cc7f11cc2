import { bodyOf, type FakeServer, serve } from './fake-server.ts';

/** A stream of logs: labels, and lines with their structured metadata. */
export interface FakeStream {
  readonly labels: Readonly<Record<string, string>>;
  readonly lines: readonly { readonly text: string; readonly metadata?: Readonly<Record<string, string>> }[];
}

/** A Loki that knows selectors of `=`, and the stages `|= "text"` and `| label="value"`. */
export async function startFakeLoki(streams: readonly FakeStream[]): Promise<FakeServer> {
  return serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://loki');
    const query = searchParams.get('query') ?? searchParams.get('match[]') ?? '';
    const selected = streams.filter(({ labels }) =>
      matchers(/\{(.*?)\}/.exec(query)?.[1] ?? '').every(([label, op, value]) =>
        op === '=~' ? labels[label] !== undefined : labels[label] === value,
      ),
    );
    const answer = (data: unknown) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ status: 'success', data }));
    const label = /\/label\/(\w+)\/values$/.exec(pathname)?.[1];
    if (label !== undefined) answer([...new Set(streams.flatMap(({ labels }) => labels[label] ?? []))]);
    else if (pathname.endsWith('/labels'))
      answer([...new Set(streams.flatMap(({ labels }) => Object.keys(labels)))]);
    else if (pathname.endsWith('/series')) answer(selected.map(({ labels }) => labels));
    else {
      const result = selected.map(({ labels, lines }) => ({
        stream: labels,
        values: lines.filter((line) => passes(line, query)).map(({ text }) => [`${Date.now()}000000`, text]),
      }));
      answer({ resultType: 'streams', result: result.filter(({ values }) => values.length > 0) });
    }
  });
}

function matchers(text: string): readonly (readonly [string, string, string])[] {
  return [...text.matchAll(/(\w+)(=~|=)"([^"]*)"/g)].map(([, label = '', op = '', value = '']) => [
    label,
    op,
    value,
  ]);
}

function passes({ text, metadata = {} }: FakeStream['lines'][number], query: string): boolean {
  const stages = query.replace(/^\{.*?\}/, '');
  const contains = [...stages.matchAll(/\|= "([^"]*)"/g)].every(([, part = '']) => text.includes(part));
  return contains && matchers(stages).every(([label, , value]) => metadata[label] === value);
}

/** A span of a fake trace: name, id and parent. */
export type FakeSpan = readonly [string, string, string];

/** A Tempo with traces by id; a search finds those that have a span of the name that it asks for. */
export async function startFakeTempo(
  traces: (id: string) => readonly FakeSpan[],
  found = 1,
): Promise<FakeServer> {
  return serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://tempo');
    const answer = (body: unknown) => response.writeHead(200).end(JSON.stringify(body));
    const id = /^\/api\/v2\/traces\/(\w+)$/.exec(pathname)?.[1];
    if (pathname === '/api/echo') response.writeHead(200).end('echo');
    else if (pathname.endsWith('/values')) answer({ tagValues: [{ type: 'string', value: 'dice-roller' }] });
    else if (pathname === '/api/search') {
      const isAny = searchParams.get('q') === '{}' || !searchParams.get('q')?.includes('nobody');
      const trace = { traceID: 'a', startTimeUnixNano: `${Date.now()}000000` };
      answer({ traces: isAny ? Array.from({ length: found }, () => trace) : [] });
    } else if (id !== undefined) {
      const spans = traces(id).map(([name, spanId, parentSpanId]) => ({ name, spanId, parentSpanId }));
      const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'dice-roller' } }] };
      answer(
        spans.length === 0
          ? { trace: {} }
          : { trace: { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] } },
      );
    } else response.writeHead(404).end('404 page not found');
  });
}

/** A Prometheus whose answers a function gives: `data` by API path and parameters. */
export async function startFakePrometheus(
  answers: (path: string, parameters: URLSearchParams) => unknown,
): Promise<FakeServer & { readonly asked: string[] }> {
  const asked: string[] = [];
  const server = await serve(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://prometheus');
    const parameters = new URLSearchParams([...searchParams, ...new URLSearchParams(await bodyOf(request))]);
    const path = pathname.replace('/api/v1/', '');
    asked.push(`${path} ${parameters.get('query') ?? parameters.get('match[]') ?? ''}`.trim());
    const data = (await answers(path, parameters)) ?? vector();
    response.writeHead(200).end(JSON.stringify({ status: 'success', data }));
  });
  return { ...server, asked };
}

/** The answer to an instant query: series by labels, with one value of now. */
export function vector(...series: readonly (readonly [Readonly<Record<string, string>>, number])[]): unknown {
  const result = series.map(([metric, value]) => ({ metric, value: [Date.now() / 1000, String(value)] }));
  return { resultType: 'vector', result };
}
