import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Where } from '../../src/verify/connect.ts';
import type { QueryRow } from '../../src/verify/result.ts';
import { readAddress } from '../../src/verify/secrets.ts';
import { verify } from '../../src/verify/verify.ts';
import { direct, type Lab, type LabPanel, listen, startLab, stopServer } from '../verify/breakable-stack.ts';
import { startGrafanaFacade } from '../verify/grafana-facade.ts';
import { type DiceStack, startDiceStack } from './dice-stack.ts';
import { freePort, root, waitUntil } from './lab.ts';
import { missingPrometheus } from './prometheus.ts';

const missing = missingPrometheus();
if (missing) console.warn(`Skipped: ${missing}`);

describe.skipIf(missing)('verify of a healthy stack', () => {
  let stack: DiceStack;
  let services: DiceStack['services'];
  let prometheus: DiceStack['prometheus'];

  beforeAll(async () => {
    stack = await startDiceStack();
    ({ services, prometheus } = stack);
  });
  afterAll(() => stack?.stop());

  it("finds data for every PromQL query of this repository's dashboards", async () => {
    const rows = await waitUntil('all green', async () => {
      const result = await verify({ root, where: direct(prometheus.url) });
      const asked = result.rows.filter(({ verdict }) => verdict !== 'not-asked');
      return result.holds && asked.length > 0 && result.rows;
    });
    expect(rows.filter(({ language }) => language === 'promql').map(({ verdict }) => verdict)).not.toContain(
      'not-asked',
    );
  });

  it('follows one request to its exemplar', async () => {
    const result = await verify({
      root,
      where: direct(prometheus.url),
      only: 'Total Async Rolls',
      trace: readAddress('--trace', services.rollerUrl),
    });
    const ways = result.checks.filter(({ area }) => area === 'correlation');
    expect(ways.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'request ok',
      'trace not-asked',
      'logs not-asked',
      'exemplar ok',
    ]);
  });
});

describe.skipIf(missing)('verify of a stack that breaks', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab();
    await lab.until((rows) => rows.every(({ verdict }) => verdict === 'ok' || verdict === 'declared-empty'));
  });

  afterAll(async () => {
    await lab?.stop();
  });

  it('names the values that exist when a label value never occurs', async () => {
    const rows = await lab.verify({ panels: [['Value', 'rolls{job="roller",die="unfair"}']] });
    expect(red(rows)).toEqual(['Value']);
    expect(rows[0]?.explanation).toBe(
      'die="unfair" matches nothing: die of rolls is "fair", "risky", nearest is "fair"',
    );
  });

  it('names the labels that exist when a label does not', async () => {
    const rows = await lab.verify({ panels: [['Label', 'rolls{job="roller",container_name="roller"}']] });
    expect(rows[0]?.explanation).toBe(
      'container_name="roller" matches nothing: rolls has no label container_name, it has die, instance, job',
    );
  });

  it('names the job that a metric comes from when a job of that name is not scraped', async () => {
    const rows = await lab.verify({ panels: [['Job', 'rolls{job="dice-roller-stage4"}']] });
    expect(rows[0]?.explanation).toBe(
      'job="dice-roller-stage4" matches nothing: job of rolls is "roller"; Prometheus scrapes no job "dice-roller-stage4"',
    );
  });

  it('names the nearest metric when there is none of that name', async () => {
    const rows = await lab.verify({ panels: [['Name', 'sum(rols{job="roller"})']] });
    expect(rows[0]?.explanation).toBe('there is no metric rols, nearest is rolls');
  });

  it('tells a window that is too short from a metric that is not there', async () => {
    const rows = await lab.verify({ panels: [['Window', 'rate(rolls_total{job="roller"}[1s])']] });
    expect(rows[0]?.verdict).toBe('empty');
    // None where a busy machine is late with a scrape.
    expect(rows[0]?.explanation).toMatch(
      /^the window \[1s\] is too short: it holds (?:1 sample|0 samples) of rolls_total, and it is scraped every 1s; use \[4s\]/,
    );
  });

  it('tells division by zero from missing data', async () => {
    const rows = await lab.verify({ panels: [['NaN', 'nothing{job="roller"} / nothing{job="roller"}']] });
    expect(rows[0]?.explanation).toMatch(
      /^its only value is NaN: it divides by zero, `nothing\{job="roller"\}` is 0/,
    );
  });

  it('says which values a comparison leaves out', async () => {
    const rows = await lab.verify({ panels: [['Many', 'rolls{job="roller"} > 100']] });
    expect(rows[0]?.explanation).toBe('the comparison `> 100` lets nothing pass: values are from 4 to 5');
  });

  it('reports data in a panel that is declared empty, and zeros where they are not expected', async () => {
    const declared = await lab.verify({ panels: [['Errors', 'rolls', 'no roll fails']] });
    expect(declared[0]?.verdict).toBe('undeclared-data');
    const zeros = await lab.verify({ panels: [['Nothing', 'nothing']] }, { expectNonzero: true });
    expect(zeros[0]?.verdict).toBe('zero');
  });

  it.each([
    ['ahead of', 600_000],
    ['behind', -600_000],
  ])('puts it on the clock when this machine is ten minutes %s, and on nothing else', async (where, skew) => {
    const now = () => Date.now() + skew;
    const result = await verify({ root: lab.root(), where: direct(lab.url), sinceMs: 60_000, now });
    expect(result.checks.filter(({ verdict }) => verdict === 'failed').map(({ message }) => message)).toEqual(
      [
        expect.stringMatching(
          new RegExp(`^this machine's clock is (?:59|60)\\d s ${where} that of Prometheus`),
        ),
      ],
    );
    expect(
      new Set(result.rows.filter(({ verdict }) => verdict === 'empty').map((row) => row.explanation)),
    ).toEqual(
      new Set([
        expect.stringMatching(new RegExp(`${where} that of Prometheus: at its own time the query has data`)),
      ]),
    );
  });

  it('blames the address when nothing listens there, and sends no query', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const result = await verify({ root: lab.root(), where: direct(url), timeoutMs: 300 });
    expect(result.holds).toBe(false);
    expect(new Set(result.rows.map(({ verdict }) => verdict))).toEqual(new Set(['error']));
    expect(result.rows[0]?.explanation).toBe(
      `not asked: Prometheus at ${url} cannot be reached: nothing listens there (ECONNREFUSED)`,
    );
  });

  it('finds the same through Grafana: loaded, healthy, data, and the reason where there is none', async () => {
    const facade = await startGrafanaFacade(lab.url, lab.root());
    const where: Where = { kind: 'grafana', address: readAddress('the URL', facade.url) };
    const healthy = await waitUntil('health', async () => {
      const result = await verify({ root: lab.root(), where, sinceMs: 10_000 });
      return result.holds && result;
    });
    expect(healthy.checks.map(({ area, name, verdict }) => `${area} ${name} ${verdict}`)).toEqual([
      'server Grafana ok',
      'datasource Prometheus ok',
      'dashboard Lab ok',
    ]);
    const panels: readonly LabPanel[] = [
      ['Value', 'rolls{job="roller",die="odd"}'],
      ['Window', 'rate(rolls_total{job="roller"}[1s])'],
    ];
    const rows = await lab.verify({ panels }, { where });
    await facade.stop();
    expect(rows.map(({ explanation }) => explanation)).toEqual([
      'die="odd" matches nothing: die of rolls is "fair", "risky"',
      expect.stringMatching(/^the window \[1s\] is too short: it holds \d samples? of rolls_total/),
    ]);
  });

  it('turns only the queries of a metric red that was renamed, and names its new name', async () => {
    lab.roller.body = lab.roller.body.replaceAll('rolls_total', 'roll_total');
    const rows = await lab.until((all) => red(all).length > 0);
    expect(red(rows)).toEqual(['Rate']);
    expect(rows.find(({ panel }) => panel === 'Rate')?.explanation).toMatch(
      /^rolls_total was there within the last 6 h, but has no samples any more; now there is roll_total/,
    );
    lab.roller.body = lab.roller.body.replaceAll('roll_total', 'rolls_total');
    await lab.until((all) => red(all).length === 0);
  });

  it("turns only a stopped service's queries red, with the error of its scrape", async () => {
    const { port } = lab.die.server.address() as AddressInfo;
    await stopServer(lab.die.server);
    const rows = await lab.until((all) => red(all).length > 1);
    expect(red(rows)).toEqual(['Dice', 'Failed']);
    expect(rows.find(({ panel }) => panel === 'Failed')?.explanation).toMatch(
      /so that it is empty says nothing$/,
    );
    expect(rows.find(({ panel }) => panel === 'Dice')?.explanation).toMatch(
      /^job "die" is down: .*connect: connection refused/,
    );
    await listen(lab.die.server, port);
    await lab.until((all) => red(all).length === 0);
  });

  it('turns only the queries of a renamed job red, and names the job there is', async () => {
    await lab.scrape({ 'dice-roller': lab.roller.server, die: lab.die.server });
    const rows = await lab.until((all) => red(all).length >= 2);
    expect(red(rows)).toEqual(['Rolls', 'Rate']);
    expect(rows.find(({ panel }) => panel === 'Rolls')?.explanation).toBe(
      'Prometheus scrapes no job "roller", rolls comes from job "dice-roller" now; what it shows are its last samples',
    );
  });
});

/** Titles of the panels that are not as they should be, each once. */
function red(rows: readonly QueryRow[]): readonly string[] {
  const bad = rows.filter(({ verdict }) => verdict !== 'ok' && verdict !== 'declared-empty');
  return [...new Set(bad.map(({ panel }) => panel))];
}
