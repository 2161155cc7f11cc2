import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getJson, waitUntil } from '../live/lab.ts';
import { generatedDashboards, panelsOf } from '../stack/generated-dashboards.ts';
import { type ComposeProject, missingDocker, startProject } from './compose-project.ts';
import {
  errorCorners,
  type GrafanaBrowser,
  missingBrowser,
  openBrowser,
  panelOf,
  takePictures,
  untilValues,
} from './grafana-browser.ts';

const missing = [missingDocker(), missingBrowser()].filter((reason) => reason !== undefined).join(' and ');
if (missing) console.warn(`Skipped: ${missing}`);

/** Panels have data two minutes after the start; Tempo's first metrics take 90 s. */
const patience = { timeoutMs: 150_000, everyMs: 1000 };

describe.skipIf(missing)(`The stack in Docker${missing ? ` (${missing})` : ''}`, () => {
  let project: ComposeProject;
  let browser: GrafanaBrowser;

  beforeAll(async () => {
    project = await startProject();
    browser = await openBrowser(project.grafanaUrl, project.user, project.password);
  }, 1_200_000);

  afterAll(async () => {
    // The project goes even where a page is gone.
    if (browser) await takePictures(browser).catch(console.warn);
    await browser?.close();
    project?.down();
  });

  it('has each service scraped', async () => {
    const up = await waitUntil(
      'all jobs',
      async () => {
        const series = await ask(project, 'up == 1');
        return series.length === 7 && series;
      },
      patience,
    );
    expect(up.map(({ metric }) => metric.job)).toContain('alloy');
  });

  it.each([
    ['stage4-async-rolling', 'General'],
    ['dice-roller-overview', 'Dice Roller'],
  ])('has %s provisioned in the folder %s', async (uid, folder) => {
    const answer = await browser.context.request.get(`/api/dashboards/uid/${uid}`);
    const { meta } = (await answer.json()) as { meta: { provisioned: boolean; folderTitle: string } };
    // Grafana calls the root by different names in its versions.
    expect(folder === 'General' ? ['General', 'Dashboards', ''] : [folder]).toContain(meta.folderTitle);
    expect(meta.provisioned).toBe(true);
  });

  describe.each(generatedDashboards())('$title', (dashboard) => {
    let page: Page;
    beforeAll(async () => {
      page = await browser.open(`/d/${dashboard.uid}?from=now-15m&to=now&refresh=10s`);
    });

    it.each(panelsOf(dashboard))('shows values in $title', async (panel) => {
      // A panel that is empty while all is well only has to be there.
      if (panel.panelproof?.emptyInHealth) await panelOf(page, panel.title).waitFor();
      else await untilValues(page, panel);
      expect(await errorCorners(panelOf(page, panel.title)).count()).toBe(0);
    });

    it('shows no error', async () => {
      expect(await errorCorners(page).count()).toBe(0);
    });
  });

  it('leads from an exemplar to its trace, and from a span to its logs', async () => {
    const page = await browser.open('/d/dice-roller-overview?from=now-15m&to=now&refresh=10s');
    const markers = panelOf(page, 'Batch duration').locator('[data-testid$="Exemplar marker"]');
    await waitUntil('an exemplar', async () => (await markers.count()) > 0, patience);
    // The newest may not have reached Tempo yet. Dots overlap, so the click goes to the element, not to its place.
    await markers.first().dispatchEvent('click');
    const traceLink = page.locator('a[href*="/explore"]', { hasText: 'Tempo' }).first();
    const traceUrl = (await traceLink.getAttribute('href', { timeout: 10_000 })) ?? '';
    const traceId = /[0-9a-f]{32}/.exec(decodeURIComponent(traceUrl))?.[0];
    expect(traceId).toBeDefined();

    await page.goto(traceUrl);
    const bars = page.locator('[data-testid="data-testid SpanBar--wrapper"]');
    await bars.nth(1).waitFor({ timeout: 30_000 });
    const logsUrl = await logsOfRoller(page, traceId ?? '');

    await page.goto(logsUrl);
    await page
      .getByText(/Async roll/)
      .first()
      .waitFor({ timeout: 30_000 });
  });

  it('leads from a log line to its trace', async () => {
    const traceId = await waitUntil(
      'a line with a trace',
      async () => {
        const query = encodeURIComponent('{service_name="dice-roller"} | trace_id != ""');
        const { data } = await getJson<{ data: { result: { stream: { trace_id?: string } }[] } }>(
          `${project.lokiUrl}/loki/api/v1/query_range?query=${query}&since=5m&limit=1`,
        );
        return data.result[0]?.stream.trace_id;
      },
      patience,
    );
    // An unknown trace answers 404 at this address.
    await waitUntil(
      `the trace ${traceId}`,
      async () => (await fetch(`${project.tempoUrl}/api/traces/${traceId}`)).ok,
      patience,
    );
  });

  it('has the metrics that traces lead to, and the service graph', async () => {
    await waitUntil(
      'span metrics',
      async () => (await ask(project, 'traces_spanmetrics_calls_total{service="dice-roller"}')).length > 0,
      patience,
    );
    const edge = 'traces_service_graph_request_total{client="dice-roller",server="die-service"}';
    await waitUntil(edge, async () => (await ask(project, edge)).length > 0, patience);
  });
});

/** Opens the spans in sight, and returns the link of one to logs of dice-roller. */
async function logsOfRoller(page: Page, traceId: string): Promise<string> {
  const bars = page.locator('[data-testid="data-testid SpanBar--wrapper"]');
  const links = page.locator('a[href*="/explore"]');
  // To the elements, not to their places: what a span shows when it opens moves the others.
  for (const bar of await bars.all()) await bar.dispatchEvent('click');
  return waitUntil('a link to logs of dice-roller', async () => {
    const urls = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
    return urls.find((candidate) => {
      const text = decodeURIComponent(candidate);
      return /service_name=\\*"dice-roller/.test(text) && text.includes(traceId);
    });
  });
}

async function ask({ prometheusUrl }: ComposeProject, expr: string) {
  const { data } = await getJson<{ data: { result: { metric: Record<string, string> }[] } }>(
    `${prometheusUrl}/api/v1/query?query=${encodeURIComponent(expr)}`,
  );
  return data.result;
}
