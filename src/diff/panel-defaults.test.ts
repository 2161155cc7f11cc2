import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withGrafanaDefaults } from '../definition/grafana-defaults.ts';
import { CHART_DEFAULTS } from './chart-defaults.ts';
import { compareDashboard } from './compare-dashboard.ts';
import { dashboardOf, panelOf } from './dashboard.fixture.ts';
import type { Json } from './json.ts';
import { OTHER_DEFAULTS } from './other-defaults.ts';
import { panelDefaults } from './panel-defaults.ts';
import { withoutDefaults } from './without-defaults.ts';

const load = createRequire(import.meta.url);
const SDK = '@grafana/grafana-foundation-sdk/';

/** What the SDK's panel builders make when nothing is said, as definitions see them. */
const empty = readdirSync(dirname(dirname(load.resolve(`${SDK}dashboard`))), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^(?:cog|dashboard\w*)$/.test(entry.name))
  .flatMap(({ name }) => {
    const { PanelBuilder } = withGrafanaDefaults(load(`${SDK}${name}`));
    return PanelBuilder ? [new (PanelBuilder as new () => { build(): Json })().build()] : [];
  });

describe('what panels leave out', () => {
  it.each(empty.map((panel) => [String(panel.type), panel]))(
    'is what the builder of a %s says unasked',
    (type, { options, fieldConfig }) => {
      const shown = JSON.parse(JSON.stringify({ options, fieldConfig }));
      // Grafana shows this text where there is none, but an empty one where it is empty.
      if (type === 'text') delete shown.options.content;
      // The same is true of a canvas with no frame and with an empty one.
      if (type === 'canvas') delete shown.options.root;
      expect(withoutDefaults(shown, panelDefaults(type))).toBe(undefined);
    },
  );

  it.each(Object.entries({ ...CHART_DEFAULTS, ...OTHER_DEFAULTS }))(
    'is no change when Grafana writes it out: %s',
    (type, defaults) => {
      const { options, custom, color } = defaults ?? {};
      const bare = { type, options: undefined, fieldConfig: { defaults: {}, overrides: [] } };
      const saved = { ...bare, options, fieldConfig: { defaults: { custom, color }, overrides: [] } };
      expect(difference(bare, saved)).toBe(undefined);
      const [name = ''] = Object.keys(options ?? {});
      expect(difference(bare, { ...saved, options: { ...options, [name]: 'other' } })).toMatchObject({
        items: [{ kind: 'changed' }],
      });
    },
  );
});

function difference(before: Json, after: Json) {
  const [from, to] = [before, after].map((panel) => ({
    file: 'a.json',
    json: dashboardOf({ panels: [panelOf(panel)] }),
  }));
  return from && to && compareDashboard(from, to);
}
