import { describe, expect, it } from 'vitest';
import { generatedDashboards, panelsOf } from './generated-dashboards.ts';

const dashboards = generatedDashboards();
const overview = dashboards.find(({ uid }) => uid === 'dice-roller-overview');

it('Dice Roller - Overview shows all of the service', () => {
  const panels = panelsOf(overview ?? { panels: [] }).map(({ title }) => title);
  expect(panels).toEqual([
    'Up',
    'Requests',
    'Failed requests',
    'Latency',
    'Single rolls',
    'Rolls in batches',
    'Rolled values',
    'Mean batch',
    'Batches',
    'Rolls in progress',
    'Batch sizes',
    'Batch duration',
    'Lookups',
    'Lookup latency',
    'Lookups without an answer',
    'Logs',
    'Recent traces',
  ]);
});

it('Dice Roller - Overview asks for the chosen die in metrics, logs and traces', () => {
  const targets = panelsOf(overview ?? { panels: [] }).flatMap(({ targets = [] }) => targets);
  const types = targets
    .filter(
      ({ expr, query }) => (expr ?? query)?.includes('=~"$die_type"') || query?.includes('=~ "$die_type"'),
    )
    .map(({ datasource }) => datasource.type);
  expect([...new Set(types)].sort()).toEqual(['loki', 'prometheus', 'tempo']);
});

describe.each(dashboards)('$title', ({ uid, tags, links }) => {
  it('links to the other dashboards', () => {
    const link = links.find(({ type }) => type === 'dashboards');
    const found = dashboards.filter((other) => link?.tags.every((tag) => other.tags.includes(tag)));
    expect(found.map((other) => other.uid)).toEqual(dashboards.map((other) => other.uid));
    expect(tags).toContain('dice-roller');
    expect(uid).not.toBe('');
  });

  it('links to Explore by the name of a datasource', () => {
    const panes = links
      .flatMap(({ url }) =>
        url === undefined ? [] : [new URL(url, 'http://grafana').searchParams.get('panes')],
      )
      .map((text) => JSON.parse(text ?? '') as { a: { datasource: string; queries: unknown[] } });
    for (const { a } of panes) {
      expect(['Loki', 'Tempo', 'Prometheus']).toContain(a.datasource);
      expect(a.queries).toHaveLength(1);
    }
    expect(panes).toHaveLength(uid === 'dice-roller-overview' ? 2 : 0);
  });
});
