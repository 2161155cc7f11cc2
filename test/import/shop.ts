import type { Editable } from './update-workspace.ts';

/** A definition with comments, a shared function, sections and constants. */
export const SHOP = `import * as common from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { Seconds } from '@grafana/grafana-foundation-sdk/units';
import { dashboard, promql, row, section } from 'panelproof';
import { prometheus } from './lib/datasources.ts';

/* The one job. */
const JOB = 'shop';
const load = promql.raw(\`load{job="\${JOB}"}\`);

export default dashboard({
  uid: 'shop',
  title: 'Shop', // as in the menu
  panels: {
    // Whether it runs.
    up: new Stat()
      .title('Up')
      .unit('short') // a count
      .withTarget(prometheus.query('up{job="shop"}')),

    /** How busy it is. */
    load: graph('Load')
      .unit(Seconds)
      .withTarget(prometheus.query(load, { legend: '{{instance}}' }))
      .withTarget(prometheus.query('idle')),

    errors: graph('Errors').withTarget(prometheus.query('errors_total')),
  },
  layout: [
    section('Now', [row(4, ['up', 6], 'load')]),
    // Below the fold.
    section('Later', [row(8, 'errors')]),
  ],
});

function graph(title: string): TimeSeries {
  return new TimeSeries().title(title).lineWidth(2).tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi));
}
`;

/** A panel by its title. */
export const panel = (dashboard: Editable, title: string): Editable =>
  dashboard.panels.find((one: Editable) => one.title === title && one.type !== 'row');
