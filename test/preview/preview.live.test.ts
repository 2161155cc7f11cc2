import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askPrometheus } from '../../src/preview/data/ask-prometheus.ts';
import {
  askRecording,
  printRecording,
  readRecording,
  recordAnswers,
} from '../../src/preview/data/recording.ts';
import { type PreviewOptions, preview } from '../../src/preview/preview.ts';
import { type Running, root, waitUntil } from '../live/lab.ts';
import { missingPrometheus, type Prometheus, startPrometheus } from '../live/prometheus.ts';
import { buildServices, type Services, startServices, startTraffic } from '../live/services.ts';

const missing = missingPrometheus();
if (missing) console.warn(`Skipped: ${missing}`);

describe.skipIf(missing)(`pictures of a running service${missing ? ` (${missing})` : ''}`, () => {
  let services: Services;
  let prometheus: Prometheus;
  let traffic: Running;

  beforeAll(async () => {
    buildServices();
    services = await startServices({ ROLL_MAX_DELAY_MS: '50' });
    prometheus = await startPrometheus({
      'dice-roller:8000': new URL(services.rollerUrl).host,
      'die-service:8000': new URL(services.dieServiceUrl).host,
    });
    traffic = startTraffic(services.rollerUrl, ['--rate', '20', '--requests', '0', '--seed', '1']);
    await waitUntil('rates of batches', async () => {
      const series = await prometheus.query('sum(rate(async_roll_batch_size_count[1m])) > 0');
      return series.length > 0;
    });
    // A range is asked for in steps of 15 seconds: one of them must lie behind the first values.
    await waitUntil('a step with values', async () => {
      const step = Math.floor(Date.now() / 15_000) * 15;
      return (await prometheus.query(`sum(rate(async_rolls_total[1m] @ ${step})) > 0`)).length > 0;
    });
  });
  afterAll(async () => {
    await traffic?.stop();
    await prometheus?.stop();
    await services?.stop();
  });

  const options = (ask: ReturnType<typeof askPrometheus>, now: number): PreviewOptions => ({
    root,
    dashboards: ['stage4-async-rolling'],
    themes: ['dark'],
    from: 'now-5m',
    data: { ask, name: 'Prometheus', now, timeZone: 'UTC' },
  });

  test('the five panels show what Prometheus answers, and its recording draws the same bytes', async () => {
    const now = Date.now();
    const recorder = recordAnswers(askPrometheus(prometheus.url));
    const [live] = await preview(options(recorder.ask, now));
    expect(live?.svg).not.toContain('No data');
    expect(live?.svg).toMatch(/>fair - success</);
    const text = printRecording({ now, answers: recorder.answers });
    const recording = readRecording(text, 'a.json');
    const [replayed] = await preview(options(askRecording(recording), recording.now));
    expect(replayed?.svg).toBe(live?.svg);
  });

  test('a query that Prometheus refuses stands in its panel', async () => {
    const ask = askPrometheus(prometheus.url);
    const [picture] = await preview(options((question) => ask({ ...question, expr: 'sum(' }), Date.now()));
    expect(picture?.svg).toContain('parse error');
  });
});

test('a server that does not answer is an error in each panel, not a made-up line', async () => {
  const data = { ask: askPrometheus('http://127.0.0.1:9'), name: 'nobody', now: Date.now(), timeZone: 'UTC' };
  const [picture] = await preview({ root, dashboards: ['stage4-async-rolling'], themes: ['dark'], data });
  expect(picture?.svg.match(/Prometheus at http:\/\/127\.0\.0\.1:9 does not/g)).toHaveLength(5);
});
