import { BarChart, GaugeChart, HeatmapChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, VisualMapComponent } from 'echarts/components';
import type { EChartsCoreOption } from 'echarts/core';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Box } from '../model.ts';
import { element } from './svg.ts';
import { textWidth } from './text.ts';

echarts.use([
  ...[LineChart, BarChart, HeatmapChart, GaugeChart, GridComponent],
  ...[MarkLineComponent, MarkAreaComponent, VisualMapComponent, SVGRenderer],
]);
// Without this the library guesses how wide texts are.
echarts.setPlatformAPI({
  measureText: (text: string, font?: string) => ({
    width: textWidth(text, Number.parseFloat(/([\d.]+)px/.exec(font ?? '')?.[1] ?? '12')),
  }),
});

/**
 * Draws a chart into a box of a picture.
 *
 * @param id prefix of the ids in the result; unique in the picture, so that two charts do not share a clip path
 */
export function chartSvg(option: EChartsCoreOption, box: Box, id: string): string {
  const width = Math.max(1, box.width);
  const height = Math.max(1, box.height);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    const content = cleaned(chart.renderToSVGString({ useViewBox: false }), id);
    return element('g', { transform: `translate(${round(box.x)} ${round(box.y)})` }, content);
  } finally {
    chart.dispose();
  }
}

/** What is inside the library's `<svg>`, without its styles for pointers, and with ids that do not count instances. */
function cleaned(svg: string, id: string): string {
  return svg
    .replace(/^\s*<svg[^>]*>\s*|\s*<\/svg>\s*$/g, '')
    .replace(/<style ?>[\s\S]*?<\/style>\s*/g, '')
    .replace(/^<rect [^>]*fill="none"><\/rect>\s*/, '')
    .replace(/ (?:class|pointer-events|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/\bzr\d+-(?!cls)(\w+)/g, `${id}-$1`)
    .replace(/>\s+</g, '><')
    .replace(/-?\d+\.\d{3,}/g, (number) => String(round(Number(number))));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
