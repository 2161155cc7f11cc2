import { expect, it } from 'vitest';
import { jsonReport } from '../../src/verify/report-json.ts';
import { junitReport } from '../../src/verify/report-junit.ts';
import { markdownReport } from '../../src/verify/report-markdown.ts';
import { tableReport } from '../../src/verify/report-table.ts';
import type { QueryRow, VerifyResult } from '../../src/verify/result.ts';

const row: QueryRow = {
  dashboard: { title: 'Dice', uid: 'dice', file: 'provisioning/dashboards/dice.json' },
  panel: 'Total',
  query: 'A',
  language: 'promql',
  expr: 'sum(rolls_total)',
  datasource: 'Prometheus',
  series: 1,
  unit: 'series',
  newestSampleAgeSeconds: 4.2,
  value: 1284,
  spread: [1284, 1284],
  verdict: 'ok',
  explanation: undefined,
  tookMs: 12,
};

const result: VerifyResult = {
  stack: 'Grafana 12.2.0 at http://localhost:3000',
  startedAt: Date.parse('2026-03-04T10:30:00Z'),
  tookMs: 1234,
  holds: false,
  checks: [
    { area: 'server', name: 'Grafana', verdict: 'ok', message: 'lets us in' },
    {
      area: 'datasource',
      name: 'Loki',
      verdict: 'failed',
      message: 'its uid is l in Grafana, but loki in the file',
      repair: 'write `uid: l`',
    },
  ],
  rows: [
    row,
    {
      ...row,
      panel: 'Rate | 1m',
      query: 'B',
      series: 12,
      value: 0,
      spread: [0, 0.123456],
      newestSampleAgeSeconds: 400,
    },
    {
      ...row,
      panel: 'Batch <size>',
      expr: 'a{b="`c`"}',
      series: 0,
      value: undefined,
      spread: undefined,
      newestSampleAgeSeconds: undefined,
      verdict: 'empty',
      explanation: 'job="x" matches nothing: job of rolls_total is "y"',
    },
    {
      ...row,
      panel: 'Errors',
      series: 0,
      value: undefined,
      spread: undefined,
      newestSampleAgeSeconds: undefined,
      verdict: 'declared-empty',
      explanation: 'no roll fails',
    },
    {
      ...row,
      panel: 'Logs',
      series: 0,
      value: undefined,
      spread: undefined,
      newestSampleAgeSeconds: undefined,
      verdict: 'not-asked',
      explanation: 'no address',
    },
  ],
};

it('prints a table with aligned columns and reasons below', () => {
  expect(tableReport(result)).toMatchInlineSnapshot(`
    "✓ Grafana: lets us in
    ✗ datasource Loki: its uid is l in Grafana, but loki in the file
        → write \`uid: l\`

    Dice
      ✓ Total         A   1 series    4 s ago        1284  ok
      ✓ Rate | 1m     B  12 series  7 min ago  0 … 0.1235  ok
      ✗ Batch <size>  A   0 series                         no data
          job="x" matches nothing: job of rolls_total is "y"
      ✓ Errors        A   0 series                         empty, as declared
          no roll fails
      – Logs          A                                    not asked
          no address

    ✗ 3 of 4 queries as they should be, 1 not asked · 1 of 2 checks hold · Grafana 12.2.0 at http://localhost:3000 · 1.2 s
    "
  `);
});

it('colours only on request', () => {
  expect(tableReport(result)).not.toContain('\u001b[');
  expect(tableReport(result, { color: true })).toContain('\u001b[31m✗\u001b[39m');
});

it('reads as a verification page in Markdown', () => {
  expect(markdownReport(result)).toMatchInlineSnapshot(`
    "# Verification

    **Not everything holds.** 3 of 4 queries as they should be, 1 not asked · 1 of 2 checks hold.
    Asked: Grafana 12.2.0 at http://localhost:3000, at 2026-03-04 10:30 UTC.

    ## What does not work

    - **datasource Loki**: its uid is l in Grafana, but loki in the file. Repair: write \\\`uid: l\\\`
    - **Dice / Batch \\<size\\>, query A**: no data. job="x" matches nothing: job of rolls\\_total is "y"
      \`\`a{b="\`c\`"}\`\`

    ## What works

    - **Grafana**: lets us in

    ### Dice

    | Panel | Query | Data | Newest | Value | Verdict |
    | --- | --- | --- | --- | --- | --- |
    | Total | A | 1 series | 4 s ago | 1284 | ok |
    | Rate \\| 1m | B | 12 series | 7 min ago | 0 … 0.1235 | ok |
    | Errors | A | 0 series |  |  | empty, as declared: no roll fails |

    ## What was not asked

    - Logs, query A: no address
    "
  `);
});

it('writes JUnit with a suite for each dashboard', () => {
  expect(junitReport(result)).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="panelproof verify" time="1.234">
      <testsuite name="stack" tests="2" failures="1" skipped="0">
        <testcase classname="stack" name="server Grafana" time="0.000"/>
        <testcase classname="stack" name="datasource Loki" time="0.000">
          <failure message="its uid is l in Grafana, but loki in the file">write \`uid: l\`</failure>
        </testcase>
      </testsuite>
      <testsuite name="Dice" tests="5" failures="1" skipped="1">
        <testcase classname="Dice" name="Total, query A" time="0.012"/>
        <testcase classname="Dice" name="Rate | 1m, query B" time="0.012"/>
        <testcase classname="Dice" name="Batch &lt;size&gt;, query A" time="0.012">
          <failure message="no data: job=&quot;x&quot; matches nothing: job of rolls_total is &quot;y&quot;">a{b=&quot;\`c\`&quot;}</failure>
        </testcase>
        <testcase classname="Dice" name="Errors, query A" time="0.012"/>
        <testcase classname="Dice" name="Logs, query A" time="0.012">
          <skipped message="no address"/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});

it('writes JSON that keeps infinity', () => {
  const report = JSON.parse(
    jsonReport({
      ...result,
      rows: [{ ...row, value: Number.POSITIVE_INFINITY, spread: [1, Number.POSITIVE_INFINITY] }],
    }),
  );
  expect(report).toMatchObject({ version: 1, holds: false, summary: { checks: 2, queries: 1, failed: 1 } });
  expect(report.rows[0]).toMatchObject({
    panel: 'Total',
    value: '+Inf',
    spread: [1, '+Inf'],
    newestSampleAgeSeconds: 4.2,
  });
});
