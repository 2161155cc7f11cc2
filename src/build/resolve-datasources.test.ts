import { expect, it } from 'vitest';
import type { ProvisionedDatasource } from '../model/datasource.ts';
import { definedUid } from '../model/datasource-uid.ts';
import { printDashboard } from './print-dashboard.ts';
import { resolveDatasources } from './resolve-datasources.ts';

const provisioned = (name: string, type: string, uid: string) =>
  ({ name, type, effectiveUid: uid }) as unknown as ProvisionedDatasource;
const DATASOURCES = [
  provisioned('Prometheus', 'prometheus', 'prom-1'),
  provisioned('A "quoted" \\ name', 'loki', 'uid$&'),
  provisioned('Typed', 'loki', 'typed'),
];
const named = (name: string, type = 'prometheus') => ({ name, type, uid: definedUid(name), query: 1 });

function resolved(json: Record<string, unknown>): unknown {
  return JSON.parse(resolveDatasources(printDashboard(json), DATASOURCES));
}

it('puts type and uid where a definition names a datasource, at any depth', () => {
  const json = {
    datasource: named('Prometheus'),
    panels: [{ targets: [{ datasource: named('Prometheus') }] }],
  };
  const ref = { type: 'prometheus', uid: 'prom-1' };
  expect(resolved(json)).toEqual({ datasource: ref, panels: [{ targets: [{ datasource: ref }] }] });
});

it('takes names and uids with quotes, backslashes and dollar signs', () => {
  expect(resolved({ datasource: named('A "quoted" \\ name', 'loki') })).toEqual({
    datasource: { type: 'loki', uid: 'uid$&' },
  });
});

it.each([
  ['a name that is not provisioned', named('Promethius')],
  ['a name that is provisioned with another type', named('Typed')],
])('leaves %s for a rule to report', (_, handle) => {
  expect(resolved({ datasource: handle })).toEqual({ datasource: { type: handle.type, uid: handle.uid } });
});

it('changes no text that only looks like a reference', () => {
  const lines = `"type": "prometheus",\n  "uid": "${definedUid('Prometheus')}"`;
  expect(resolved({ description: lines, title: definedUid('Prometheus') })).toEqual({
    description: lines,
    title: definedUid('Prometheus'),
  });
});
