/**
 * Panels that some Grafana from 9 to 13 brings, those among them that it turns into its own when it draws them included.
 * https://github.com/grafana/grafana/tree/main/public/app/plugins/panel
 */
export const CORE_PANELS: ReadonlySet<string> = wordsOf(`
  alertGroups alertlist annolist barchart bargauge candlestick canvas dashlist datagrid debug flamegraph
  gauge geomap gettingstarted graph heatmap heatmap-new heatmap-old histogram icon library-panel-ref live
  logs logs-new logstable news nodeGraph piechart pluginlist row singlestat stat state-timeline
  status-history table table-old text textng timeseries traces trend welcome xychart
`);

/** Panels of Angular that Grafana turns into its own from 11 on, where it no longer runs Angular. */
export const MIGRATED_PANELS: ReadonlySet<string> = wordsOf(`
  grafana-piechart-panel grafana-singlestat-panel grafana-worldmap-panel
`);

/** Datasources that some Grafana from 9 to 13 brings, under their older names too. */
export const CORE_DATASOURCES: ReadonlySet<string> = wordsOf(`
  alertmanager cloudwatch dashboard datasource elasticsearch grafana grafana-azure-monitor-datasource
  grafana-postgresql-datasource grafana-pyroscope-datasource grafana-testdata-datasource graphite influxdb
  input jaeger loki mixed mssql mysql opentsdb parca phlare postgres prometheus stackdriver tempo testdata
  zipkin
`);

/**
 * Plugins written in Angular, which Grafana 12 no longer runs, that have no release in React by Grafana's own list.
 * https://grafana.com/docs/grafana/v11.6/developers/angular_deprecation/angular-plugins/
 */
export const ANGULAR_PLUGINS: ReadonlySet<string> = wordsOf(`
  agenty-flowcharting-panel bessler-pictureit-panel blackmirror1-singlestat-math-panel
  farski-blendstat-panel fatcloud-windrose-panel grafana-simple-json-datasource marcuscalidus-svg-panel
  mtanda-histogram-panel mxswat-separator-panel natel-discrete-panel natel-plotly-panel
  neocat-cal-heatmap-panel petrslavotinek-carpetplot-panel ryantxu-ajax-panel savantly-heatmap-panel
  yesoreyeram-boomtable-panel
`);

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
