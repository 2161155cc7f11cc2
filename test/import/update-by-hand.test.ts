import { expect, test, vi } from 'vitest';
import { panel, SHOP } from './shop.ts';
import { changedLines, type Editable, update } from './update-workspace.ts';

// Each update compiles and checks types in processes of their own, several times.
vi.setConfig({ testTimeout: 180_000 });

test('A query of a constant is listed with its place, and what can be patched is', async () => {
  const { text, exitCode, stdout } = await update(SHOP, (d) => {
    panel(d, 'Load').targets[0].expr = 'load{job="shop"} * 2';
    panel(d, 'Up').title = 'Runs';
  });
  expect(changedLines(SHOP, text)).toEqual({ gone: [".title('Up')"], come: [".title('Runs')"] });
  expect(stdout).toContain('Left to change by hand: 1 change');
  expect(stdout).toContain('dashboards/x.ts:10  panel "Load": query A: load{job="shop"}{+ * 2+}');
  expect(exitCode).toBe(1);
});

test('What a loop makes is listed, for no literal says it alone', async () => {
  const loop = `import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { dashboard } from 'panelproof';

export default ['a', 'b'].map((name) =>
  dashboard({
    uid: \`shop-\${name}\`,
    title: 'Shop',
    panels: { up: new Stat().title('Up').unit('short') },
  }),
);
`;
  const { text, exitCode, stdout } = await update(loop, (d) => void Object.assign(d, { title: 'Other' }), {
    uid: 'shop-b',
  });
  expect(text).toBe(loop);
  expect(stdout).toContain('dashboards/x.ts:7  dashboard: renamed: Shop → Other');
  expect(exitCode).toBe(1);
});

test('Of several dashboards of a file the one with the uid is patched', async () => {
  const two = `import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { dashboard } from 'panelproof';

const TITLE = 'Second';
export default [
  dashboard({ uid: 'one', title: 'First', panels: { up: new Stat().title('Up') } }),
  dashboard({ uid: 'two', title: TITLE, panels: { up: new Stat().title('Up') } }),
];
`;
  const { text, exitCode } = await update(
    two,
    (d) => {
      d.title = 'Zweites';
      d.panels[0].title = 'Auf';
    },
    { uid: 'two' },
  );
  expect(changedLines(two, text)).toEqual({
    gone: [
      "const TITLE = 'Second';",
      "dashboard({ uid: 'two', title: TITLE, panels: { up: new Stat().title('Up') } }),",
    ],
    come: [
      "const TITLE = 'Zweites';",
      "dashboard({ uid: 'two', title: TITLE, panels: { up: new Stat().title('Auf') } }),",
    ],
  });
  expect(exitCode).toBe(0);
});

test('A setting of a library is listed with the line of the library, when the panel cannot say it itself', async () => {
  const lib = `import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from 'panelproof';

export function up(): Builder<Panel> {
  return new Stat()
    .title('Up')
    .decimals(2);
}
`;
  const text = `import { dashboard } from 'panelproof';
import { up } from './lib/up.ts';

export default dashboard({ uid: 'a', title: 'A', panels: { up: up() } });
`;
  const run = await update(
    text,
    (d) => {
      d.panels[0].title = 'Runs';
      d.panels[0].fieldConfig.defaults.decimals = 1;
    },
    { files: { 'dashboards/lib/up.ts': lib } },
  );
  expect(run.stdout).toContain('dashboards/lib/up.ts:7  panel "Up": renamed: Up → Runs');
  expect(run.stdout).toContain('dashboards/lib/up.ts:8  panel "Up": decimals: 2 → 1');
  expect(run.text).toBe(text);
  expect(run.exitCode).toBe(1);
});

test('Without a terminal and without --yes the plan is printed and nothing is written', async () => {
  const edit = (d: Editable) => void Object.assign(panel(d, 'Up'), { title: 'Runs' });
  const { text, exitCode, stdout } = await update(SHOP, edit, { args: [] });
  expect(stdout).toContain("-      .title('Up')\n+      .title('Runs')");
  expect(stdout).toContain('nothing was written; --yes writes');
  expect(text).toBe(SHOP);
  expect(exitCode).toBe(1);
});

test('Nothing is to be done for a dashboard that Grafana only saved', async () => {
  const { text, exitCode, stdout } = await update(SHOP, () => {});
  expect(stdout).toContain('Nothing to update');
  expect(text).toBe(SHOP);
  expect(exitCode).toBe(0);
});

test('What is changed and changed back leaves the definition as it was', async () => {
  const there = await update(SHOP, (d) => {
    panel(d, 'Up').title = 'Runs';
    panel(d, 'Load').targets[1].legendFormat = 'x';
    panel(d, 'Errors').fieldConfig.defaults.decimals = 2;
    panel(d, 'Errors').gridPos.h = 12;
  });
  const back = await update(there.text, (d) => {
    panel(d, 'Runs').title = 'Up';
    panel(d, 'Load').targets[1].legendFormat = undefined;
    panel(d, 'Errors').fieldConfig.defaults.decimals = undefined;
    panel(d, 'Errors').gridPos.h = 8;
  });
  expect(there.text).not.toBe(SHOP);
  expect(back.text).toBe(SHOP);
});

test('New code has the quotes, the indentation and the line ends of the file', async () => {
  const other = SHOP.replace(/'([^'"\n]*)'/g, '"$1"')
    .replace(/^( +)/gm, (space) => '\t'.repeat(space.length / 2))
    .replace(/;$/gm, '')
    .replace(/\n/g, '\r\n');
  const { text, exitCode } = await update(other, (d) => {
    panel(d, 'Up').description = 'One';
    panel(d, 'Up').fieldConfig.defaults.unit = 'reqps';
    panel(d, 'Errors').fieldConfig.defaults.thresholds.steps.push({ color: 'red', value: 1 });
    d.tags = ['a'];
  });
  expect(changedLines(other, text).come).toEqual([
    'import { ThresholdsConfigBuilder } from "@grafana/grafana-foundation-sdk/dashboard"',
    'import { RequestsPerSecond, Seconds } from "@grafana/grafana-foundation-sdk/units"',
    'tags: ["a"],',
    '.description("One")',
    '.unit(RequestsPerSecond) // a count',
    'errors: graph("Errors")',
    '.thresholds(',
    'new ThresholdsConfigBuilder().steps([',
    '{ color: "green", value: null },',
    '{ color: "red", value: 1 },',
    ']),',
    ')',
    '.withTarget(prometheus.query("errors_total")),',
  ]);
  expect(text).not.toMatch(/[^\r]\n|^ /m);
  expect(exitCode).toBe(0);
});
