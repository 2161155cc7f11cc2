import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Datasource } from 'panelproof';

/** Links to all dashboards about dice-roller, over the same time. */
export function dashboardLinks(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Dice-roller dashboards')
    .type(DashboardLinkType.Dashboards)
    .tags(['dice-roller'])
    .keepTime(true);
}

/** A link that opens Explore with one query. Explore finds the datasource by its name, so no uid stands here. */
export function exploreLink(
  title: string,
  datasource: Datasource<'loki' | 'prometheus' | 'tempo'>,
  query: Readonly<Record<string, string>>,
): DashboardLinkBuilder {
  const pane = {
    datasource: datasource.name,
    queries: [{ refId: 'A', ...query }],
    range: { from: 'now-15m', to: 'now' },
  };
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .icon('compass')
    .tooltip(`Opens Explore with ${datasource.name}`)
    .url(`/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`);
}
