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
 * @param isClipped whether something may reach out of the box; each clip path costs a rasteriser a layer for each line
 */
export function chartSvg(option: EChartsCoreOption, box: Box, id: string, isClipped = false): string {
  const width = Math.max(1, box.width);
  const height = Math.max(1, box.height);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    const svg = cleaned(chart.renderToSVGString({ useViewBox: false }), id);
    const content = isClipped
      ? svg.replace(/(<path d=")([^"]*)/g, (_, start: string, path: string) => start + nearPath(path, height))
      : svg.replace(/ clip-path="[^"]*"|<clipPath .*?<\/clipPath>/g, '').replace(/<defs ?><\/defs>\s*/, '');
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

/**
 * A path of lines without what is further above or below the chart than its own height: rasterisers give up on layers
 * that large. What is seen of it keeps its direction. Curves stay as they are.
 */
function nearPath(path: string, height: number): string {
  const [low, high] = [-height, 2 * height];
  let before: { readonly x: number; readonly y: number } | undefined;
  return path.replace(/([A-Z])(-?[\d.e+-]+) (-?[\d.e+-]+)(?=[A-Z]|$)/g, (whole, command, left, top) => {
    const [from, to] = [before, { x: Number(left), y: Number(top) }];
    before = to;
    if (!/[ML]/.test(command) || (to.y >= low && to.y <= high && !(from && (from.y < low || from.y > high))))
      return whole;
    const near = (y: number) => round(Math.min(high, Math.max(low, y)));
    const crossings = (command === 'L' && from ? [low, high] : [])
      .map((bound) => ({ bound, share: (bound - (from?.y ?? 0)) / (to.y - (from?.y ?? 0)) }))
      .filter(({ share }) => share > 0 && share < 1)
      .sort((a, b) => a.share - b.share)
      .map(({ bound, share }) => `L${round((from?.x ?? 0) + share * (to.x - (from?.x ?? 0)))} ${bound}`);
    return `${crossings.join('')}${command}${left} ${near(to.y)}`;
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
