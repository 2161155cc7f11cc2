import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAddress } from '../../src/verify/secrets.ts';
import { verify } from '../../src/verify/verify.ts';
import { type ComposeProject, missingDocker, startProject } from '../e2e/compose-project.ts';
import { root, waitUntil } from '../live/lab.ts';
import { type GrafanaUnderTest, grafanaClientSuite } from './grafana-client.suite.ts';

const { GRAFANA_URL, GRAFANA_TOKEN: token, GRAFANA_USER: user, GRAFANA_PASSWORD: password } = process.env;
const missing = GRAFANA_URL ? undefined : missingDocker();
if (missing) console.warn(`Skipped: no GRAFANA_URL, and ${missing}`);

describe.skipIf(missing)(`A real Grafana${missing ? ` (${missing})` : ''}`, () => {
  let project: ComposeProject | undefined;
  let grafana: GrafanaUnderTest;

  beforeAll(async () => {
    if (!GRAFANA_URL) project = await startProject();
    grafana = {
      url: GRAFANA_URL ?? project?.grafanaUrl ?? '',
      credentials: project ? { user: project.user, password: project.password } : { token, user, password },
      prometheusUid: 'prometheus',
      dashboardUid: 'stage4-async-rolling',
    };
  }, 1_200_000);

  afterAll(() => project?.down());

  grafanaClientSuite(() => grafana);

  it('holds what this repository says, two minutes after the start', async () => {
    const address = readAddress('GRAFANA_URL', grafana.url, grafana.credentials);
    const result = await waitUntil(
      'everything to hold',
      async () => {
        const found = await verify({ root, where: { kind: 'grafana', address } });
        return found.holds && found;
      },
      { timeoutMs: 150_000, everyMs: 5000 },
    );
    expect(result.rows.length).toBeGreaterThan(5);
  });

  it.skipIf(GRAFANA_URL)('leads from one request to its trace, its lines and its exemplar', async () => {
    const where = {
      kind: 'grafana',
      address: readAddress('GRAFANA_URL', grafana.url, grafana.credentials),
    } as const;
    const trace = readAddress('--trace', project?.rollerUrl ?? '');
    const { checks } = await verify({ root, where, trace, only: 'Total Async Rolls' });
    const ways = checks.filter(({ area }) => area === 'correlation');
    expect(ways.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'request ok',
      'trace ok',
      'logs ok',
      'exemplar ok',
    ]);
  });
});
