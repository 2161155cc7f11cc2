import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  answerDice,
  createRollerLab,
  type FakeDieService,
  type RollerLab,
  startFakeDieService,
  testDice,
} from '../test/roller-lab.ts';

let dieService: FakeDieService;
let lab: RollerLab;
let before: readonly string[];

beforeAll(async () => {
  dieService = await startFakeDieService(answerDice(testDice));
  lab = createRollerLab({ dieServiceUrl: dieService.url });
  // One of everything: whatever else comes has to fit into these series.
  for (const path of [
    '/roll?die=nope',
    '/roll-async?die=nope&times=1',
    '/roll',
    '/roll-async',
    '/none',
    '/',
  ]) {
    await lab.get(path);
  }
  await lab.roller.app.inject({ method: 'POST', url: '/' });
  await lab.metric('any');
  before = await lab.series();
});
afterAll(async () => {
  expect(await lab.series()).toEqual(before);
  await dieService.stop();
});

const huge = 'x'.repeat(10_000);

/** A path as it can stand in a title. */
const short = (path: string) =>
  path.length > 60 ? `${path.slice(0, 40)}… (${path.length} characters)` : path;

describe('A bad parameter is answered with 422 that names it', () => {
  const paths: readonly (readonly [string, string, string])[] = [
    ['/roll', 'die', 'missing'],
    ['/roll?die=', 'die', 'string_pattern_mismatch'],
    [`/roll?die=${huge}`, 'die', 'string_pattern_mismatch'],
    ['/roll?die=fa%0Air', 'die', 'string_pattern_mismatch'],
    ['/roll?die=%00', 'die', 'string_pattern_mismatch'],
    ['/roll?die=fair%20', 'die', 'string_pattern_mismatch'],
    ['/roll?die=..%2F..%2Fetc', 'die', 'string_pattern_mismatch'],
    ['/roll?die=%zz', 'die', 'string_pattern_mismatch'],
    ['/roll?die=fair&die=risky', 'die', 'repeated'],
    ['/roll-async?times=3', 'die', 'missing'],
    ['/roll-async?die=fair', 'times', 'missing'],
    ['/roll-async?die=fair&times=', 'times', 'int_parsing'],
    ['/roll-async?die=fair&times=three', 'times', 'int_parsing'],
    ['/roll-async?die=fair&times=3.5', 'times', 'int_parsing'],
    ['/roll-async?die=fair&times=1e1', 'times', 'int_parsing'],
    ['/roll-async?die=fair&times=0x5', 'times', 'int_parsing'],
    ['/roll-async?die=fair&times=%203', 'times', 'int_parsing'],
    ['/roll-async?die=fair&times=3%00', 'times', 'int_parsing'],
    ['/roll-async?die=fair&times=0', 'times', 'greater_than_equal'],
    ['/roll-async?die=fair&times=-1', 'times', 'greater_than_equal'],
    ['/roll-async?die=fair&times=21', 'times', 'less_than_equal'],
    [`/roll-async?die=fair&times=${'9'.repeat(500)}`, 'times', 'less_than_equal'],
    ['/roll-async?die=fair&times=3&times=4', 'times', 'repeated'],
  ];
  it.each(paths.map((entry) => [short(entry[0]), ...entry] as const))(
    '%s',
    async (_title, path, field, type) => {
      const response = await lab.get(path);
      expect(response.statusCode).toBe(422);
      const { detail } = response.json();
      expect(detail).toHaveLength(1);
      expect(detail[0]).toMatchObject({ type, loc: ['query', field] });
      expect(response.body.length).toBeLessThan(400);
    },
  );

  it('names every bad parameter at once', async () => {
    const { detail } = (await lab.get('/roll-async')).json();
    expect(detail).toEqual([
      { type: 'missing', loc: ['query', 'die'], msg: 'Field required', input: null },
      { type: 'missing', loc: ['query', 'times'], msg: 'Field required', input: null },
    ]);
  });
});

describe('What no route serves is refused', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const)('%s is 405', async (method) => {
    const response = await lab.roller.app.inject({ method, url: '/roll?die=fair' });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('GET');
  });

  it.each(['/rolls', '/roll/', '/ROLL', '//roll', '/%00'])('%s is 404', async (path) => {
    const response = await lab.get(path);
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({ detail: 'Not Found' });
  });

  it('a path that cannot be decoded is 400', async () => {
    const response = await lab.get('/%zz');
    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual({ detail: 'Bad Request' });
  });

  it.each([
    ['application/json', '{"die":'],
    ['text/plain', 'x'.repeat(100_000)],
    ['nonsense', '\u0000'],
  ])('a body of %s does not matter', async (type, payload) => {
    const send = (method: 'GET' | 'POST') =>
      lab.roller.app.inject({ method, url: '/', payload, headers: { 'content-type': type } });
    expect((await send('GET')).statusCode).toBe(200);
    expect((await send('POST')).statusCode).toBe(405);
  });
});

describe('Label values are bounded', () => {
  it('a thousand random dice add no series', async () => {
    const names = Array.from(
      { length: 1000 },
      (_, index) => `die-${index}-${Math.random().toString(36).slice(2)}`,
    );
    for (const name of names) await lab.get(`/roll?die=${name}`);
    expect(await lab.series()).toEqual(before);
    expect(await lab.metric('dice_rolls_total{die_type="unknown",result="error"}')).toBe(1001);
  });
});
