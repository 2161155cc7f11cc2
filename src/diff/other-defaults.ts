import { BY_THRESHOLDS, type DefaultsByType, HIDE_FROM, LEGEND, REDUCE } from './type-defaults.ts';

/** Of panels that are no charts: single values, tables, texts, maps, lists. */
export const OTHER_DEFAULTS: DefaultsByType = {
  annolist: {
    options: {
      limit: 10,
      navigateAfter: '10m',
      navigateBefore: '10m',
      navigateToPanel: true,
      onlyFromThisDashboard: false,
      onlyInTimeRange: false,
      showTags: true,
      showTime: true,
      showUser: true,
    },
  },
  bargauge: {
    options: {
      displayMode: 'gradient',
      legend: { ...LEGEND, showLegend: false },
      maxVizHeight: 300,
      minVizHeight: 16,
      minVizWidth: 8,
      namePlacement: 'auto',
      orientation: 'auto',
      reduceOptions: REDUCE,
      showUnfilled: true,
      sizing: 'auto',
      valueMode: 'color',
    },
    color: BY_THRESHOLDS,
  },
  canvas: { options: { inlineEditing: true, showAdvancedTypes: true } },
  dashlist: {
    options: {
      includeVars: false,
      keepTime: false,
      maxItems: 10,
      showFolderNames: true,
      showHeadings: true,
      showRecentlyViewed: false,
      showSearch: false,
      showStarred: true,
    },
  },
  datagrid: { options: { selectedSeries: 0 } },
  debug: { options: { mode: 'render' } },
  gauge: {
    options: {
      minVizHeight: 75,
      minVizWidth: 75,
      orientation: 'auto',
      reduceOptions: REDUCE,
      showThresholdLabels: false,
      showThresholdMarkers: true,
      sizing: 'auto',
    },
    color: BY_THRESHOLDS,
  },
  geomap: {
    options: {
      controls: {
        mouseWheelZoom: true,
        showAttribution: true,
        showDebug: false,
        showMeasure: false,
        showScale: false,
        showZoom: true,
      },
      tooltip: { mode: 'details' },
      view: { allLayers: true, id: 'zero', lat: 0, lon: 0, noRepeat: false, zoom: 1 },
    },
    custom: { hideFrom: HIDE_FROM },
    color: BY_THRESHOLDS,
  },
  logs: {
    options: {
      dedupStrategy: 'none',
      enableInfiniteScrolling: false,
      enableLogDetails: true,
      prettifyLogMessage: false,
      showCommonLabels: false,
      showLabels: false,
      showLogContextToggle: false,
      showTime: false,
      sortOrder: 'Descending',
      wrapLogMessage: false,
    },
  },
  news: { options: { showImage: true } },
  nodeGraph: { options: { layoutAlgorithm: 'layered', zoomMode: 'cooperative' } },
  stat: {
    options: {
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      percentChangeColorMode: 'standard',
      reduceOptions: REDUCE,
      showPercentChange: false,
      textMode: 'auto',
      wideLayout: true,
    },
    color: BY_THRESHOLDS,
  },
  table: {
    options: {
      cellHeight: 'sm',
      footer: { countRows: false, enablePagination: false, reducer: ['sum'], show: false },
      frameIndex: 0,
      showHeader: true,
      showTypeIcons: false,
    },
    custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false },
    color: BY_THRESHOLDS,
  },
  // Not its content: an empty one is not the text that Grafana shows for none.
  text: {
    options: {
      code: { language: 'plaintext', showLineNumbers: false, showMiniMap: false },
      mode: 'markdown',
      renderMode: 'once',
    },
  },
};
