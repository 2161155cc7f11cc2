import { expect, test } from 'vitest';
import { makeWorkspace } from '../../../test/cli/workspace.ts';
import { prove } from './prove.ts';

const text = `import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { dashboard } from 'panelproof';

export default dashboard({ uid: 'a', title: 'A', panels: { up: new Stat().title('Up').id(1) } });
`;
const panel = { id: 1, type: 'stat', title: 'Up', gridPos: { x: 0, y: 0, w: 12, h: 8 } };
const thresholds = { mode: 'absolute', steps: [{ color: 'green', value: null }] };
const read = {
  uid: 'a',
  title: 'A',
  timezone: 'browser',
  time: { from: 'now-15m', to: 'now' },
  panels: [{ ...panel, fieldConfig: { defaults: { thresholds } } }],
};

test('A definition holds when it compiles to what was read, and not when a word differs or a type is wrong', async () => {
  const { root } = makeWorkspace();
  const other = { ...read, panels: [{ ...read.panels[0], title: 'Down' }] };
  const [right, wrong, untyped] = await prove(
    [
      { path: 'dashboards/right.ts', text, dashboard: read },
      { path: 'dashboards/wrong.ts', text, dashboard: other },
      { path: 'dashboards/untyped.ts', text: text.replace('.id(1)', ".id('1')"), dashboard: read },
    ],
    { root, datasources: [], timeout: 60_000 },
  );
  expect(right).toMatchObject({ errors: [], differences: undefined });
  expect(wrong?.differences).toMatchObject({ kind: 'changed', items: [{ changes: [{ kind: 'renamed' }] }] });
  expect(untyped?.errors.join()).toContain("'string' is not assignable to parameter of type 'number'");
});
