import * as barchart from '@grafana/grafana-foundation-sdk/barchart';
import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge';
import * as candlestick from '@grafana/grafana-foundation-sdk/candlestick';
import * as canvas from '@grafana/grafana-foundation-sdk/canvas';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as gauge from '@grafana/grafana-foundation-sdk/gauge';
import * as geomap from '@grafana/grafana-foundation-sdk/geomap';
import * as histogram from '@grafana/grafana-foundation-sdk/histogram';
import * as logs from '@grafana/grafana-foundation-sdk/logs';
import * as piechart from '@grafana/grafana-foundation-sdk/piechart';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as statushistory from '@grafana/grafana-foundation-sdk/statushistory';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as text from '@grafana/grafana-foundation-sdk/text';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import * as trend from '@grafana/grafana-foundation-sdk/trend';
import * as xychart from '@grafana/grafana-foundation-sdk/xychart';
import { describe, expect, it } from 'vitest';
import { withGrafanaDefaults } from './grafana-defaults.ts';

/** The same part with its types. */
const begun = <Part extends object>(part: Part) => withGrafanaDefaults(part) as unknown as Part;
/** What the panel builder of a part makes when nothing is said. */
const emptyPanel = (part: { PanelBuilder: new () => { build(): dashboard.Panel } }) =>
  new (begun(part).PanelBuilder)().build();
const { LegendPlacement, TooltipDisplayMode, VizLegendOptionsBuilder, VizTooltipOptionsBuilder } =
  begun(common);
const { ReduceDataOptionsBuilder } = begun(common);
const TimeSeries = begun(timeseries).PanelBuilder;

const legend = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] };
const tooltip = { mode: 'single', sort: 'none' };
const reduceOptions = { calcs: ['lastNotNull'] };

describe('a panel of which nothing is said', () => {
  it.each([
    ['barchart', barchart, { legend, tooltip }],
    ['bargauge', bargauge, { legend: { ...legend, showLegend: false }, reduceOptions }],
    ['candlestick', candlestick, { legend, tooltip }],
    ['gauge', gauge, { reduceOptions }],
    ['geomap', geomap, { tooltip: { mode: 'details' } }],
    ['histogram', histogram, { legend, tooltip }],
    ['logs', logs, { enableLogDetails: true, showTime: false }],
    ['piechart', piechart, { legend: { ...legend, values: [] }, tooltip, reduceOptions }],
    ['stat', stat, { reduceOptions }],
    ['state-timeline', statetimeline, { legend, tooltip }],
    ['status-history', statushistory, { legend, tooltip }],
    ['timeseries', timeseries, { legend, tooltip }],
    ['trend', trend, { legend, tooltip }],
    ['xychart', xychart, { legend, tooltip }],
  ])('is what Grafana takes: %s', (type, part, options) => {
    expect(emptyPanel(part)).toMatchObject({ type, options });
  });

  it('has names of any length in a bar chart, where the SDK says 0', () => {
    const BarChart = begun(barchart).PanelBuilder;
    expect(new BarChart().build().options).not.toHaveProperty('xTickLabelMaxLength');
    expect(new BarChart().xTickLabelMaxLength(5).build().options).toHaveProperty('xTickLabelMaxLength', 5);
  });

  it.each([
    ['state-timeline', statetimeline, 'perPage'],
    ['status-history', statushistory, 'perPage'],
    ['table', table, 'footer'],
    ['canvas', canvas, 'panZoom'],
  ])('leaves it to Grafana: %s', (_, part, option) => {
    expect(emptyPanel(part).options).not.toHaveProperty(option);
  });

  it('keeps what Grafana and the SDK agree on', () => {
    expect(emptyPanel(text)).toEqual(new text.PanelBuilder().build());
    expect(emptyPanel(dashboard)).toEqual(new dashboard.PanelBuilder().build());
  });
});

describe('what is said', () => {
  const optionsOf = (panel: InstanceType<typeof TimeSeries>) => panel.build().options;

  it('has the last word, also where it is what the SDK begins with', () => {
    const hidden = new TimeSeries().legend(new VizLegendOptionsBuilder().showLegend(false));
    expect(optionsOf(hidden)).toMatchObject({ legend: { showLegend: false } });
    expect(new (begun(logs).PanelBuilder)().enableLogDetails(false).build().options).toMatchObject({
      enableLogDetails: false,
    });
    expect(new ReduceDataOptionsBuilder().calcs([]).build()).toEqual({ calcs: [] });
  });

  it('of a legend, a tooltip or a reduction leaves the rest as Grafana has it', () => {
    const right = new TimeSeries().legend(new VizLegendOptionsBuilder().placement(LegendPlacement.Right));
    expect(optionsOf(right)).toMatchObject({ legend: { ...legend, placement: 'right' } });
    const PieLegend = begun(piechart).PieChartLegendOptionsBuilder;
    expect(new PieLegend().placement(LegendPlacement.Right).build()).toMatchObject({ showLegend: true });
    const all = new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).build();
    expect(all).toEqual({ mode: 'multi', sort: 'none' });
    expect(new ReduceDataOptionsBuilder().fields('/^a$/').build()).toMatchObject(reduceOptions);
    const footer = new (begun(common).TableFooterOptionsBuilder)().show(true).build();
    expect(footer).toEqual({ show: true, reducer: ['sum'] });
  });

  it('of an annotation or a link leaves its place and colour to Grafana, unless they are named', () => {
    const { AnnotationQueryBuilder, DashboardLinkBuilder, DashboardLinkPlacement } = begun(dashboard);
    const deploys = new AnnotationQueryBuilder().name('Deploys').build();
    expect(deploys).not.toHaveProperty('iconColor');
    expect(deploys).not.toHaveProperty('placement');
    expect(new AnnotationQueryBuilder().iconColor('red').build()).toMatchObject({ iconColor: 'red' });
    const link = new DashboardLinkBuilder('Runbook');
    expect(link.build()).not.toHaveProperty('placement');
    expect(link.placement(DashboardLinkPlacement.InControlsMenu).build()).toMatchObject({
      placement: 'inControlsMenu',
    });
  });
});

it('The classes keep their names and their kind, and classes of authors begin as Grafana does too', () => {
  class Graph extends TimeSeries {
    constructor() {
      super();
      this.title('Mine');
    }
  }
  expect(TimeSeries.name).toBe('PanelBuilder');
  expect(new Graph()).toBeInstanceOf(timeseries.PanelBuilder);
  expect(new Graph()).toBeInstanceOf(Graph);
  expect(new Graph().build()).toMatchObject({ title: 'Mine', options: { legend } });
});

it('Two panels share nothing that one of them could change', () => {
  const [one, other] = [new TimeSeries(), new TimeSeries()];
  one.legend(new VizLegendOptionsBuilder().showLegend(false)).min(0);
  expect(other.build()).toEqual(new TimeSeries().build());
});
