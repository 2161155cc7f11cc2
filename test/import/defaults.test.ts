import { expect, test } from 'vitest';
import { importDashboards } from '../../src/import/import-dashboards.ts';
import { makeWorkspace } from '../cli/workspace.ts';

/** The definition of a dashboard with these panels, without its imports. */
async function imported(panels: readonly object[], more: object = {}): Promise<string> {
  const { root } = makeWorkspace();
  const placed = panels.map((panel, index) => ({
    id: index + 1,
    title: `P ${index}`,
    gridPos: { x: 0, y: index * 8, w: 24, h: 8 },
    ...panel,
  }));
  const text = JSON.stringify({ uid: 'u', title: 'T', schemaVersion: 39, panels: placed, ...more });
  const inputs = [{ name: 'u.json', text }];
  const { results } = await importDashboards({ root, provisioning: 'provisioning', inputs, timeout: 60_000 });
  expect(results).toMatchObject([{ kind: 'proved' }]);
  const [result] = results;
  return result?.kind === 'proved' ? result.text.slice(result.text.indexOf('export default')) : '';
}

const TYPES =
  'annolist barchart bargauge candlestick dashlist datagrid gauge geomap heatmap histogram logs news nodeGraph piechart stat state-timeline status-history table timeseries trend xychart'.split(
    ' ',
  );

test('A panel that says nothing is a builder that is told nothing', async () => {
  const panels = TYPES.map((type) => ({ type, fieldConfig: { defaults: {}, overrides: [] }, options: {} }));
  const text = await imported(panels);
  expect(text).not.toMatch(/override|undefined/);
  // Grafana's own thresholds are others than those of a definition.
  const calls = new Set([...text.matchAll(/\.(\w+)\(/g)].map(([, name]) => name));
  expect([...calls].sort()).toEqual(['id', 'thresholds', 'title']);
});

test('What hides a legend, ranges of the SDK and links of panels are said once, with its builders', async () => {
  const text = await imported([
    { type: 'timeseries', options: { legend: { showLegend: false } } },
    { type: 'barchart', options: { barRadius: 0.25 } },
    { type: 'heatmap', options: { color: { steps: 128 } } },
    { type: 'logs', options: { enableLogDetails: false }, links: [{ title: 'Runbook', url: '/runbook' }] },
  ]);
  expect(text).not.toMatch(/override|undefined/);
  expect(text).toContain('.showLegend(false)');
  expect(text).toContain('.barRadius(0.25)');
  expect(text).toContain('.steps(128)');
  expect(text).toContain('.enableLogDetails(false)');
  expect(text.match(/Runbook/g)).toHaveLength(1);
});

test('What older versions wrote into every dashboard is no code', async () => {
  const defaults = { unitScale: true, custom: { hideFrom: { graph: false } } };
  const text = await imported([{ type: 'timeseries', fieldConfig: { defaults, overrides: [] } }], {
    templating: { list: [{ type: 'interval', name: 'i', query: '1m,5m', refresh: 2 }] },
    annotations: { list: [{ name: 'Deploys', showIn: 0, instant: false, enable: true }] },
    links: [{ title: '', url: '', type: 'dashboards', tags: ['a'] }],
  });
  expect(text).not.toMatch(/override|undefined|unitScale|hideFrom|refresh|showIn|instant/);
});
