import { type Json, objectsOf } from '../../../diff/json.ts';

/** Times that a graph panel marked, as annotations of the dashboard that only this panel shows, as Grafana has it. */
export function graphRegions({ timeRegions, id, title }: Json): Json[] {
  return objectsOf(timeRegions).flatMap((region, index) => {
    const { colorMode, fillColor, lineColor, fill, line, fromDayOfWeek, toDayOfWeek, from, to } = region;
    if (!fill && !line) return [];
    const color = colorMode === 'custom' ? fillColor : colorMode;
    return [
      {
        datasource: { type: 'datasource', uid: 'grafana' },
        enable: true,
        hide: true,
        filter: { exclude: false, ids: [id] },
        iconColor: fill ? color : (lineColor ?? 'white'),
        name: `Time region for panel ${title}${index > 0 ? ` ${index}` : ''}`,
        target: {
          queryType: 'timeRegions',
          refId: 'Anno',
          // The graph panel always meant UTC.
          timeRegion: { fromDayOfWeek, toDayOfWeek, from, to, timezone: 'utc' },
        },
      },
    ];
  });
}
