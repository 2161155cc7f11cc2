/** What must not compile in a definition. The type check of this repository is the test: an unused expectation fails it. */
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { dashboard, datasource, metrics, rate, row, section } from 'panelproof';
import { catalogue } from '../../dice-roller/metrics.ts';

const prometheus = datasource('Prometheus', 'prometheus');
const loki = datasource('Loki', 'loki');
const tempo = datasource('Tempo', 'tempo');
const { async_rolls_total } = metrics(catalogue);
const rolls = rate(async_rolls_total.over('1m'));
const up = new Stat().title('Up').withTarget(prometheus.query('up'));

// @ts-expect-error A typed PromQL expression is no LogQL.
loki.query(rolls);
// @ts-expect-error A typed PromQL expression is no TraceQL.
tempo.query(rolls);
// @ts-expect-error A name that was never given to a datasource.
promehteus.query('up');
// @ts-expect-error A panel's datasource is a reference, not a name.
up.datasource('Prometheus');
// @ts-expect-error A uid is decided by the provisioning alone.
datasource('Prometheus', 'prometheus', 'my-uid');

prometheus.query(rolls, { legend: '{{die_type}} - {{result}}' });
// @ts-expect-error The metric has no such label.
prometheus.query(rolls, { legend: '{{dye_type}} - {{result}}' });

dashboard({ uid: 'u', title: 'T', panels: { up }, layout: [row(8, 'up'), section('S', [])] });
// @ts-expect-error The layout names a panel that there is not.
dashboard({ uid: 'u', title: 'T', panels: { up }, layout: [row(8, 'upp')] });
// @ts-expect-error So does a section of it.
dashboard({ uid: 'u', title: 'T', panels: { up }, layout: [section('S', [row(8, ['upp', 12])])] });
// @ts-expect-error A dashboard has a title.
dashboard({ uid: 'u', panels: { up } });
// @ts-expect-error A panel is a builder, not what it builds.
dashboard({ uid: 'u', title: 'T', panels: { up: up.build() } });
