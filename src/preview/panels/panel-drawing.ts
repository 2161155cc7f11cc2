import type { Panel } from '../../model/dashboard.ts';
import type { Theme } from '../draw/theme.ts';
import type { Box, PanelData, Series, TimeRange } from '../model.ts';

/** All that is known when a panel's content is drawn. */
export interface PanelDrawing {
  readonly panel: Panel;
  /** Where the content goes: the panel without its title. */
  readonly box: Box;
  readonly data: PanelData;
  readonly theme: Theme;
  readonly range: TimeRange;
  /** Prefix of ids in the SVG, unique in the picture. */
  readonly id: string;
}

/** The same where there are series. */
export interface SeriesDrawing extends PanelDrawing {
  readonly series: readonly Series[];
}
