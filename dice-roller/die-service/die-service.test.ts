import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../common/logger.ts';
import { createTracing } from '../common/tracing.ts';
import { type LogLine, readSamples } from '../test/roller-lab.ts';
import { createDieService } from './die-service.ts';

const fair = { faces: [1, 2, 3, 4, 5, 6], error_rate: 0 };
const risky = { faces: [2, 3, 4, 5, 6, 7], error_rate: 0.1 };

function createLab() {
  const logs: LogLine[] = [];
  const logger = createLogger('die-service', 'info', { write: (line) => void logs.push(JSON.parse(line)) });
  const exporter = new InMemorySpanExporter();
  const { tracer } = createTracing('die-service', [new SimpleSpanProcessor({ exporter })]);
  const { app } = createDieService({ dice: new Map(Object.entries({ fair, risky })), logger, tracer });
  const get = (url: string) => app.inject({ url });
  return {
    get,
    logs,
    exporter,
    metric: async (name: string) => readSamples((await get('/metrics')).body).get(name),
  };
}

describe('die-service', () => {
  it('says who it is and how many dice it has', async () => {
    expect((await createLab().get('/')).json()).toEqual({
      service: 'Die Service API',
      version: '1.0.0',
      endpoints: ['/dice', '/dice?identifier={id}'],
      loaded_specifications: 2,
    });
  });

  it('lists the dice in the order of the file', async () => {
    const lab = createLab();
    expect((await lab.get('/dice')).json()).toEqual({ identifiers: ['fair', 'risky'] });
    expect(await lab.metric('die_list_requests_total')).toBe(1);
    expect(lab.exporter.getFinishedSpans()[0]?.attributes).toMatchObject({
      'request.type': 'list',
      'die.count': 2,
    });
  });

  it('answers the specification of a die', async () => {
    const lab = createLab();
    expect((await lab.get('/dice?identifier=risky')).json()).toEqual({
      identifier: 'risky',
      specification: risky,
    });
    expect(await lab.metric('die_specifications_requested_total{identifier="risky"}')).toBe(1);
    expect(await lab.metric('die_specifications_requested_total{identifier="fair"}')).toBe(0);
    expect(await lab.metric('die_specifications_loaded')).toBe(2);
    const [span] = lab.exporter.getFinishedSpans();
    expect(span?.name).toBe('GET /dice');
    expect(span?.attributes).toMatchObject({
      'request.type': 'get',
      'die.identifier': 'risky',
      'die.found': true,
    });
  });

  it.each(['nope', '', '__proto__', 'constructor', '%00'])(
    'answers 404 for the unknown die "%s"',
    async (name) => {
      const lab = createLab();
      const response = await lab.get(`/dice?identifier=${name}`);
      expect(response.statusCode).toBe(404);
      const shown = decodeURIComponent(name);
      expect(response.json()).toEqual({
        detail: `Die identifier '${shown}' not found. Available: ['fair', 'risky']`,
      });
      expect(await lab.metric('die_specifications_requested_total{identifier="unknown"}')).toBe(undefined);
      expect(lab.exporter.getFinishedSpans()[0]?.attributes).toMatchObject({ 'die.found': false });
      expect(lab.logs).toContainEqual(
        expect.objectContaining({
          level: 'WARNING',
          identifier: shown,
          available_identifiers: ['fair', 'risky'],
        }),
      );
    },
  );

  it('repeats no more than 64 characters of a name', async () => {
    const response = await createLab().get(`/dice?identifier=${'x'.repeat(5000)}`);
    expect(response.json().detail).toContain(`'${'x'.repeat(64)}'`);
  });

  it('refuses a repeated identifier', async () => {
    const response = await createLab().get('/dice?identifier=fair&identifier=risky');
    expect(response.statusCode).toBe(422);
    expect(response.json().detail[0].loc).toEqual(['query', 'identifier']);
  });

  it('is ready at once', async () => {
    expect((await createLab().get('/readyz')).statusCode).toBe(200);
  });
});
