import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from '../load/catalogues.ts';
import { metricsPull } from './pull.ts';

const TEXT = `# HELP rolls_total Rolls by their \\\\ outcome.\\nTwo lines.
# TYPE rolls_total counter
rolls_total{result="success",die="a \\"fair\\" one"} 3 1700000000000
rolls_total{result="error",die="x,y}",empty=""} 1
# HELP temperature How warm it is.
# TYPE temperature gauge
temperature -3.5e1
# TYPE took_seconds histogram
took_seconds_bucket{le="0.5"} 1
took_seconds_bucket{le="10"} 2
took_seconds_bucket{le="+Inf"} 2
took_seconds_sum 4
took_seconds_count 2
# TYPE size_bytes summary
size_bytes{handler="/",quantile="0.5"} NaN
size_bytes_sum{handler="/"} 3
size_bytes_count{handler="/"} 1
`;

const OPEN_METRICS = `# TYPE rolls counter
# UNIT rolls rolls
# HELP rolls Rolls.
rolls_total{result="success"} 3 # {trace_id="abc"} 1
rolls_created{result="success"} 1.7e9
# TYPE build info
build_info{version="1"} 1
{"other.metric",kind="a"} 1
# EOF
`;

const folder = mkdtempSync(join(tmpdir(), 'panelproof-pull-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

let server: Server;
let url: string;
let answers: Record<string, unknown>;
let requests: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(/&start=\d+/, '');
    requests.push(path);
    const answer = answers[path];
    if (answer === undefined) response.statusCode = 404;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? 'nothing here'));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  requests = [];
});
afterEach(() => {
  requests = [];
});
afterAll(() => new Promise((closed) => server.close(closed)));

describe('a page of metrics', () => {
  it('becomes a catalogue: types, help, labels, buckets', async () => {
    const { catalogue, omitted } = await metricsPull({
      source: file('dice.prom', TEXT),
      jobs: ['dice'],
      complete: true,
    });
    expect(omitted).toEqual([]);
    expect(catalogue).toEqual({
      catalogueVersion: 1,
      jobs: { dice: { complete: true } },
      metrics: {
        rolls_total: {
          type: 'counter',
          help: 'Rolls by their \\ outcome.\nTwo lines.',
          jobs: ['dice'],
          labels: { die: 'open', result: 'open' },
        },
        size_bytes: { type: 'summary', help: '', jobs: ['dice'], labels: { handler: 'open' } },
        temperature: { type: 'gauge', help: 'How warm it is.', jobs: ['dice'], labels: {} },
        took_seconds: { type: 'histogram', help: '', jobs: ['dice'], labels: {}, buckets: [0.5, 10] },
      },
    });
  });

  it('is read as OpenMetrics too, and leaves out what has no type', async () => {
    const { catalogue, omitted } = await metricsPull({ source: file('open.txt', OPEN_METRICS) });
    expect(omitted).toEqual([{ name: 'other.metric', why: 'no type' }]);
    expect(catalogue.jobs).toEqual({ open: { complete: false } });
    expect(catalogue.metrics).toEqual({
      build_info: { type: 'gauge', help: '', jobs: ['open'], labels: { version: 'open' } },
      rolls_total: {
        type: 'counter',
        unit: 'rolls',
        help: 'Rolls.',
        jobs: ['open'],
        labels: { result: 'open' },
      },
    });
  });

  it('is not complete while a metric has no series', async () => {
    const text = `${TEXT}# TYPE later_total counter\n`;
    const { catalogue, omitted } = await metricsPull({ source: file('later.prom', text), complete: true });
    expect(omitted).toEqual([{ name: 'later_total', why: 'no series yet' }]);
    expect(catalogue.jobs).toEqual({ later: { complete: false } });
  });

  it('is fetched from a URL, whose host names the job', async () => {
    answers = { '/metrics': TEXT };
    const { catalogue, text } = await metricsPull({ source: `${url}/metrics` });
    expect(Object.keys(catalogue.jobs)).toEqual(['127.0.0.1']);
    expect(text).toContain(`/** The metrics of ${url}/metrics, written by`);
    expect(requests).toEqual(['/metrics']);
  });

  it.each([
    ['no file', () => join(folder, 'none.prom'), /cannot read .*none\.prom: there is none/],
    ['no samples', () => file('empty.prom', '# nothing\n'), /expected a page of metrics, found no sample/],
    [
      'no metrics',
      () => file('page.html', '<html>'),
      /page\.html:1: expected a sample such as up\{job="a"\} 1, found "<html>"/,
    ],
    ['an open brace', () => file('open.prom', 'a{b="c" 1'), /open\.prom:1: expected a sample/],
    ['an error', () => `${url}/other/metrics`, /expected an answer with status 200, found 404/],
    ['nobody there', () => 'http://127.0.0.1:1/metrics', /no answer, .*(ECONNREFUSED|bad port)/],
  ])('is refused with its place: %s', async (_, source, message) => {
    answers = {};
    await expect(metricsPull({ source: source() })).rejects.toThrow(message);
  });
});

describe('the text of a module', () => {
  it('is the catalogue when it is read back, and the same each time', async () => {
    const source = file('dice.prom', TEXT);
    const first = await metricsPull({ source });
    expect(readCatalogue(first.text)).toEqual(first.catalogue);
    expect((await metricsPull({ source })).text).toBe(first.text);
  });

  it('is formatted as people leave it', async () => {
    const source = file('small.prom', `# HELP it's_total no\n# TYPE b_total counter\nb_total{a="b"} 1\n`);
    expect((await metricsPull({ source, jobs: ['a-b'] })).text.replace(/\/\*\*.*\n/, '')).toBe(
      `export const catalogue = {
  catalogueVersion: 1,
  jobs: {
    'a-b': {
      complete: false,
    },
  },
  metrics: {
    b_total: {
      type: 'counter',
      help: '',
      jobs: ['a-b'],
      labels: {
        a: 'open',
      },
    },
  },
} as const;
`,
    );
  });
});

describe('a Prometheus server', () => {
  const up = (job: string) => ({ __name__: 'up', job, instance: 'x:1', tier: 'backend' });
  const ofServer = (): Record<string, unknown> => ({
    '/api/v1/labels': { status: 'success', data: ['__name__', 'job'] },
    '/api/v1/label/job/values': { status: 'success', data: ['mail', 'dice'] },
    '/api/v1/metadata': {
      status: 'success',
      data: {
        rolls_total: [{ type: 'counter', help: 'Rolls.', unit: '' }],
        took_seconds: [{ type: 'histogram', help: 'Took.', unit: 'seconds' }],
      },
    },
    '/api/v1/series?match[]={job="dice"}': {
      status: 'success',
      data: [
        up('dice'),
        { __name__: 'rolls_total', job: 'dice', instance: 'x:1', tier: 'backend', result: 'success' },
        { __name__: 'took_seconds_bucket', job: 'dice', instance: 'x:1', tier: 'backend', le: '1.0' },
        { __name__: 'took_seconds_bucket', job: 'dice', instance: 'x:1', tier: 'backend', le: '+Inf' },
        { __name__: 'job:rolls:rate5m', job: 'dice' },
      ],
    },
    '/api/v1/series?match[]={job="mail"}': {
      status: 'success',
      data: [up('mail'), { __name__: 'rolls_total', job: 'mail', instance: 'x:2', tier: 'backend' }],
    },
  });

  it('becomes a catalogue of all its jobs, with the labels of their targets apart', async () => {
    answers = ofServer();
    const { catalogue, omitted } = await metricsPull({ source: `${url}/` });
    expect(omitted).toEqual([]);
    expect(catalogue).toEqual({
      catalogueVersion: 1,
      jobs: {
        dice: { complete: false, targetLabels: { tier: ['backend'] } },
        mail: { complete: false, targetLabels: { tier: ['backend'] } },
      },
      metrics: {
        rolls_total: { type: 'counter', help: 'Rolls.', jobs: ['dice', 'mail'], labels: { result: 'open' } },
        took_seconds: {
          type: 'histogram',
          unit: 'seconds',
          help: 'Took.',
          jobs: ['dice'],
          labels: {},
          buckets: [1],
        },
      },
    });
  });

  it('is asked for the wanted jobs only, and says which ones it has', async () => {
    answers = ofServer();
    const { catalogue } = await metricsPull({ source: url, jobs: ['mail'] });
    expect(Object.keys(catalogue.jobs)).toEqual(['mail']);
    expect(requests.filter((path) => path.includes('series'))).toEqual([
      '/api/v1/series?match[]={job="mail"}',
    ]);
    await expect(metricsPull({ source: url, jobs: ['web'] })).rejects.toThrow(
      'expected job web, the server has dice, mail',
    );
  });

  it('passes on what the server complains of', async () => {
    answers = { ...ofServer(), '/api/v1/metadata': { status: 'error', error: 'too much' } };
    await expect(metricsPull({ source: url })).rejects.toThrow('the server says "too much"');
  });
});

describe('the comparison with a catalogue', () => {
  const before = `export const catalogue = {
    catalogueVersion: 1,
    jobs: { dice: { complete: true, unlistedPrefixes: ['process_'] }, mail: { complete: true } },
    metrics: {
      rolls_total: { type: 'counter', help: '', jobs: ['dice'], labels: { result: ['success'], size: 'open' } },
      temperature: { type: 'counter', help: '', jobs: ['dice'], labels: {} },
      took_seconds: { type: 'histogram', help: '', jobs: ['dice'], labels: {}, buckets: [0.5, 5] },
      gone_total: { type: 'counter', help: '', jobs: ['dice'], labels: {} },
      mails_total: { type: 'counter', help: '', jobs: ['mail'], labels: {} },
    },
  };`;

  it('says what is gone, new or different, for the jobs that were read', async () => {
    const source = file('dice.prom', `${TEXT}# TYPE process_fds gauge\nprocess_fds 3\n`);
    const { changes } = await metricsPull({ source, jobs: ['dice'], check: file('metrics.ts', before) });
    expect(changes?.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
      'metric gone: gone_total is gone: dice no longer exports it',
      'label gone: rolls_total has lost the label size',
      'label added: rolls_total has the new label die',
      'value added: rolls_total has the new value "error" of label result',
      'metric added: size_bytes is new: dice exports a summary of that name',
      'type changed: temperature was a counter and is a gauge',
      'buckets changed: took_seconds had the buckets 0.5, 5 and has 0.5, 10',
    ]);
  });

  it('says nothing of a catalogue that was just pulled', async () => {
    const source = file('dice.prom', TEXT);
    const { text } = await metricsPull({ source });
    expect((await metricsPull({ source, check: file('own.ts', text) })).changes).toEqual([]);
  });

  it('refuses a module that is no catalogue', async () => {
    const source = file('dice.prom', TEXT);
    await expect(metricsPull({ source, check: file('no.ts', 'export const a = 1;') })).rejects.toThrow(
      /no\.ts: expected a metric catalogue/,
    );
  });
});
